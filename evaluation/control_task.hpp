// A task that is episodes of an environment: what the control tasks share.
//
//   seeds -> episodes side by side -> return (sum of the rewards) of each -> aggregated: the fitness
//
// Where episodes are random, a genome whose fitness reaches the threshold is confirmed: it runs held-out episodes, of
// seeds that no genome is scored with, and their mean return decides. A run's log holds both numbers.
#pragma once

#include <clade/evaluation/lane_environment.hpp>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace clade {

/// Which episodes the genomes of a generation meet; within a generation always the same.
enum class EpisodeSeeds {
    fixed,  ///< the same episodes in every generation
    fresh,  ///< others in every generation
};
template <>
struct EnumNames<EpisodeSeeds> {
    static constexpr std::array<std::string_view, 2> names{"fixed", "fresh"};
};

/// How the returns of several episodes become one fitness.
enum class EpisodeAggregation { mean, min, median, percentile };
template <>
struct EnumNames<EpisodeAggregation> {
    static constexpr std::array<std::string_view, 4> names{"mean", "min", "median", "percentile"};
};

/// How a network's outputs become an action.
enum class ActionMapping {
    automatic,    ///< argmax for discrete actions, linear for continuous ones
    argmax,       ///< discrete: an output a choice, the largest is taken (the first of equal ones)
    threshold,    ///< discrete: one output, [0, 1] cut into equal parts, one a choice
    linear,       ///< continuous: [0, 1] becomes [low, high], outputs beyond are clipped
    scaled_tanh,  ///< continuous: tanh(output) from [-1, 1] becomes [low, high]
};
template <>
struct EnumNames<ActionMapping> {
    static constexpr std::array<std::string_view, 5> names{"automatic", "argmax", "threshold", "linear", "scaled_tanh"};
};

struct EpisodeParams {
    int episodes = 5;
    EpisodeSeeds seeds = EpisodeSeeds::fresh;
    EpisodeAggregation aggregation = EpisodeAggregation::mean;
    double percentile = 25.0;
    std::optional<std::uint64_t> step_limit{};
    std::optional<std::uint64_t> patience{};
    std::optional<double> solved_return{};
    int held_out_episodes = 100;
    ActionMapping actions = ActionMapping::automatic;
    bool scale_observations = true;
};

void visit_fields(EpisodeParams& params, FieldVisitor& field);

/// Rules that depend on the kind of actions; for check_params() of a task's parameters.
void check_episodes(const EpisodeParams& params, bool discrete, IssueSink& issues);

class ControlTask : public Task {
public:
    /// Called once per worker thread, possibly from several threads at the same time.
    using Factory = std::function<std::unique_ptr<LaneEnvironment>()>;

    ControlTask(Factory factory, const EpisodeParams& params);

    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override;
    [[nodiscard]] std::optional<Verdict> solves(Network& network, double fitness) const override;
    [[nodiscard]] TaskReport report(Network& network) const override;
    [[nodiscard]] TaskPage page() const override;
    [[nodiscard]] Trace trace(Network& network, std::uint64_t seed) const override;

    [[nodiscard]] const EnvironmentTraits& environment() const noexcept { return environment_; }
    [[nodiscard]] const EpisodeParams& params() const noexcept { return params_; }

private:
    Factory factory_;
    EnvironmentTraits environment_;
    EpisodeParams params_;
    TaskTraits traits_;
};

}  // namespace clade
