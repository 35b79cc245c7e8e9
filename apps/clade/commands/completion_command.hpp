// `clade completion`: the scripts that complete the program's command line in a shell.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// The shells that completion knows.
inline constexpr std::array<std::string_view, 3> shell_names{"bash", "zsh", "fish"};

/// One command or flag of the command line, as the shells' completion needs it.
struct CompletionEntry {
    std::string command;  ///< "inspect", "config show"; empty for the program itself
    std::string summary;
    std::vector<std::string> flags;  ///< "--seed"
    std::vector<std::string> children;
};

/// Prints the completion script of "bash", "zsh" or "fish" for a program of this name.
int completion_command(const std::string& shell, const std::vector<CompletionEntry>& entries,
                       const std::string& program);

}  // namespace clade
