// Plays episodes of an environment in parallel lanes: maps outputs to actions, sums rewards to returns.
//
//   EpisodeRunner runner(environment, params);
//   runner.run(network, seeds);      // one episode a seed
//   runner.returns();                // [seeds.size()]
#pragma once

#include <clade/evaluation/deadline.hpp>
#include <clade/evaluation/episodes/lane_environment.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

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

/// How a network is scored by episodes: the YAML keys that all control tasks share (see visit_fields()).
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

/// One number from the returns of several episodes; `returns` is reordered. A percentile lies between neighbouring
/// returns in proportion. @pre not empty.
[[nodiscard]] double aggregate(EpisodeAggregation aggregation, double percentile, std::span<double> returns);

/// Runs networks through episodes; keeps its memory. One object is used by one thread.
class EpisodeRunner {
public:
    /// Both must outlive this object.
    EpisodeRunner(LaneEnvironment& environment, const EpisodeParams& params);

    /// Runs an episode a seed, as many at once as the environment can; the network is reset before. @pre seeds not empty.
    void run(Network& network, std::span<const std::uint64_t> seeds);

    /// Begins episodes in the environment, writes their observations [observations x episodes].
    using Start = std::function<void(std::span<float> observations)>;
    /// Plays `episodes` episodes from where `start` begins them; calls `watch`, if any, after each step. @pre episodes > 0.
    void run(Network& network, std::size_t episodes, const Start& start, const std::function<void()>& watch = {});

    /// Steps end with an exception once this has passed (Deadline::check()); null: never. Must outlive its use.
    void set_deadline(const Deadline* deadline) {
        deadline_ = deadline;
        environment_.set_deadline(deadline);
    }

    /// The sum of the rewards of each episode of the last run: [seeds.size()].
    [[nodiscard]] std::span<double> returns() noexcept { return returns_; }

    /// The steps that each episode took: [seeds.size()].
    [[nodiscard]] std::span<const std::size_t> steps() const noexcept { return steps_; }

    /// The behaviour in the first episode: [traits.behaviour.size()].
    [[nodiscard]] std::span<const double> behaviour() const noexcept { return behaviour_; }

    /// One episode, step by step.
    [[nodiscard]] Trace trace(Network& network, std::uint64_t seed);

private:
    void run_at_once(Network& network, std::span<const std::uint64_t> seeds);
    void begin(Network& network, std::size_t lanes, const Start& start);
    std::size_t advance(Network& network);
    void act(Network& network);
    std::size_t account();
    void keep_running_lanes(Network& network);

    LaneEnvironment& environment_;
    const EpisodeParams& params_;
    std::size_t step_limit_;
    std::vector<float> observations_;      // [observations x lanes], as the environment gives them
    std::vector<float> inputs_;            // [observations x lanes], scaled
    std::vector<float> sound_;             // [lanes]: NaN where an observation is not finite, else 0
    std::vector<float> outputs_;           // [outputs x lanes]
    std::vector<float> actions_;           // [actions x lanes]
    std::vector<double> rewards_;          // [lanes]
    std::vector<std::uint8_t> done_;       // [lanes]
    std::vector<std::uint32_t> episode_;   // [lanes]: which episode a lane runs
    std::vector<std::uint8_t> running_;    // [lanes]
    std::vector<std::uint32_t> kept_;      // lanes that go on
    std::vector<double> returns_;          // [episodes]
    std::vector<double> best_returns_;     // [episodes]: highest so far
    std::vector<std::size_t> best_steps_;  // [episodes]: when that was
    std::vector<std::size_t> steps_;       // [episodes]
    std::vector<double> behaviour_;
    const Deadline* deadline_ = nullptr;
    std::size_t step_ = 0;
    bool alone_ = false;  // one episode only: the network is activated without a batch
};

}  // namespace clade
