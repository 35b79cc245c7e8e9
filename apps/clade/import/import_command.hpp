// `clade import`: configurations of other programs.
#pragma once

#include <clade/experiment/run/vocabulary.hpp>

#include <string>

namespace clade {

struct ImportOptions {
    std::string file;       ///< the configuration
    std::string task;       ///< to be named in what is written; may be empty
    std::string out = "-";  ///< a file; "-": stdout
};

/// Writes the configuration, and what was not mapped as comments at its head; with a file prints that too, and the file's
/// name. Throws InputError for what cannot be read, ConfigError for values that Clade does not take.
int import_neat_python_command(const ImportOptions& options, const Vocabulary& vocabulary);

}  // namespace clade
