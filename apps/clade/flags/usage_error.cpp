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
    for (const CLI::Option* option : command.get_options()) {
        if (!required && std::string_view(error.what()).starts_with(option->get_name() + ":")) {
            const auto most = static_cast<std::size_t>(option->get_items_expected_max());
            if (option->count() > most) {
                return fmt::format("{} must be given once, got {}", option->get_name(),
                                   fmt::join(option->results(), " and "));
            }
            return fmt::format("{} needs {}: {}", option->get_name(), option->get_type_name(),
                               option->get_description());
        }
    }
    const std::vector<std::string> commands = command_names(command);
    if (!required || commands.empty()) return error.what();
    return fmt::format("needs a command; there are: {}", fmt::join(commands, " "));
}

/// "unknown flag '--sed'; did you mean '--seed'?", or what there is.
std::string unknown(const std::string& kind, const std::string& word, const std::vector<std::string>& names) {
    const std::string text = fmt::format("unknown {} '{}'", kind, printable(word));
    const std::vector<std::string_view> known(names.begin(), names.end());
    if (const auto nearest = nearest_name(word, known)) return fmt::format("{}; did you mean '{}'?", text, *nearest);
    return fmt::format("{}; there are: {}", text, fmt::join(known, " "));
}

std::string stray_word(const CLI::App& command, const std::string& word, bool lacks_command) {
    if (word.starts_with('-')) return unknown("flag", word, flag_names(command));
    return lacks_command ? unknown_command(command, word) : "unexpected argument '" + printable(word) + "'";
}

/// Whether the words end before a command that could follow.
bool lacks_command(const CLI::App& command) {
    return command.get_subcommands().empty() && !shown_commands(command).empty();
}

}  // namespace

std::string unknown_command(const CLI::App& command, const std::string& word) {
    return unknown("command", word, command_names(command));
}

bool names_unknown_command(const CLI::App& app) {
    const CLI::App* command = &app;
    while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
    const std::vector<std::string> words = command->remaining();
    return lacks_command(*command) && !words.empty() && !words.front().starts_with('-');
}

std::string usage_error(const CLI::App& app, const CLI::ParseError& error) {
    std::string text;
    std::string path = app.get_name();
    const CLI::App* command = &app;
    for (;;) {
        const std::vector<CLI::App*> chosen = command->get_subcommands();
        const bool lacking = lacks_command(*command);
        for (const std::string& word : command->remaining()) {
            text += path + ": " + stray_word(*command, word, lacking) + '\n';
            if (lacking) break;  // the words behind it are that command's
        }
        if (chosen.empty()) break;
        command = chosen.front();
        path += " " + command->get_name();
    }
    if (text.empty()) text = path + ": " + broken_rule(*command, error) + '\n';
    return text + "see '" + path + " --help'\n";
}

}  // namespace clade
