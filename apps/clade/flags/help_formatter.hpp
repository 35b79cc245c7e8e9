// CLI11's help with its texts in lines that fit the terminal.
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace clade {

/// Breaks every text but the indented lines of footers: those are commands to copy.
class HelpFormatter final : public CLI::Formatter {
public:
    std::string make_subcommand(const CLI::App* command) const override;
    std::string make_option_desc(const CLI::Option* option) const override;
    std::string make_description(const CLI::App* command) const override;
    std::string make_footer(const CLI::App* command) const override;

private:
    [[nodiscard]] std::string beside_names(const std::string& description) const;
};

}  // namespace clade
