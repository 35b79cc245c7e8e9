#include "clade/flags/help_formatter.hpp"

#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"

#include <sstream>

namespace clade {

/// The text for the right-hand column.
std::string HelpFormatter::beside_names(const std::string& description) const {
    return wrapped(description, room_beside(get_column_width(), terminal_width(Output::out)));
}

std::string HelpFormatter::make_subcommand(const CLI::App* command) const {
    std::ostringstream line;
    CLI::detail::format_help(line, command->get_name(), beside_names(command->get_description()), get_column_width());
    return line.str();
}

std::string HelpFormatter::make_option_desc(const CLI::Option* option) const {
    return beside_names(option->get_description());
}

std::string HelpFormatter::make_description(const CLI::App* command) const {
    return wrapped(command->get_description(), terminal_width(Output::out)) + '\n';
}

std::string HelpFormatter::make_footer(const CLI::App* command) const {
    std::istringstream lines(command->get_footer());
    std::string footer;
    for (std::string line; std::getline(lines, line);) {
        footer += (line.starts_with(' ') ? line : wrapped(line, terminal_width(Output::out))) + '\n';
    }
    return footer;
}

}  // namespace clade
