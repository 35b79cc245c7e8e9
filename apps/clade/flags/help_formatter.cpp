#include "clade/flags/help_formatter.hpp"

#include "clade/flags/common_flags.hpp"
#include "terminal/terminal.hpp"
#include "terminal/wrapping.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <sstream>
#include <utility>

namespace clade {
namespace {

class HelpFormatter final : public CLI::Formatter {
public:
    explicit HelpFormatter(const ProgramName& program) : program_(program) {
        label("Positionals", "Arguments");
        label("OPTIONS", "FLAGS");
        label("SUBCOMMAND", "COMMAND");
        constexpr std::size_t widest = 28;  // of the left-hand column
        column_width(std::min(terminal_width(Output::out) / 3, widest));
    }

    std::string make_help(const CLI::App* command, std::string name, CLI::AppFormatMode mode) const override {
        const auto flags = command->get_options(
            [](const CLI::Option* option) { return option->nonpositional() && !option->get_group().empty(); });
        return make_description(command) + make_usage(command, std::move(name)) + make_positionals(command) +
               make_group("Flags", false, flags) + make_subcommands(command, mode) + make_footer(command);
    }

    std::string make_subcommands(const CLI::App* command, CLI::AppFormatMode /*mode*/) const override {
        std::string text;
        for (const CLI::App* child : shown_commands(*command)) text += make_subcommand(child);
        return text.empty() ? "" : "\nCommands:\n" + text;
    }

    std::string make_usage(const CLI::App* command, std::string name) const override {
        return paragraphs(CLI::Formatter::make_usage(command, std::move(name)), terminal_width(Output::out));
    }

    /// An argument is called by its type.
    std::string make_option_name(const CLI::Option* option, bool is_positional) const override {
        return is_positional ? option->get_type_name() : option->get_name(false, true);
    }

    std::string make_option_opts(const CLI::Option* option) const override {
        if (option->get_positional() || option->get_type_size() == 0) return "";
        const std::string& standard = option->get_default_str();
        return " " + option->get_type_name() + (standard.empty() ? "" : "=" + standard);
    }

    std::string make_option_usage(const CLI::Option* option) const override {
        const std::string name = option->get_type_name() + (option->get_items_expected_max() > 1 ? "..." : "");
        return option->get_required() ? name : "[" + name + "]";
    }

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
        const std::string footer = program_.in(command->get_footer());
        return footer.empty() ? "" : '\n' + paragraphs(footer, terminal_width(Output::out)) + '\n';
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
