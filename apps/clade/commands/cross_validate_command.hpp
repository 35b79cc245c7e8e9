// `clade cross-validate`: k-fold cross-validation, an ordinary run a fold, one after the other.
#pragma once

#include "terminal/format.hpp"

#include <clade/experiment/run/experiment.hpp>

#include <string>
#include <vector>

namespace clade {

struct CrossValidateOptions {
    std::string config;                    ///< YAML file
    std::vector<std::string> overrides{};  ///< as of a run; the folds' own come after them
    int folds = 5;                         ///< at least 2
    std::string out = "runs";              ///< folder in which the folder of all folds is made
    bool quiet = false;
    Format format = Format::table;
};

/// Throws ConfigError or InputError before anything is made. Returns the program's exit code.
int cross_validate_command(const CrossValidateOptions& options, const Vocabulary& vocabulary);

}  // namespace clade
