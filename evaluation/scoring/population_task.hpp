// A task whose genomes are scored together: by matches against each other, or in one simulation of all.
//
//   class Tournament final : public PopulationTask {
//   public:
//       Tournament(const Params& params, const TaskContext&) : PopulationTask({.name = "tournament", ...}) {}
//       std::unique_ptr<Scorer> make_scorer(const Parallel& parallel) const override {
//           return std::make_unique<RoundRobin>(parallel);
//       }
//   };
//
// An Experiment runs it as any other task: logged, resumed, replayed, inspected. What its scorer throws ends the run; with
// evaluation.on_failure: retry the generation is scored once more. A scorer that knows which genome is to blame gives that
// one NaN and a line in ScoreTable::failures instead. There is no limit of time, but a scorer may obey cancel_with().
#pragma once

#include <clade/evaluation/scoring/scorer.hpp>
#include <clade/evaluation/task.hpp>

namespace clade {

/// Derive, and give a scorer.
class PopulationTask : public Task {
public:
    /// Throws Error for traits that check_traits() refuses.
    explicit PopulationTask(TaskTraits traits);

    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }

    /// Not null.
    [[nodiscard]] std::unique_ptr<Scorer> make_scorer(const Parallel& parallel) const override = 0;

    /// Throws Error: no network is scored alone.
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const final;

private:
    TaskTraits traits_;
};

}  // namespace clade
