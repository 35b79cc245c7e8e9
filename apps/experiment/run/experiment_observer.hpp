// Hooks: a program follows a run, adds numbers to its log, saves genomes and stops it.
//
//   class Hooks final : public ExperimentObserver {
//       void on_generation(const GenerationRow& row) override { bar.set(row.generation); }
//       std::optional<std::string> stop_reason(const GenerationRow& row) override {
//           if (row.fitness.mean < 3.0) return std::nullopt;
//           return "the mean fitness reached 3";
//       }
//   };
//
// All but on_overdue() are called in the thread that runs the loop, and do nothing by default. None changes a result: a
// run has the same generations with hooks and without, resumed with others or with none. What a hook throws ends the run
// and comes out of Experiment::run(); every generation logged until then is kept, and the run can be resumed.
#pragma once

#include <clade/evolution/generation_record.hpp>
#include <clade/experiment/config/experiment_config.hpp>
#include <clade/experiment/log/run_log.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// A generation that has been scored and told but is not logged yet. Valid during the call of a hook.
struct ToldGeneration {
    const GenerationRecord& record;
    const GenomeStore& genomes;  ///< [population size], as they bred
    const ScoreTable& scores;
};

/// The hooks of a run. Each does nothing by default.
class ExperimentObserver {
public:
    virtual ~ExperimentObserver() = default;

    /// Progress: after a generation has been scored, told and logged.
    virtual void on_generation(const GenerationRow& /*row*/) {}

    /// The last generation is logged: what is left is to choose the champion of a noisy task, and to save. Not called of a
    /// run that was interrupted.
    virtual void on_last_generation() {}

    /// A message of the run, of any level. The library prints nothing itself. Messages from before run(), e.g. from
    /// resuming, come first.
    virtual void on_message(LogLevel /*level*/, std::string_view /*message*/) {}

    /// Genomes have been scored for longer than evaluation.seconds_per_genome and a grace of as much again, but at least a
    /// second, and their task has not asked for the time: a thread cannot be stopped, so the run waits. `message` names
    /// them, and is in run.log. Called in a thread of its own, again whenever the time has doubled. With
    /// evaluation.on_failure: stop, a program ends here; what is logged is safe.
    virtual void on_overdue(std::string_view /*message*/) {}

    /// A stop criterion of your own, asked after each generation unless another one holds. A text ends the run with
    /// Outcome::stopped and is logged as the reason.
    virtual std::optional<std::string> stop_reason(const GenerationRow& /*row*/) { return std::nullopt; }

    /// Columns of your own in the run log: named numbers of a generation, which `clade inspect` shows. Names are not
    /// empty, and none is there twice (Error). NaN is allowed.
    virtual std::vector<Measure> statistics(const ToldGeneration& /*generation*/) { return {}; }

    /// Which genomes, by position in the generation, are saved in the run's folder besides its champion:
    /// genomes/GENERATION-ID.json, as genome_from_json() and `genome.initial.genome` read them. A position that is not
    /// there is an Error.
    virtual std::vector<std::size_t> genomes_to_save(const ToldGeneration& /*generation*/) { return {}; }
};

}  // namespace clade
