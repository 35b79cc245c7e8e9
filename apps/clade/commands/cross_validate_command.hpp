// `clade cross-validate`: k-fold cross-validation. Each fold is an ordinary run, one after the other.
#pragma once

#include "terminal/format.hpp"

#include <clade/experiment/run/experiment.hpp>

#include <optional>
#include <string>
#include <vector>

namespace clade {

struct CrossValidateOptions {
    std::string config;                    ///< YAML file, or the folder of an earlier cross-validation
    std::vector<std::string> overrides{};  ///< as of a run; the folds' own come after them
    std::optional<int> folds{};            ///< at least 2; usual_folds by default
    std::string out = "runs";              ///< folder in which the folder of all folds is made
    bool quiet = false;
    Format format = Format::table;
    std::string program = "clade";  ///< as the user called it
};

inline constexpr int usual_folds = 5;

/// Throws ConfigError or InputError before anything is made. Returns the program's exit code.
int cross_validate_command(const CrossValidateOptions& options, const Vocabulary& vocabulary);

}  // namespace clade
