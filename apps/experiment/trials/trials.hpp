// A set of trials: runs of one configuration with different seeds.
//
//   <folder>/config.yaml      the configuration, resolved; its seed is the first trial's
//           /trials.json      what makes a folder a set: format version, name, trials, first seed, inputs, seconds
//           /seed-<seed>/     a run each, as any other
//
// run_trials() continues a set after a kill or a signal: finished trials are skipped, interrupted ones resumed, missing
// ones started. Results are read from the run logs alone.
#pragma once

#include <clade/experiment/run/experiment.hpp>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

struct TrialSet {
    std::filesystem::path folder{};
    ExperimentConfig config{};  ///< resolved
    RunInputs inputs{};
    std::size_t trials = 0;
    double seconds = 0.0;       ///< wall-clock time of all sessions so far
    std::string config_text{};  ///< the configuration as the set began with it

    [[nodiscard]] std::uint64_t seed(std::size_t trial) const { return *config.seed + trial; }
    [[nodiscard]] RunFolder run(std::size_t trial) const;
};

/// Makes the set in an existing folder; runs nothing. `config` must be resolved, `trials` at least 1.
[[nodiscard]] TrialSet create_trials(const std::filesystem::path& folder, const ExperimentConfig& config,
                                     const RunInputs& inputs, std::size_t trials);

[[nodiscard]] bool is_trials(const std::filesystem::path& folder);

/// `overrides` may change keys of evaluation, except racing. Throws InputError if the folder is not a set or for other
/// overrides, FormatError if its trials.json is damaged.
[[nodiscard]] TrialSet open_trials(const std::filesystem::path& folder, const Vocabulary& vocabulary,
                                   const std::vector<std::string>& overrides = {});

/// Enlarges the set to `trials`; the next run_trials() runs the new ones. Throws InputError if it has more already.
void extend_trials(TrialSet& set, std::size_t trials);

/// Follows the trials. Called from several threads, but by one at a time.
class TrialsObserver {
public:
    virtual ~TrialsObserver() = default;

    /// A trial has ended, now or in an earlier session.
    virtual void on_end(std::uint64_t seed, bool solved) = 0;

    /// After a generation of a trial has been logged.
    virtual void on_generation(std::uint64_t seed, const GenerationRow& row) = 0;

    /// As ExperimentObserver::on_overdue(), in a thread of its own; does nothing by default.
    virtual void on_overdue(std::uint64_t /*seed*/, std::string_view /*message*/) {}
};

/// Runs the trials that have not ended: in parallel, one thread each, if there are at least as many as threads; else one
/// after the other on all threads. False if `stop_requested` or `cancel` ended it early, as in Experiment::run(). Throws InputError if another process is running the set, Error with the seed if a trial
/// fails.
[[nodiscard]] bool run_trials(TrialSet& set, const Vocabulary& vocabulary, TrialsObserver& observer,
                              const std::atomic<bool>& stop_requested, std::stop_token cancel = {});

/// The result of a trial, computed from its log.
struct TrialResult {
    std::uint64_t seed = 0;
    RunFolder run{};
    std::string outcome{};
    bool solved = false;
    bool has_criterion = true;               ///< whether anything counts as a solution
    std::uint64_t generations = 0;           ///< to the solution; of a trial without one, all
    std::uint64_t evaluations = 0;           ///< likewise
    double fitness = 0.0;                    ///< of the champion, in evolution; NaN if every genome has failed
    std::optional<ChampionChoice> choice{};  ///< how the champion was chosen on held-out evaluations, if it was
    std::uint64_t hidden_nodes = 0;
    std::uint64_t connections = 0;  ///< enabled ones
    std::vector<Measure>
        measures{};        ///< of the champion: those it was confirmed by, else (also without a criterion) the report's
    double seconds = 0.0;  ///< of all its generations

    /// The champion's held-out mean fitness; NaN if there is none.
    [[nodiscard]] double held_out() const;
};

/// Which way fitness is better. Throws Error if no trial was begun.
[[nodiscard]] FitnessDirection direction_of(const TrialSet& set);

/// Every trial's result, in the order of seeds. Throws Error for a trial that has not ended.
[[nodiscard]] std::vector<TrialResult> read_trials(const TrialSet& set, const Vocabulary& vocabulary);

}  // namespace clade
