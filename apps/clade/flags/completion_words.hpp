// Completions of the word being typed, for the scripts of `clade completion`.
#pragma once

#include <clade/experiment/run/experiment.hpp>

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace clade {

/// The answer to the words behind the program's name, the last of which is being typed, maybe empty. Its first line says
/// what else may stand there, for the shell to find: "yaml" (files *.yaml and *.yml), "folders", "files"; and "nospace"
/// if the words below are not complete. Each further line is a word that begins as typed, a tab and what it is.
[[nodiscard]] std::string completions(const CLI::App& app, const std::vector<std::string>& words,
                                      const Vocabulary& vocabulary);

}  // namespace clade
