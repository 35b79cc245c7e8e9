// `clade compare`: tests whether configurations differ in how often and how fast they solve their task.
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
