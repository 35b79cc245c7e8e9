// Episodes of an environment, and the task that is made of them.
#include <clade/evaluation/episodes/control_task.hpp>

#include <clade/core/random/random.hpp>
#include <clade/evaluation/network/network_compiler.hpp>
#include <clade/evaluation/scoring/thread_scorer.hpp>

#include "tests/support/control_task_checks.hpp"
#include "tests/support/random_genomes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

namespace clade {
namespace {

using testing::random_genome;
using testing::RandomGenomeOptions;

constexpr float nan = std::numeric_limits<float>::quiet_NaN();

/// A walk along a line that ends beyond 3: episodes of different lengths.
class Walk final : public Environment {
public:
    explicit Walk(ActionSpace actions = discrete_actions({"left", "stay", "right"}), bool random = true,
                  std::size_t lane_limit = 0) {
        traits_ = {.name = "walk",
                   .observations = {{.name = "position", .unit = "m", .scale = 0.5}, {.name = "step"}},
                   .actions = std::move(actions),
                   .step_limit = 60,
                   .solved_return = 40.0,
                   .lane_limit = lane_limit,
                   .random = random,
                   .step_seconds = 0.5,
                   .behaviour = {"position"}};
    }
    [[nodiscard]] const EnvironmentTraits& traits() const noexcept override { return traits_; }
    void reset(std::uint64_t seed, std::span<float> observation) override {
        position_ = traits_.random ? Stream({seed, 0, Purpose::episode}, 0).uniform(-2.0, 2.0) : 1.0;
        steps_ = 0;
        observe(observation);
    }
    Step step(std::span<const float> action, std::span<float> observation) override {
        position_ += 0.2 * (double{action[0]} - 1.0) + 0.1 * position_;
        ++steps_;
        observe(observation);
        return {.reward = 1.0, .done = std::abs(position_) > 3.0};
    }
    [[nodiscard]] std::span<const double> behaviour() const override { return {&position_, 1}; }
    [[nodiscard]] Drawing draw() const override { return {{{.points = {{position_, 0.0}}, .radius = 0.1}}}; }

private:
    void observe(std::span<float> observation) const {
        observation[0] = static_cast<float>(position_);
        observation[1] = static_cast<float>(steps_);
    }

    EnvironmentTraits traits_;
    double position_ = 0.0;
    int steps_ = 0;
};

ControlTask walk_task(const EpisodeParams& params = {}, bool random = true) {
    const auto make = [random] { return std::make_unique<Walk>(discrete_actions({"left", "stay", "right"}), random); };
    return ControlTask([make] { return std::make_unique<EnvironmentLanes>(make); }, params);
}

Network walker(std::uint64_t seed, NetworkKind kind = NetworkKind::feed_forward) {
    RandomGenomeOptions options;
    options.shape = {2, 3, false};
    options.recurrent = kind == NetworkKind::recurrent;
    return make_network({random_genome(options, seed), kind});
}

std::vector<std::uint64_t> seeds_up_to(std::size_t count) {
    std::vector<std::uint64_t> seeds(count);
    std::iota(seeds.begin(), seeds.end(), 100);
    return seeds;
}

TEST(ControlTask, RefusesParametersOutOfTheirRanges) {
    EpisodeParams params;
    params.episodes = -1;
    params.held_out_episodes = 0;
    try {
        (void)walk_task(params);
        ADD_FAILURE() << "must be refused";
    } catch (const FieldError& error) {
        EXPECT_STREQ(
            error.what(),
            "episodes: must be between 1 and 100000, got -1\nheld_out_episodes: must be between 1 and 1000000, got 0");
    }
}

TEST(EpisodeRunner, GivesAnEpisodeTheSameReturnAloneAsAmongOthers) {
    EnvironmentLanes lanes([] { return std::make_unique<Walk>(); });
    const EpisodeParams params;
    EpisodeRunner runner(lanes, params);
    const std::vector<std::uint64_t> seeds = seeds_up_to(70);
    std::size_t different_lengths = 0;
    for (std::uint64_t genome = 0; genome < 20; ++genome) {
        for (const NetworkKind kind : {NetworkKind::feed_forward, NetworkKind::recurrent}) {
            Network network = walker(genome, kind);
            runner.run(network, seeds);
            const std::vector<double> together(runner.returns().begin(), runner.returns().end());
            for (std::size_t i = 0; i < seeds.size(); ++i) {
                runner.run(network, {&seeds[i], 1});
                ASSERT_EQ(runner.returns()[0], together[i]) << "genome " << genome << ", episode " << i;
                ASSERT_EQ(static_cast<double>(runner.steps()[0]), together[i]) << "a reward of 1 a step";
                if (i > 0 && together[i] != together[i - 1]) ++different_lengths;
            }
        }
    }
    EXPECT_GT(different_lengths, 500U) << "or lanes never ended before others";
}

TEST(EpisodeRunner, PlaysNoMoreEpisodesAtOnceThanTheEnvironmentCanAndGivesTheSame) {
    const auto played = [](std::size_t limit) {
        EnvironmentLanes lanes([limit] {
            return std::make_unique<Walk>(discrete_actions({"a", "b", "c"}), true, limit);
        });
        const EpisodeParams params;
        EpisodeRunner runner(lanes, params);
        Network network = walker(3, NetworkKind::recurrent);
        runner.run(network, seeds_up_to(7));
        std::vector<double> all(runner.returns().begin(), runner.returns().end());
        all.insert(all.end(), runner.steps().begin(), runner.steps().end());
        all.insert(all.end(), runner.behaviour().begin(), runner.behaviour().end());
        return all;
    };
    const std::vector<double> together = played(0);
    ASSERT_EQ(together.size(), 15U);
    for (const std::size_t limit : {1U, 2U, 3U, 7U, 8U}) EXPECT_EQ(played(limit), together) << limit;
}

TEST(EpisodeRunner, EndsEpisodesAtTheStepLimitAndWhenPatienceIsOver) {
    EnvironmentLanes lanes([] { return std::make_unique<Walk>(); });
    EpisodeParams params;
    params.step_limit = 3;
    const std::uint64_t seed = 7;
    Network network = walker(1);
    EpisodeRunner limited(lanes, params);
    limited.run(network, {&seed, 1});
    EXPECT_EQ(limited.steps()[0], 3U);

    class Loss final : public Environment {
    public:
        [[nodiscard]] const EnvironmentTraits& traits() const noexcept override { return traits_; }
        void reset(std::uint64_t, std::span<float> observation) override { observation[0] = observation[1] = 0.0F; }
        Step step(std::span<const float>, std::span<float>) override { return {.reward = -1.0}; }

    private:
        EnvironmentTraits traits_{.name = "loss",
                                  .observations = {{.name = "a"}, {.name = "b"}},
                                  .actions = discrete_actions({"x", "y", "z"})};
    };
    EnvironmentLanes losses([] { return std::make_unique<Loss>(); });
    EpisodeParams patient;
    patient.patience = 10;
    EpisodeRunner runner(losses, patient);
    runner.run(network, {&seed, 1});
    EXPECT_EQ(runner.steps()[0], 11U) << "the first step's return is the highest";
}

TEST(MapActions, TakesTheFirstLargestOutputAndNeverOneThatIsNoNumber) {
    const ActionSpace space = discrete_actions({"a", "b", "c"});
    const std::vector<float> outputs{1, 2, nan, nan, nan,   //
                                     3, 2, 1,   nan, -5,    //
                                     2, 2, 4,   nan, nan};  // [3 x 5 lanes]
    std::vector<float> actions(5);
    map_actions(ActionMapping::automatic, space, outputs, actions, 5);
    EXPECT_EQ(actions, (std::vector<float>{1, 0, 2, 0, 1}));
}

TEST(MapActions, CutsOneOutputIntoEqualParts) {
    const std::vector<float> outputs{-1.0F, 0.0F, 0.3F, 0.34F, 0.7F, 1.0F, 9.0F, nan};
    std::vector<float> actions(8);
    map_actions(ActionMapping::threshold, discrete_actions({"a", "b", "c"}), outputs, actions, 8);
    EXPECT_EQ(actions, (std::vector<float>{0, 0, 0, 1, 2, 2, 2, 0}));
}

TEST(MapActions, SpreadsOutputsOverTheRangeOfAControl) {
    const ActionSpace space =
        continuous_actions({{.name = "u", .low = -2, .high = 2}, {.name = "v", .low = 0, .high = 1}});
    const std::vector<float> outputs{0.5F, 1.5F, nan, 0.25F, 0.0F, -3.0F};
    std::vector<float> actions(6);
    map_actions(ActionMapping::automatic, space, outputs, actions, 3);
    EXPECT_EQ(actions, (std::vector<float>{0, 2, -2, 0.25F, 0, 0}));
    map_actions(ActionMapping::scaled_tanh, space, outputs, actions, 3);
    EXPECT_NEAR(actions[0], 2.0 * std::tanh(0.5), 1e-6);
    EXPECT_NEAR(actions[3], 0.5 + 0.5 * std::tanh(0.25), 1e-6);
    EXPECT_EQ(actions[4], 0.5F);
    for (const float action : actions) EXPECT_FALSE(std::isnan(action));
}

TEST(Aggregate, MakesOneNumberOfSeveralReturns) {
    const auto of = [](EpisodeAggregation aggregation, std::vector<double> returns) {
        return aggregate(aggregation, 25.0, returns);
    };
    EXPECT_EQ(of(EpisodeAggregation::mean, {3, 1, 8}), 4.0);
    EXPECT_EQ(of(EpisodeAggregation::min, {3, 1, 8}), 1.0);
    EXPECT_EQ(of(EpisodeAggregation::median, {3, 1, 8}), 3.0);
    EXPECT_EQ(of(EpisodeAggregation::median, {3, 1, 8, 5}), 4.0);
    EXPECT_EQ(of(EpisodeAggregation::percentile, {4, 0, 8}), 2.0);
    EXPECT_EQ(of(EpisodeAggregation::percentile, {7}), 7.0);
    for (const auto aggregation : {EpisodeAggregation::mean, EpisodeAggregation::min, EpisodeAggregation::percentile}) {
        EXPECT_TRUE(std::isnan(of(aggregation, {1, std::nan(""), 3})));
    }
}

TEST(ControlTask, LetsAllGenomesOfAGenerationMeetTheSameEpisodes) {
    EpisodeParams params;
    const ControlTask fresh = walk_task(params);
    params.seeds = EpisodeSeeds::fixed;
    const ControlTask fixed = walk_task(params);
    EXPECT_FALSE(fresh.traits().deterministic);
    EXPECT_TRUE(fixed.traits().deterministic);
    const auto score = [](const ControlTask& task, Seeds seeds) {
        Network network = walker(4);
        return task.make_evaluator()->evaluate(network, seeds);
    };
    EXPECT_EQ(score(fresh, {1, 2, 3}), score(fresh, {9, 2, 7}));
    EXPECT_EQ(score(fixed, {1, 2, 3}), score(fixed, {1, 5, 7}));
    std::size_t equal = 0;
    for (std::uint64_t i = 0; i < 20; ++i) equal += score(fresh, {1, i, 3}) == score(fresh, {1, i + 1, 3}) ? 1U : 0U;
    EXPECT_LT(equal, 15U) << "other episodes in another generation";
}

TEST(ControlTask, RunsEpisodesThatCannotDifferOnce) {
    const ControlTask task = walk_task({}, false);
    EXPECT_TRUE(task.traits().deterministic);
    Network network = walker(2);
    EXPECT_EQ(task.report(network).measures.size(), 1U);
}

TEST(ControlTask, PlaysAnEvaluationInPartsWhateverTheAggregation) {
    using enum EpisodeAggregation;
    for (const EpisodeAggregation aggregation : {mean, min, median, percentile}) {
        for (const EpisodeSeeds seeds : {EpisodeSeeds::fixed, EpisodeSeeds::fresh}) {
            const ControlTask task = walk_task({.episodes = 7, .seeds = seeds, .aggregation = aggregation});
            EXPECT_EQ(task.traits().episodes, 7U);
            Network network = walker(4);
            testing::check_parts(task, network, {1, 2, 3}, task.make_evaluator()->evaluate(network, {1, 2, 3}));
        }
    }
    EXPECT_EQ(walk_task({}, false).traits().episodes, 1U) << "episodes that cannot differ";
}

TEST(ControlTask, ConfirmsAChampionOnHeldOutEpisodes) {
    const ControlTask task = walk_task();
    std::size_t solved = 0;
    for (std::uint64_t genome = 0; genome < 60; ++genome) {
        Network network = walker(genome);
        EXPECT_TRUE(task.solves(network, 39.9, {})->measures.empty()) << "below the threshold nothing is run";
        const auto verdict = task.solves(network, 41.0, {});
        ASSERT_EQ(verdict->measures.size(), 1U);
        EXPECT_EQ(verdict->solved, verdict->measures[0].value >= 40.0);
        EXPECT_EQ(verdict->measures[0].value, task.report(network).measures[1].value);
        solved += verdict->solved ? 1U : 0U;
    }
    EXPECT_GT(solved, 0U);
    EXPECT_LT(solved, 60U);
    EpisodeParams easy;
    easy.solved_return = 0.0;
    Network network = walker(0);
    EXPECT_TRUE(walk_task(easy).solves(network, 1.0, {})->solved);
}

TEST(ControlTask, PlaysFurtherHeldOutEpisodesOfASeed) {
    const ControlTask task = walk_task();
    Network network = walker(3);
    const std::vector<double> many = task.returns(network, 0, 1'500);
    ASSERT_EQ(many.size(), 1'500U);
    const std::vector<double> some = task.returns(network, 0, 200);
    EXPECT_TRUE(std::equal(some.begin(), some.end(), many.begin())) << "whichever are played with them";
    EXPECT_NE(std::vector<double>(many.begin() + 1'000, many.begin() + 1'200), some);
    EXPECT_NE(task.returns(network, 1, 200), some);
    const double confirmed = task.report(network).measures[1].value;
    EXPECT_NE(std::accumulate(some.begin(), some.begin() + 100, 0.0) / 100.0, confirmed) << "by other episodes";
    EXPECT_EQ(walk_task({}, false).returns(network, 0, 200).size(), 1U) << "all are equal";
}

TEST(ControlTask, EndsItsTestWhenItIsCancelled) {
    std::stop_source source;
    Deadline deadline;
    deadline.cancel_with(source.get_token());
    const ControlTask task = walk_task();
    Network network = walker(0);
    EXPECT_TRUE(task.solves(network, 41.0, deadline));
    source.request_stop();
    EXPECT_THROW((void)task.solves(network, 41.0, deadline), Cancelled);
}

TEST(ControlTask, TracesAnEpisodeStepByStep) {
    const ControlTask task = walk_task();
    Network network = walker(3);
    const Trace trace = task.trace(network, 5);
    EXPECT_EQ(trace.columns, (std::vector<std::string>{"time", "position", "step", "action", "reward"}));
    ASSERT_FALSE(trace.empty());
    EXPECT_EQ(trace.drawings.size(), trace.rows.size());
    for (std::size_t i = 0; i < trace.rows.size(); ++i) {
        ASSERT_EQ(trace.rows[i].size(), trace.columns.size());
        EXPECT_EQ(trace.rows[i][0], 0.5 * static_cast<double>(i));
        EXPECT_EQ(trace.rows[i][2], static_cast<double>(i));
        EXPECT_EQ(trace.rows[i][4], 1.0);
    }
}

TEST(ControlTask, SaysWhatANetworkReadsAndGives) {
    const TaskPage page = walk_task().page();
    ASSERT_EQ(page.inputs.size(), 2U);
    EXPECT_EQ(page.inputs[0].scale, 0.5);
    ASSERT_EQ(page.outputs.size(), 3U);
    EXPECT_EQ(page.outputs[2].name, "right");
    EXPECT_EQ(page.solved, "A mean return of 40 over 100 held-out episodes.");
    EpisodeParams one_output;
    one_output.actions = ActionMapping::threshold;
    EXPECT_EQ(walk_task(one_output).page().outputs.size(), 1U);
    EXPECT_EQ(walk_task(one_output).traits().output_count, 1U);
}

TEST(EpisodeParams, RefusesAMappingThatIsNotForTheActions) {
    class Keys final : public IssueSink {
    public:
        void add(std::string_view key, std::string) override { keys += std::string(key) + " "; }
        std::string keys;
    };
    const auto keys_of = [](ActionMapping mapping, bool discrete) {
        EpisodeParams params;
        params.actions = mapping;
        Keys sink;
        check_episodes(params, discrete, sink);
        return sink.keys;
    };
    EXPECT_EQ(keys_of(ActionMapping::argmax, true) + keys_of(ActionMapping::automatic, false) +
                  keys_of(ActionMapping::linear, false),
              "");
    EXPECT_EQ(keys_of(ActionMapping::linear, true), "actions ");
    EXPECT_EQ(keys_of(ActionMapping::threshold, false), "actions ");
}

TEST(ControlTask, ScoresTheSameForAnyNumberOfThreads) {
    const ControlTask task = walk_task();
    GenomeStore population({2, 3, false});
    {
        std::vector<GenomeSize> sizes(50, GenomeSize{3, 6});
        population.place(sizes);
        Stream stream({1, 0, Purpose::initial_structure}, 0);
        for (std::size_t g = 0; g < population.size(); ++g) {
            for (std::uint32_t o = 0; o < 3; ++o) {
                set_node(population.rows(g), o, {.node_id = NodeId{2 + o}});
                for (std::uint32_t i = 0; i < 2; ++i) {
                    set_connection(population.rows(g), o * 2 + i,
                                   {Innovation{o * 2 + i}, NodeId{i}, NodeId{2 + o},
                                    static_cast<float>(stream.uniform(-1.0, 1.0)), 1});
                }
            }
        }
    }
    const auto fitness_on = [&](int threads) {
        ScoreTable scores;
        ThreadScorer(task, {.parallel = Parallel(threads)})
            .score({.genomes = population, .number = 2, .seed = 3}, scores);
        return scores.fitness;
    };
    const std::vector<double> expected = fitness_on(1);
    for (const int threads : {2, 5}) EXPECT_EQ(fitness_on(threads), expected);
}

}  // namespace
}  // namespace clade
