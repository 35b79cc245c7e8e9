// `clade completion`: the scripts that complete the program's command line in a shell.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace clade {

/// The shells that there is a script for.
inline constexpr std::array<std::string_view, 3> shell_names{"bash", "zsh", "fish"};

/// `clade --complete WORDS...` is how a script asks what the last word can become: see completion_words.hpp.
inline constexpr std::string_view completion_request = "--complete";

/// Prints the script of a shell for a program of this name. Throws InputError for another shell.
int completion_command(const std::string& shell, const std::string& program);

}  // namespace clade
