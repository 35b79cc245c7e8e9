#include "clade/flags/help_formatter.hpp"

#include "terminal/terminal.hpp"
#include "terminal/wrapping.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <sstream>

namespace clade {
namespace {

class HelpFormatter final : public CLI::Formatter {
public:
    explicit HelpFormatter(const ProgramName& program) : program_(program) {}

    std::string make_subcommand(const CLI::App* command) const override {
        std::ostringstream line;
        CLI::detail::format_help(line, command->get_name(), beside_names(command->get_description()),
                                 get_column_width());
        return line.str();
    }

    std::string make_option_desc(const CLI::Option* option) const override {
        return beside_names(option->get_description());
    }

    std::string make_description(const CLI::App* command) const override {
        return wrapped(command->get_description(), terminal_width(Output::out)) + '\n';
    }

    std::string make_footer(const CLI::App* command) const override {
        std::istringstream lines(program_.in(command->get_footer()));
        std::string footer;
        for (std::string line; std::getline(lines, line);) {
            footer += (line.starts_with(' ') ? line : wrapped(line, terminal_width(Output::out))) + '\n';
        }
        return footer;
    }

private:
    /// The text for the right-hand column.
    [[nodiscard]] std::string beside_names(const std::string& description) const {
        return wrapped(description, room_beside(get_column_width(), terminal_width(Output::out)));
    }

    const ProgramName& program_;
};

}  // namespace

void format_help(CLI::App& app, const ProgramName& program) { app.formatter(std::make_shared<HelpFormatter>(program)); }

}  // namespace clade
