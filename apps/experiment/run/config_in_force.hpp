// The configuration that a run goes by: the one in its log. config.yaml beside it is a copy for readers.
#pragma once

#include <clade/experiment/config/experiment_config.hpp>
#include <clade/experiment/log/run_log.hpp>
#include <clade/experiment/run/run_folder.hpp>
#include <clade/experiment/run/vocabulary.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace clade {

/// The logged configuration, as load_logged_config() reads it.
[[nodiscard]] ExperimentConfig logged_config(const RunFolder& folder, const RunLog& log, const Vocabulary& vocabulary);

/// Throws InputError, with each key, if a configuration file says something else than `text`; comments do not count.
void check_config_file(const std::filesystem::path& file, const std::string& text, const Vocabulary& vocabulary);

/// The configuration to continue a run with: the logged one with these settings, which become part of it. Writes what
/// changes to the log and to config.yaml; a config.yaml that is missing comes back. Throws InputError, and changes nothing,
/// if config.yaml was edited, or for settings that change results.
[[nodiscard]] ExperimentConfig config_to_continue(const RunFolder& folder, RunLog& log, const Vocabulary& vocabulary,
                                                  const std::vector<std::string>& overrides);

}  // namespace clade
