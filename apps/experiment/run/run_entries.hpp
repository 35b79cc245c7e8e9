// What the table `run` of a log says of its run: what it is, from its beginning, and how it ended.
#pragma once

#include <clade/evaluation/data/input_file.hpp>
#include <clade/experiment/config/experiment_config.hpp>
#include <clade/experiment/log/run_log.hpp>
#include <clade/experiment/run/engine.hpp>
#include <clade/experiment/run/outcome.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// A digest of all that a run's results depend on: runs with the same identity go through the same states.
[[nodiscard]] std::string run_identity(const ExperimentConfig& config, std::string_view initial_genome,
                                       const std::vector<InputFile>& files);

/// Those that a new run's log is created with; `config` is the text of its configuration.
[[nodiscard]] RunEntries entries_of_new_run(const PreparedRun& run, const std::string& config);

/// Those of a run that ends now; `error` is the text of an Outcome::error.
[[nodiscard]] RunEntries entries_of_end(Outcome outcome, const RunLog& log, const std::string& error = {});

/// Those that take back what an earlier session has logged at its end: the run goes on.
[[nodiscard]] RunEntries entries_of_going_on(const RunLog& log);

}  // namespace clade
