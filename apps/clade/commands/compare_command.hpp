// `clade compare`: whether configurations differ in how soon and how often they solve their task.
#pragma once

#include "clade/commands/trials_session.hpp"

#include <string>
#include <vector>

namespace clade {

/// Two or more configurations or folders of sets.
struct CompareOptions : TrialsOptions {
    std::vector<std::string> sets{};
};

/// Throws ConfigError or InputError before anything is made. Returns the program's exit code.
int compare_command(const CompareOptions& options, const Vocabulary& vocabulary);

}  // namespace clade
