#include "clade/flags/usage_error.hpp"

#include "clade/flags/common_flags.hpp"

#include <clade/core/text.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <string_view>
#include <vector>

namespace clade {
namespace {

/// The argument or command that is lacking, if one is; else what the parser says.
std::string broken_rule(const CLI::App& command, const CLI::ParseError& error) {
    const bool required = error.get_name() == "RequiredError";
    if (!required && error.get_name() != "ArgumentMismatch") return error.what();
    for (const CLI::Option* option : command.get_options()) {
        const auto needed = static_cast<std::size_t>(option->get_items_expected_min());
        if (!option->get_required() || option->count() >= needed) continue;
        return fmt::format("needs {}: {}", option->get_type_name(), option->get_description());
    }
    const std::vector<std::string> commands = command_names(command);
    if (!required || commands.empty()) return error.what();
    return fmt::format("needs a command; there are: {}", fmt::join(commands, " "));
}

std::string stray_word(const CLI::App& command, const std::string& word, bool lacks_command) {
    const bool flag = word.starts_with('-');
    if (!flag && !lacks_command) return "unexpected argument '" + printable(word) + "'";
    const std::vector<std::string> names = flag ? flag_names(command) : command_names(command);
    std::string text = std::string(flag ? "unknown flag '" : "unknown command '") + printable(word) + "'";
    const std::vector<std::string_view> known(names.begin(), names.end());
    if (const auto nearest = nearest_name(word, known)) return text + "; did you mean '" + std::string(*nearest) + "'?";
    return text + fmt::format("; there are: {}", fmt::join(known, " "));
}

}  // namespace

std::string usage_error(const CLI::App& app, const CLI::ParseError& error) {
    std::string text;
    std::string path = app.get_name();
    const CLI::App* command = &app;
    for (;;) {
        const std::vector<CLI::App*> chosen = command->get_subcommands();
        const bool lacks_command = chosen.empty() && !shown_commands(*command).empty();
        for (const std::string& word : command->remaining()) {
            text += path + ": " + stray_word(*command, word, lacks_command) + '\n';
            if (lacks_command) break;  // the words behind it are that command's
        }
        if (chosen.empty()) break;
        command = chosen.front();
        path += " " + command->get_name();
    }
    if (text.empty()) text = path + ": " + broken_rule(*command, error) + '\n';
    return text + "see '" + path + " --help'\n";
}

}  // namespace clade
