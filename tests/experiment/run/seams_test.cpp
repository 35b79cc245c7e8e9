// What a program puts in place of a step of its own: the whole run keeps its promises.
#include "tests/experiment/run_fixture.hpp"
#include "tests/support/messages.hpp"

#include <clade/core/fields.hpp>
#include <clade/evaluation/scoring/population_task.hpp>

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cmath>
#include <fstream>
#include <functional>
#include <stdexcept>

namespace clade {
namespace {

namespace fs = std::filesystem;

/// Each against each: who answers more than the other wins the match.
class RoundRobin final : public Scorer {
public:
    void score(const Generation& generation, ScoreTable& scores) override {
        scores.columns = {{"score.answer", {}}};
        scores.resize(generation.genomes.size());
        answer(generation, scores.columns[0].values);
        for (std::size_t a = 0; a < scores.fitness.size(); ++a) {
            const double mine = scores.columns[0].values[a];
            scores.fitness[a] = 0.0;
            for (const double other : scores.columns[0].values) scores.fitness[a] += mine > other ? 1.0 : 0.0;
        }
        scores.evaluated = scores.fitness.size();
        scores.reused = 0;
    }

private:
    static void answer(const Generation& generation, std::span<double> answers) {
        DirectDecoder decoder(generation.genomes.shape());
        Network network(generation.functions);
        for (std::size_t genome = 0; genome < answers.size(); ++genome) {
            decoder.decode(generation.genomes[genome], generation.network, network.program());
            network.reset();
            float out = 0.0F;
            network.activate(std::array{0.3F, -0.8F}, {&out, 1});
            answers[genome] = out;
        }
    }
};

class Tournament final : public PopulationTask {
public:
    struct Params {};

    Tournament(const Params& /*params*/, const TaskContext& /*context*/)
        : PopulationTask({.name = "tournament",
                          .input_count = 2,
                          .output_count = 1,
                          .deterministic = false,
                          .scores = {"answer"}}) {}
    [[nodiscard]] std::unique_ptr<Scorer> make_scorer(const Parallel& /*parallel*/) const override {
        return std::make_unique<RoundRobin>();
    }
};
void visit_fields(Tournament::Params& /*params*/, FieldVisitor& /*field*/) {}

/// Its scorer is a sound one with one fault.
class FaultyTournament final : public PopulationTask {
public:
    struct Params {};
    static inline std::function<void(ScoreTable&)> fault;  ///< none: there is no scorer

    FaultyTournament(const Params& /*params*/, const TaskContext& /*context*/)
        : PopulationTask({.name = "faulty", .input_count = 2, .output_count = 1, .scores = {"answer"}}) {}
    [[nodiscard]] std::unique_ptr<Scorer> make_scorer(const Parallel& /*parallel*/) const override {
        class Faulty final : public Scorer {
        public:
            void score(const Generation& generation, ScoreTable& scores) override {
                RoundRobin().score(generation, scores);
                fault(scores);
            }
        };
        if (!fault) return nullptr;
        return std::make_unique<Faulty>();
    }
};
void visit_fields(FaultyTournament::Params& /*params*/, FieldVisitor& /*field*/) {}

/// Asks for more in later generations; counts how many networks it has scored.
class Curriculum final : public Task {
public:
    struct Params {};
    static inline std::atomic<int> scored = 0;

    Curriculum(const Params& /*params*/, const TaskContext& /*context*/) {}
    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override { return std::make_unique<Lesson>(); }

private:
    class Lesson final : public Evaluator {
    public:
        void begin_generation(std::uint32_t number) override { wanted_ = 0.1 * number; }
        double evaluate(Network& network, const Seeds& /*seeds*/) override {
            ++scored;
            float out = 0.0F;
            network.activate(std::array{1.0F, -1.0F}, {&out, 1});
            answer_ = out;
            return -std::fabs(out - wanted_);
        }
        [[nodiscard]] std::span<const double> scores() const override { return {&answer_, 1}; }

    private:
        double wanted_ = -1.0;
        double answer_ = 0.0;
    };

    TaskTraits traits_{
        .name = "curriculum", .input_count = 2, .output_count = 1, .deterministic = false, .scores = {"answer"}};
};
void visit_fields(Curriculum::Params& /*params*/, FieldVisitor& /*field*/) {}

/// Prefers answers that are far from the mean of all that it has seen.
class Novelty final : public Merit {
public:
    void assess(const ScoreTable& scores, FitnessDirection /*direction*/, std::span<double> merit) override {
        for (const double answer : scores.columns.at(0).values) sum_ += answer;
        seen_ += static_cast<double>(merit.size());
        for (std::size_t genome = 0; genome < merit.size(); ++genome) {
            merit[genome] = std::fabs(scores.columns[0].values[genome] - sum_ / seen_);
        }
    }
    void write(ByteWriter& out) const override {
        out.value(sum_);
        out.value(seen_);
    }
    void read(ByteReader& in) override {
        sum_ = in.value<double>();
        seen_ = in.value<double>();
    }

private:
    double sum_ = 0.0;
    double seen_ = 0.0;
};

/// A genome whose network says, of the place of a connection, which weight it has: each input is connected with each
/// output.
class Painter final : public Decoder {
public:
    explicit Painter(const GenomeShape& task) : task_(task), painted_(task) {
        std::vector<ConnectionGene> connections;
        for (std::uint32_t input = 0; input < task.source_count(); ++input) {
            for (std::uint32_t output = 0; output < task.output_count; ++output) {
                connections.push_back({Innovation{input * task.output_count + output}, NodeId{input},
                                       NodeId{task.first_output() + output}, 0.0F, 1});
            }
        }
        const GenomeSize size{task.output_count, static_cast<std::uint32_t>(connections.size())};
        painted_.place({&size, 1});
        for (std::uint32_t row = 0; row < size.nodes; ++row) {
            set_node(painted_.rows(0), row, {.node_id = NodeId{task.first_output() + row}});
        }
        for (std::uint32_t row = 0; row < size.connections; ++row) {
            set_connection(painted_.rows(0), row, connections[row]);
        }
    }
    [[nodiscard]] std::unique_ptr<Decoder> clone() const override { return std::make_unique<Painter>(task_); }
    [[nodiscard]] const GenomeShape& genome_shape() const noexcept override { return shape_; }
    void decode(const GenomeView& genome, const NetworkParams& network, NetworkProgram& program) override {
        direct_.decode(genome, {}, brush_.program());
        brush_.reset();
        const GenomeRows rows = painted_.rows(0);
        for (std::size_t row = 0; row < rows.weight.size(); ++row) {
            const std::array place{static_cast<float>(raw(rows.source[row])),
                                   static_cast<float>(raw(rows.target[row]))};
            brush_.activate(place, {&rows.weight[row], 1});
        }
        compiler_.compile(painted_[0], task_, network, program);
    }

private:
    GenomeShape task_;
    GenomeShape shape_{2, 1, true};
    GenomeStore painted_;
    DirectDecoder direct_{shape_};
    Network brush_;
    NetworkCompiler compiler_;
};

/// The values of a logged score column of all generations.
std::vector<double> logged_scores(const RunFolder& folder) {
    const RunLog log(folder.log(), RunLog::Mode::read);
    std::vector<double> all;
    for (const GenerationRow& row : log.generations()) {
        const std::vector<double> values = log.score_columns(row.generation).at(0).values;
        all.insert(all.end(), values.begin(), values.end());
    }
    return all;
}

class RunWithSeams : public RunTest {
protected:
    RunWithSeams() {
        seams_.tasks.add<Tournament>("tournament", "Answer more than the others.");
        seams_.tasks.add<FaultyTournament>("faulty", "For tests.");
        seams_.tasks.add<Curriculum>("curriculum", "Answer a tenth of the generation's number.");
    }

    [[nodiscard]] ExperimentConfig config(const std::string& task, std::vector<std::string> overrides = {}) const {
        const fs::path file = folder_ / "seams.yaml";
        std::ofstream(file) << "task: {name: " << task << "}\nseed: 3\nstop: {generations: 6}\n"
                            << "evolution: {population_size: 40}\ncheckpoint: {every_generations: 2}\n";
        overrides.insert(overrides.begin(), "evaluation.threads=2");
        ExperimentConfig config = load_config({file.string(), overrides, seams_.tasks, seams_.functions});
        resolve(config);
        return config;
    }

    RunFolder run_with(const Vocabulary& vocabulary, const ExperimentConfig& config) {
        const RunFolder folder = create_run_folder(folder_, config.name, *config.seed);
        Experiment experiment = Experiment::start(config, vocabulary, {}, folder);
        run_on(experiment);
        return folder;
    }

    RunFolder run_with(const std::string& task, std::vector<std::string> overrides = {}) {
        return run_with(seams_, config(task, std::move(overrides)));
    }

    /// Two sessions: with a checkpoint, or with the log alone.
    RunFolder run_in_two(const std::string& task, bool keep_checkpoint) {
        const RunFolder folder = run_with(task, {"stop.generations=3"});
        if (!keep_checkpoint) fs::remove(folder.checkpoint());
        Experiment experiment = Experiment::resume(folder, seams_, {"stop.generations=6"});
        run_on(experiment);
        return folder;
    }

    /// What holds of every run: for other numbers of threads, resumed, rebuilt and replayed.
    void expect_promises(const std::string& task) {
        const RunFolder folder = run_with(task);
        const auto expected = digests(folder);
        EXPECT_EQ(expected.size(), 6U);
        EXPECT_EQ(digests(run_with(task, {"evaluation.threads=1"})), expected);
        for (const bool keep_checkpoint : {true, false}) {
            const RunFolder resumed = run_in_two(task, keep_checkpoint);
            EXPECT_EQ(digests(resumed), expected) << keep_checkpoint;
            EXPECT_EQ(logged_scores(resumed), logged_scores(folder));
        }
        const OpenedRun opened = open_run(folder, seams_);
        for (const GenerationRow& row : opened.log.generations()) {
            EXPECT_EQ(rebuild(opened, seams_, row.generation)->evolver->population().digest(), raw(row.digest));
            EXPECT_EQ(score_again(opened, seams_, row), row.fitness.best) << row.generation;
        }
    }

    Vocabulary seams_{builtin_tasks()};
};

TEST_F(RunWithSeams, TaskThatScoresTheWholePopulationAtOnceRunsLikeAnyOther) {
    expect_promises("tournament");
    const RunFolder folder = run_with("tournament");
    const RunLog log(folder.log(), RunLog::Mode::read);
    EXPECT_EQ(log.score_columns(2).at(0).name, "score.answer");
    EXPECT_EQ(log.generation(2)->evaluated, 40U);
    EXPECT_LE(log.generation(2)->fitness.best, 39.0) << "so many others there are to win against";
}

TEST_F(RunWithSeams, RacingAndRefiningAreRefusedWhereTheWholePopulationIsScoredAtOnce) {
    const auto refused = [&](const std::string& override_, const std::string& message) {
        expect_contains(message_of<Error>([&] { run_with("tournament", {override_}); }), message);
    };
    refused("refine.method=snes", "refine.method: must be none for task 'tournament', which scores a whole generation");
    refused("evaluation.racing.first_episodes=1", "evaluation.racing.first_episodes: must be 0 for task 'tournament'");
}

TEST_F(RunWithSeams, ScorerThatBreaksItsPromisesEndsTheRunWithTheReason) {
    const auto error_with = [&](std::function<void(ScoreTable&)> fault) {
        FaultyTournament::fault = std::move(fault);
        return message_of([&] { (void)run_with("faulty"); });
    };
    const std::string place = "generation 0, task 'faulty': its scorer must ";
    EXPECT_EQ(error_with(nullptr), "task 'faulty': make_scorer() returned null");
    EXPECT_EQ(error_with([](ScoreTable& scores) { scores.evaluated = 0; }),
              place + "set ScoreTable::evaluated, the number of networks that were scored, got 0");
    EXPECT_EQ(error_with([](ScoreTable& scores) { scores.fitness.pop_back(); }),
              place + "give each genome one fitness: got 39 for 40 genomes");
    EXPECT_EQ(error_with([](ScoreTable& scores) { scores.columns[0].values.pop_back(); }),
              place + "give a number per genome in column 'score.answer', got 39 for 40 genomes");
    EXPECT_EQ(error_with([](ScoreTable& scores) { scores.columns[0].name = "score.other"; }),
              place + "give the columns that the task's traits name, in their order (score.answer), got score.other");
    EXPECT_EQ(error_with([](ScoreTable& scores) { scores.columns.clear(); }),
              place + "give the columns that the task's traits name, in their order (score.answer), got none");
    EXPECT_EQ(error_with([](ScoreTable& /*scores*/) { throw 3; }), "generation 0, task 'faulty': unknown exception");
    EXPECT_EQ(error_with([](ScoreTable& /*scores*/) { throw std::runtime_error("no referee"); }),
              "generation 0, task 'faulty': no referee");
    EXPECT_EQ(error_with([](ScoreTable& /*scores*/) {}), "nothing");
}

TEST_F(RunWithSeams, EvaluatorsLearnTheGenerationsNumber) {
    expect_promises("curriculum");
    const RunFolder folder = run_with("curriculum");
    const RunLog log(folder.log(), RunLog::Mode::read);
    for (const std::uint32_t generation : {0U, 5U}) {
        const std::vector<double> answers = log.score_columns(generation).at(0).values;
        const std::vector<double> fitness = log.fitness(generation);
        for (std::size_t i = 0; i < answers.size(); ++i) {
            EXPECT_EQ(fitness[i], -std::fabs(answers[i] - 0.1 * generation));
        }
    }
}

TEST_F(RunWithSeams, MeritOfTheProgramIsLoggedAndBredAgainWithoutScoring) {
    seams_.merit = [] { return std::make_unique<Novelty>(); };
    expect_promises("curriculum");
    const RunFolder folder = run_with("curriculum");
    const OpenedRun opened = open_run(folder, seams_);
    EXPECT_EQ(opened.log.merit(3).size(), 40U);
    EXPECT_NE(opened.log.merit(3), opened.log.fitness(3));

    Vocabulary without_merit = seams_;
    without_merit.merit = {};
    EXPECT_NE(digests(run_with(without_merit, config("curriculum"))), digests(folder)) << "selection went by it";

    const int scored = Curriculum::scored;
    EXPECT_EQ(rebuild(opened, without_merit, 5)->evolver->population().digest(), digests(folder).back());
    EXPECT_EQ(Curriculum::scored, scored);
}

TEST_F(RunWithSeams, DecoderOfTheProgramMakesNetworksOfGenomesOfAnotherShape) {
    seams_.decoder = [](const GenomeShape& task) { return std::make_unique<Painter>(task); };
    expect_promises("curriculum");
    const RunFolder folder = run_with("curriculum");
    const OpenedRun opened = open_run(folder, seams_);
    const GenomeStore champion = logged_champion(opened.log, *opened.log.generation(4), seams_.functions);
    EXPECT_EQ(champion.shape(), (GenomeShape{2, 1, true}));
    EXPECT_EQ(rebuild(opened, seams_, 4)->evolver->population().shape(), champion.shape());
}

TEST_F(RunWithSeams, TimesJudgingAndLoggingAsWell) {
    const RunFolder folder = run_with("curriculum");
    const auto seconds = rows(folder).back().seconds;
    for (const char* stage : {"evaluate", "judge", "log", "speciate", "represent"}) {
        EXPECT_TRUE(seconds.contains(stage)) << stage;
    }
}

}  // namespace
}  // namespace clade
