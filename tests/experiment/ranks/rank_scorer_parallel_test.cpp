#include <clade/experiment/ranks/rank_scorer.hpp>

#include "tests/experiment/ranks/local_ranks.hpp"
#include "tests/experiment/run_fixture.hpp"
#include "tests/support/random_genomes.hpp"

#include <clade/core/special_values_internal.hpp>
#include <clade/evaluation/scoring/racing_scorer.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <stdexcept>
#include <string>
#include <thread>

namespace clade {
namespace {

/// Scores that depend on the network and on its seeds; some evaluations fail.
class SpreadTask final : public Task {
public:
    struct Params {
        double unlucky = 0.0;
    };
    SpreadTask(const Params& params, const TaskContext& /*context*/) : params_(params) {}
    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override {
        class Spread final : public Evaluator {
        public:
            explicit Spread(const Params& params) : params_(params) {}
            double evaluate(Network& network, const Seeds& seeds) override {
                std::array<float, 2> action{};
                network.activate(std::array{0.5F, -1.0F, 0.25F}, action);
                score_ = double{action[1]};
                const auto draw = static_cast<double>(seeds.genome >> 40U);
                if (draw < params_.unlucky * double(1U << 24U)) throw std::runtime_error("unlucky draw");
                return double{action[0]} + draw;
            }
            [[nodiscard]] std::span<const double> scores() const override { return {&score_, 1}; }

        private:
            Params params_;
            double score_ = 0.0;
        };
        return std::make_unique<Spread>(params_);
    }

private:
    Params params_;
    TaskTraits traits_{
        .name = "spread", .input_count = 3, .output_count = 2, .deterministic = false, .scores = {"second"}};
};

void visit_fields(SpreadTask::Params& params, FieldVisitor& field) {
    field("unlucky", params.unlucky, probability(), "Fraction of evaluations that fail.");
}

GenomeStore spread_population(std::size_t count) {
    testing::RandomGenomeOptions options;
    GenomeStore population(options.shape);
    for (std::size_t genome = 0; genome < count; ++genome) {
        options.hidden_count = static_cast<std::uint32_t>(genome % 17 == 0 ? 40 : genome % 5);
        population.append(testing::random_genome(options, genome / 2)[0]);  // of each structure two
    }
    return population;
}

std::vector<std::uint64_t> bits(const std::vector<double>& values) {
    std::vector<std::uint64_t> all;
    for (const double value : values) all.push_back(std::bit_cast<std::uint64_t>(value));
    return all;
}

void expect_equal(const ScoreTable& a, const ScoreTable& b) {
    EXPECT_EQ(bits(a.fitness), bits(b.fitness));
    ASSERT_EQ(a.columns.size(), b.columns.size());
    for (std::size_t i = 0; i < a.columns.size(); ++i) {
        EXPECT_EQ(a.columns[i].name, b.columns[i].name);
        EXPECT_EQ(bits(a.columns[i].values), bits(b.columns[i].values));
    }
    EXPECT_EQ(a.failures, b.failures);
    EXPECT_EQ(a.evaluated, b.evaluated);
    EXPECT_EQ(a.reused, b.reused);
}

class RankScorerTest : public RunTest {
protected:
    RankScorerTest() { vocabulary_.tasks.add<SpreadTask>("spread", "For tests."); }

    /// An engine of a task, whose scorer is not yet that of ranks.
    std::unique_ptr<Engine> engine_of(const std::string& task, const std::string& more = "") {
        const std::string yaml = "task: " + task + "\nseed: 5\ngenome: {bias_input: true}\n" + more;
        config_ = load_config({"spread.yaml", {}, vocabulary_.tasks, vocabulary_.functions, yaml});
        resolve(config_);
        return make_engine(config_, vocabulary_, {});
    }

    /// Slices of one genome on: every rank gets some.
    std::unique_ptr<RankScorer> over(const std::shared_ptr<RankTeam>& team, const Task& task, int threads,
                                     double timeout = 600.0) {
        team->prepare({.config = write_config(config_), .files = "[]"}, threads, std::chrono::seconds(60));
        const ThreadScorerSetup setup = scorer_setup(config_, vocabulary_, task, Parallel(threads));
        return std::make_unique<RankScorer>(
            team, task, vocabulary_.functions, setup,
            RankScorerParams{.threads = team->threads(threads), .timeout = timeout, .least_slice = 0.0});
    }

    Vocabulary vocabulary_{builtin_tasks(), {}};
    ExperimentConfig config_;
};

const std::string failing = "{name: spread, unlucky: 0.1}";
const std::string goes_on = "evaluation: {on_failure: worst_fitness}\n";

}  // namespace

TEST_F(RankScorerTest, GivesTheScoresOfOneProcessForAnyRanksAndThreads) {
    const GenomeStore population = spread_population(150);
    const auto engine = engine_of(failing, goes_on);
    const Generation generation{.genomes = population, .number = 7, .seed = 3};
    ScoreTable expected;
    engine->scorer->score(generation, expected);
    ASSERT_FALSE(expected.failures.empty());
    for (const std::size_t ranks : std::array<std::size_t, 3>{1, 2, 3}) {
        for (const int threads : {1, 2}) {
            const LocalRanks local(ranks, vocabulary_);
            const auto scorer = over(local.team(), *engine->task, threads);
            ScoreTable scores;
            for (int again = 0; again < 2; ++again) scorer->score(generation, scores);
            SCOPED_TRACE(std::to_string(ranks) + " ranks, " + std::to_string(threads) + " threads");
            expect_equal(scores, expected);
        }
    }
}

TEST_F(RankScorerTest, VariantsAndHeldOutEvaluationsHaveTheRandomNumbersOfOneProcess) {
    const GenomeStore population = spread_population(40);
    const auto engine = engine_of("{name: spread}");
    std::vector<std::size_t> origins;
    std::vector<std::uint32_t> held_out;
    for (std::size_t i = 0; i < population.size(); ++i) {
        origins.push_back(i / 3);
        held_out.push_back(static_cast<std::uint32_t>(i % 5));
    }
    const LocalRanks local(3, vocabulary_);
    const auto scorer = over(local.team(), *engine->task, 1);
    for (const Generation& generation : {Generation{.genomes = population, .seed = 3, .origins = origins},
                                         Generation{.genomes = population, .seed = 3, .held_out = held_out}}) {
        ScoreTable expected;
        ScoreTable scores;
        engine->scorer->score(generation, expected);
        scorer->score(generation, scores);
        expect_equal(scores, expected);
    }
}

TEST_F(RankScorerTest, AnErrorNamesTheLowestGenomeOfAllRanksAndWhereItWas) {
    const GenomeStore population = spread_population(150);
    const auto engine = engine_of(failing);
    const Generation generation{.genomes = population, .number = 7, .seed = 3};
    const auto failure_of = [&](Scorer& scorer) {
        ScoreTable scores;
        try {
            scorer.score(generation, scores);
        } catch (const ScoringError& error) {
            return std::pair(error.failure(), std::string(error.what()));
        }
        return std::pair(GenomeFailure{}, std::string());
    };
    const auto [expected, expected_text] = failure_of(*engine->scorer);
    ASSERT_NE(expected_text, "");
    const LocalRanks local(3, vocabulary_);
    const auto scorer = over(local.team(), *engine->task, 1);
    const auto [failure, text] = failure_of(*scorer);
    EXPECT_EQ(failure, expected);
    EXPECT_TRUE(text.starts_with(expected_text)) << text;
    if (text != expected_text) {
        EXPECT_NE(text.find(" (rank "), std::string::npos) << text;
    }
}

TEST_F(RankScorerTest, GradientsAreThoseOfOneProcess) {
    const auto engine = engine_of("{name: regression}", "refine: {method: adam}\n");
    const GenomeStore& population = engine->evolver->population();
    const Generation generation = engine->evolver->ask();
    ScoreTable expected;
    PopulationGradient expected_gradient;
    engine->scorer->score_with_gradient(generation, expected, expected_gradient);
    const LocalRanks local(3, vocabulary_);
    const auto scorer = over(local.team(), *engine->task, 1);
    ScoreTable scores;
    PopulationGradient gradient;
    scorer->score_with_gradient(generation, scores, gradient);
    expect_equal(scores, expected);
    EXPECT_EQ(bits(gradient.bias), bits(expected_gradient.bias));
    EXPECT_EQ(bits(gradient.weight), bits(expected_gradient.weight));
    EXPECT_GT(population.size(), 0U);
}

TEST_F(RankScorerTest, ACancelledGenerationCanBeScoredAnew) {
    const GenomeStore population = spread_population(60);
    const auto engine = engine_of("{name: spread}");
    const Generation generation{.genomes = population, .seed = 3};
    ScoreTable expected;
    engine->scorer->score(generation, expected);
    const LocalRanks local(2, vocabulary_);
    const auto scorer = over(local.team(), *engine->task, 1);
    std::stop_source stop;
    stop.request_stop();
    scorer->cancel_with(stop.get_token());
    ScoreTable scores;
    EXPECT_THROW(scorer->score(generation, scores), Cancelled);
    scorer->cancel_with({});
    scorer->score(generation, scores);
    expect_equal(scores, expected);
}

TEST_F(RankScorerTest, ARankThatDoesNotAnswerIsNamedAndItsGenomesAreScoredByOthers) {
    const GenomeStore population = spread_population(60);
    const auto engine = engine_of("{name: spread}");
    const Generation generation{.genomes = population, .seed = 3};
    ScoreTable expected;
    engine->scorer->score(generation, expected);

    LocalMail mail(2);
    LocalLink first(mail, 0);
    LocalLink second(mail, 1);  // of a rank that says that it is ready, and then nothing
    const auto answer = [&](const ByteWriter& message) { second.send(0, message.bytes()); };
    answer(rank_message(RankMessageKind::place, [](ByteWriter& out) { write_place({"node17", {0}, 1}, out); }));
    answer(rank_message(RankMessageKind::ready));
    const auto team = std::make_shared<RankTeam>(first);
    const auto scorer = over(team, *engine->task, 1, 0.02);
    std::string said;
    team->listen([&](LogLevel level, std::string_view text) {
        if (level == LogLevel::error) said += text;
    });
    ScoreTable scores;
    scorer->score(generation, scores);
    expect_equal(scores, expected);
    EXPECT_NE(said.find("rank 1 on node17 has not answered"), std::string::npos) << said;
    EXPECT_FALSE(team->dismiss(std::chrono::milliseconds(1)));
}

TEST_F(RankScorerTest, ARankThatCannotMakeTheTaskIsNamedWithItsReason) {
    (void)engine_of("{name: spread}");
    const LocalRanks local(2, vocabulary_);
    RankSetup setup{.config = write_config(config_), .files = R"([{"path":"a.csv","bytes":5,"digest":"ff"}])"};
    try {
        local.team()->prepare(setup, 1, std::chrono::seconds(60));
        FAIL() << "other files were accepted";
    } catch (const InputError& error) {
        EXPECT_NE(std::string(error.what()).find(local.team()->name_of(1) + ": "), std::string::npos) << error.what();
    }
}

TEST_F(RankScorerTest, ARaceIsThatOfOneProcess) {
    const auto engine = engine_of("{name: cart_pole, episodes: 8}", "evaluation: {racing: {first_episodes: 2}}\n");
    const Generation generation = engine->evolver->ask();
    ScoreTable expected;
    engine->scorer->score(generation, expected);
    const LocalRanks local(3, vocabulary_);
    RacingScorer scorer(over(local.team(), *engine->task, 1), config_.evaluation.racing);
    ScoreTable scores;
    scorer.score(generation, scores);
    expect_equal(scores, expected);
    EXPECT_EQ(scores.rounds, expected.rounds);
    EXPECT_GT(scores.rounds.size(), 1U);
}

class RunsOverRanks : public RunTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(RunsOverRanks, AreThoseOfOneProcess) {
    const ExperimentConfig config =
        loaded(std::string(CLADE_SOURCE_DIR "/configs/") + GetParam(),
               {"seed=3", "evolution.population_size=60", "stop.generations=4", "evaluation.threads=1"});
    const RunFolder alone = run(config);
    for (const std::size_t ranks : std::array<std::size_t, 2>{2, 3}) {
        const LocalRanks local(ranks, vocabulary_);
        Vocabulary spread = vocabulary_;
        spread.ranks = local.team();
        const RunFolder folder = create_run_folder(folder_, config.name, *config.seed);
        Experiment experiment =
            Experiment::start(config, spread, read_inputs(config, CLADE_SOURCE_DIR "/configs"), folder);
        run_on(experiment);
        EXPECT_EQ(digests(folder), digests(alone)) << ranks << " ranks";
    }
}

INSTANTIATE_TEST_SUITE_P(Configs, RunsOverRanks,
                         ::testing::Values("xor.yaml", "cart_pole.yaml", "sequence_memory.yaml", "iris.yaml",
                                           "prey_capture.yaml"),
                         [](const auto& info) {
                             const std::string file = info.param;
                             return file.substr(0, file.find('.'));
                         });

}  // namespace clade
