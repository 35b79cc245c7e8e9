// Control tasks: a task made of the episodes of an environment.
//
//   seeds -> episodes side by side -> return (sum of the rewards) of each -> aggregated: the fitness
//
// Where episodes are random, a genome whose fitness reaches the threshold is confirmed: it runs held-out episodes, of
// seeds that no genome is scored with, and their mean return decides. A run's log holds both numbers.
#pragma once

#include <clade/evaluation/episodes/episode.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace clade {

/// A task whose fitness is the return of episodes.
class ControlTask : public Task {
public:
    /// Called once per worker thread, possibly from several threads at the same time.
    using Factory = std::function<std::unique_ptr<LaneEnvironment>()>;

    /// Throws Error if the factory gives no environment or one that check_traits() refuses, FieldError for parameters.
    ControlTask(Factory factory, const EpisodeParams& params);

    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override;
    [[nodiscard]] std::optional<Verdict> solves(Network& network, double fitness,
                                                const Deadline& deadline) const override;
    [[nodiscard]] TaskReport report(Network& network) const override;
    [[nodiscard]] TaskPage page() const override;
    [[nodiscard]] ModelInterface interface() const override;
    [[nodiscard]] Trace trace(Network& network, std::uint64_t seed) const override;
    [[nodiscard]] std::vector<double> returns(Network& network, std::uint64_t seed,
                                              std::size_t episodes) const override;

    [[nodiscard]] const EnvironmentTraits& environment() const noexcept { return environment_; }
    [[nodiscard]] const Factory& environment_factory() const noexcept { return factory_; }
    [[nodiscard]] const EpisodeParams& params() const noexcept { return params_; }

private:
    class EpisodeEvaluator;

    [[nodiscard]] std::vector<double> held_out_returns(Network& network, const Deadline& deadline) const;

    Factory factory_;
    EnvironmentTraits environment_;
    EpisodeParams params_;
    TaskTraits traits_;
};

}  // namespace clade
