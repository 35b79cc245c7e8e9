// Messages for invalid command lines.
#pragma once

#include <string>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace clade {

/// "unknown command 'rnu'; did you mean 'run'?", or the commands that there are.
[[nodiscard]] std::string unknown_command(const CLI::App& command, const std::string& word);

/// Whether a word stands where a command should, and is none: then help was asked of something that is not there.
[[nodiscard]] bool names_unknown_command(const CLI::App& app);

/// A line for every word that does not belong there, or else for the one broken rule; then where help is.
[[nodiscard]] std::string usage_error(const CLI::App& app, const CLI::ParseError& error);

}  // namespace clade
