// What a library user may do wrong, and the error that each gives (apps/docs/errors.md): never a crash, whether the
// library was built with CLADE_CHECKS or without.
#include "tests/experiment/run_fixture.hpp"
#include "tests/support/messages.hpp"

#include <clade/core/special_values_internal.hpp>
#include <clade/evaluation/episodes/control_task.hpp>
#include <clade/evaluation/network/network_compiler.hpp>
#include <clade/evaluation/scoring/thread_scorer.hpp>
#include <clade/evaluation/tasks/boolean/xor.hpp>
#include <clade/evaluation/tasks/builtin_tasks.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <type_traits>

namespace clade {
namespace {

EvolverSetup setup(std::size_t inputs = 2, std::size_t outputs = 1, std::uint64_t seed = 42) {
    EvolverSetup setup;  // not an aggregate in braces: gcc 12 warns of its strings
    setup.input_count = inputs;
    setup.output_count = outputs;
    setup.seed = seed;
    return setup;
}

TaskTraits toy_traits() { return {.name = "toy", .input_count = 2, .output_count = 1}; }

double output_of(Network& network) {
    float out = 0.0F;
    network.activate(std::array{0.5F, -1.0F}, {&out, 1});
    return double{out};
}

TEST(WrongUse, FitnessOfAnotherSizeIsRefusedAndChangesNothing) {
    Evolver evolver(setup());
    EXPECT_EQ(message_of([&] { evolver.tell(std::vector<double>(3)); }),
              "each genome needs one fitness: got 3 for 150 genomes");
    EXPECT_EQ(message_of([&] { evolver.tell(std::span<const double>()); }),
              "each genome needs one fitness: got 0 for 150 genomes");
    EXPECT_EQ(evolver.generation(), 0U);
    Evolver other(setup());
    const std::vector<double> fitness(150, 1.0);
    EXPECT_EQ(evolver.tell(fitness).digest, other.tell(fitness).digest);
}

TEST(WrongUse, AGenomeThatIsNotThereIsNotSaved) {
    const Evolver evolver(setup());
    EXPECT_EQ(message_of([&] { (void)genome_to_json(evolver.best_ever().genome, 0, NetworkKind::feed_forward); }),
              "there is no genome 0 to save");
}

TEST(WrongUse, TellingTwiceIsAboutTheNextGeneration) {
    Evolver evolver(setup());
    std::vector<double> fitness(150);
    for (std::size_t i = 0; i < fitness.size(); ++i) fitness[i] = static_cast<double>(i % 7);
    EXPECT_EQ(evolver.tell(fitness).generation, 0U);
    EXPECT_EQ(evolver.tell(fitness).generation, 1U);
    EXPECT_EQ(evolver.population().size(), 150U);
}

TEST(WrongUse, AnEvolverWithoutInputsOrOutputsIsRefused) {
    EXPECT_EQ(message_of([] { Evolver evolver(setup(1, 0)); }), "output_count: must be at least 1, got 0");
    EXPECT_EQ(message_of([] { Evolver evolver(setup(0, 1)); }),
              "input_count: must be at least 1 without genome.bias_input, got 0: there is nothing to connect");
    EXPECT_EQ(message_of([] { Evolver evolver(setup(std::size_t{1} << 32U, 1)); }),
              "input_count: must be between 0 and 1000000000, got 4294967296");
    EvolverSetup of_bias = setup(0, 1);
    of_bias.genome.bias_input = true;
    EXPECT_EQ(Evolver(of_bias).population().size(), 150U);
}

TEST(WrongUse, ObservationsAndActionsOfAnotherSizeAreRefused) {
    Evolver evolver(setup());
    for (const NetworkKind kind : {NetworkKind::feed_forward, NetworkKind::recurrent}) {
        GenomeStore one(evolver.population().shape());
        one.append(evolver.population()[0]);
        Network network = make_network({one, kind});
        std::array<float, 4> numbers{};
        const std::span<float> all(numbers);
        const std::string head = "a network with 2 inputs and 1 outputs was given ";
        EXPECT_EQ(message_of([&] { network.activate(all.first(3), all.first(1)); }), head + "3 observations, not 2");
        EXPECT_EQ(message_of([&] { network.activate({}, all.first(1)); }), head + "0 observations, not 2");
        EXPECT_EQ(message_of([&] { network.activate(all.first(2), all.first(4)); }),
                  head + "4 places for actions, not 1");
        EXPECT_EQ(message_of([&] { network.activate_batch(all, all.first(2), 3); }),
                  head + "4 observations, not 2 x 3 rows");
        EXPECT_EQ(message_of([&] { network.activate_batch(all, all.first(1), 2); }),
                  head + "1 places for actions, not 1 x 2 rows");
        network.activate(all.first(2), all.first(1));  // it is as good as before
    }
}

TEST(WrongUse, ANetworkThatIsGivenALargerGenomeIsToBeReset) {
    const auto store_of = [](const Evolver& evolver) {
        GenomeStore one(evolver.population().shape());
        one.append(evolver.population()[0]);
        return one;
    };
    const GenomeStore small = store_of(Evolver(setup()));
    const GenomeStore large = store_of(Evolver(setup(90, 40)));
    std::vector<float> observation(90);
    std::vector<float> action(40);
    NetworkCompiler compiler;
    for (const NetworkKind kind : {NetworkKind::feed_forward, NetworkKind::recurrent}) {
        Network network = make_network({small, NetworkKind::recurrent});
        network.activate(std::span(observation).first(2), std::span(action).first(1));
        compiler.compile(large[0], large.shape(), kind, network.program());
        EXPECT_EQ(message_of([&] { network.activate(observation, action); }),
                  "call reset() after compiling a program into a network");
        network.reset();
        network.activate(observation, action);
        std::vector<float> rows(90 * 50);
        std::vector<float> actions(40 * 50);
        network.activate_batch(rows, actions, 50);
        compiler.compile(small[0], small.shape(), kind, network.program());
        network.activate_batch(std::span(rows).first(100), std::span(actions).first(50), 50);
        compiler.compile(large[0], large.shape(), kind, network.program());
        network.activate_batch(rows, actions, 50);  // batches need no reset to be safe
    }
}

TEST(WrongUse, RowsThatABatchDoesNotHaveAreNotKept) {
    const Evolver evolver(setup());
    GenomeStore one(evolver.population().shape());
    one.append(evolver.population()[0]);
    Network network = make_network({one, NetworkKind::recurrent});
    std::vector<float> rows(8);
    std::vector<float> actions(4);
    network.activate_batch(rows, actions, 4);
    EXPECT_EQ(message_of([&] {
                  network.keep_rows(std::array<std::uint32_t, 2>{0, 4});
              }),
              "keep_rows() names rows that a network does not have; its number of rows is 4");
}

TEST(WrongUse, GenomesThatDoNotFitTheTaskAreRefused) {
    const Evolver evolver(setup(3, 2));
    const XorTask task;
    ScoreTable scores;
    EXPECT_EQ(message_of([&] { ThreadScorer(task).score(evolver.ask(), scores); }),
              "task 'xor' has 2 inputs and 1 outputs, the genomes 3 and 2");
}

TEST(WrongUse, AnExceptionOfATaskNamesGenerationGenomeAndTask) {
    const Evolver evolver(setup());
    const auto error = [&](FunctionTask::Function function) {
        const FunctionTask task(toy_traits(), std::move(function));
        Generation generation = evolver.ask();
        generation.number = 3;
        ScoreTable scores;
        return message_of([&] { ThreadScorer(task, {.parallel = Parallel(2)}).score(generation, scores); });
    };
    EXPECT_EQ(error([](Network&, const Seeds&) -> double { throw std::runtime_error("no more fuel"); }),
              "generation 3, position 0, task 'toy': no more fuel");
    EXPECT_EQ(error([](Network&, const Seeds&) -> double { throw 5; }),
              "generation 3, position 0, task 'toy': unknown exception");
    EXPECT_EQ(
        error([](Network& network, const Seeds&) {
            std::array<float, 2> out{};
            network.activate(std::array{1.0F, 2.0F}, out);
            return 0.0;
        }),
        "generation 3, position 0, task 'toy': a network with 2 inputs and 1 outputs was given 2 places for actions, "
        "not 1");
}

TEST(WrongUse, FactoriesThatGiveNothingAreRefused) {
    EXPECT_EQ(message_of([] { FunctionTask task(toy_traits(), nullptr); }), "task 'toy' has no function");
    EXPECT_EQ(message_of([] { ThreadScorer scorer(std::shared_ptr<const Task>{}); }),
              "a ThreadScorer needs a task, got null");
    EXPECT_EQ(message_of([] { ControlTask task([] { return nullptr; }, {}); }),
              "the factory of a control task returned null");
    EXPECT_EQ(message_of([] { EnvironmentLanes lanes([] { return nullptr; }); }),
              "the factory of an environment returned null");
}

TEST(WrongUse, FitnessThatIsNoNumberMarksFailedGenomes) {
    Evolver evolver(setup());
    std::vector<double> fitness(150, nan);
    fitness[1] = infinity;
    fitness[2] = -infinity;
    fitness[3] = -5.0;
    const GenerationRecord& record = evolver.tell(fitness);
    EXPECT_EQ(record.failed_count, 149U);
    EXPECT_EQ(record.champion, 3U);
    EXPECT_EQ(record.fitness.best, -5.0);
    evolver.tell(std::vector<double>(150, nan));
    EXPECT_EQ(evolver.best_ever().fitness, -5.0) << "a generation in which all fail leaves the best ever";
    EXPECT_EQ(evolver.population().size(), 150U);
}

TEST(WrongUse, TwoEnginesInOneProcessAreAsApart) {
    struct Pair {
        explicit Pair(std::uint64_t seed) : evolver(setup(2, 1, seed)), scorer(task) {}
        std::uint64_t step() {
            scorer.score(evolver.ask(), scores);
            return evolver.tell(scores).digest;
        }
        XorTask task;
        Evolver evolver;
        ThreadScorer scorer;
        ScoreTable scores;
    };
    std::array<std::vector<std::uint64_t>, 2> apart;
    for (std::size_t i = 0; i < 2; ++i) {
        Pair engine(i);
        for (int generation = 0; generation < 5; ++generation) apart[i].push_back(engine.step());
    }
    Pair first(0);
    Pair second(1);
    for (std::size_t generation = 0; generation < 5; ++generation) {
        EXPECT_EQ(first.step(), apart[0][generation]);
        EXPECT_EQ(second.step(), apart[1][generation]);
    }
}

TEST(WrongUse, ATaskThatIsDestroyedEarlyDoesNotCompileOrIsOwned) {
    static_assert(!std::is_constructible_v<ThreadScorer, XorTask>, "a temporary");
    static_assert(std::is_constructible_v<ThreadScorer, const XorTask&>);
    auto task = std::make_shared<XorTask>();
    ThreadScorer scorer(task);
    task.reset();
    const Evolver evolver(setup());
    ScoreTable scores;
    scorer.score(evolver.ask(), scores);
    EXPECT_EQ(scores.fitness.size(), 150U);
}

TEST(WrongUse, ANameRegisteredTwiceIsRefused) {
    TaskRegistry registry = builtin_tasks();
    EXPECT_EQ(message_of([&] { registry.add<XorTask>("xor", "Again."); }), "task 'xor' is registered twice");
    FunctionSet functions;
    functions.activations.add("mine", [](float x) { return x; });
    EXPECT_EQ(message_of([&] { functions.activations.add("mine", [](float x) { return x; }); }),
              "function 'mine' is registered twice");
    EXPECT_EQ(message_of([&] { functions.activations.add("tanh", [](float x) { return x; }); }),
              "function 'tanh' is registered twice");
}

TEST(WrongUse, AnUnknownTaskNameIsRefusedWithASuggestion) {
    EXPECT_EQ(message_of([] { (void)builtin_tasks().at("cart_pol"); }),
              "unknown task 'cart_pol'; did you mean 'cart_pole'?");
}

TEST(WrongUse, AnOwnFunctionThatGivesNoNumberMakesNoCrash) {
    EvolverSetup own = setup();
    own.functions.activations.add("broken", [](float) { return std::numeric_limits<float>::quiet_NaN(); });
    own.genome.activation.initial = "broken";
    own.genome.activation.options = {"broken"};
    Evolver evolver(own);
    const FunctionTask task(toy_traits(), [](Network& network, const Seeds&) { return output_of(network); });
    ScoreTable scores;
    ThreadScorer(task).score(evolver.ask(), scores);
    EXPECT_TRUE(std::isnan(scores.fitness[0]));
    EXPECT_EQ(evolver.tell(scores).failed_count, 150U);
}

/// A task that throws when it is told to.
class FlakyTask final : public Task {
public:
    struct Params {};
    FlakyTask(const Params&, const TaskContext&) {}
    [[nodiscard]] const TaskTraits& traits() const noexcept override { return inner_.traits(); }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override { return inner_.make_evaluator(); }
    static inline std::atomic<bool> broken{false};

private:
    FunctionTask inner_{toy_traits(), [](Network& network, const Seeds&) {
                            if (broken) throw std::runtime_error("the sensor is unplugged");
                            return output_of(network);
                        }};
};

void visit_fields(FlakyTask::Params& /*params*/, FieldVisitor& /*field*/) {}

class WrongUseOfARun : public RunTest {
protected:
    WrongUseOfARun() { own_->tasks.add<FlakyTask>("toy", "Throws when it is told to."); }

    /// A run of four generations, begun.
    Experiment start() {
        const std::filesystem::path file = folder_ / "toy.yaml";
        replace_file(file, "task: {name: toy}\nseed: 3\nstop: {generations: 4}\nevaluation: {threads: 2}\n");
        ExperimentConfig config = load_config({file.string(), {}, own_->tasks, own_->functions});
        resolve(config);
        return Experiment::start(config, *own_, {}, create_run_folder(folder_, config.name, *config.seed));
    }

    std::unique_ptr<Vocabulary> own_ = std::make_unique<Vocabulary>(Vocabulary{builtin_tasks(), {}});
};

TEST_F(WrongUseOfARun, OfAConfigurationThatIsNotResolvedIsRefused) {
    const ExperimentConfig config =
        load_config({CLADE_SOURCE_DIR "/configs/xor.yaml", {}, vocabulary_.tasks, vocabulary_.functions});
    const RunFolder folder = create_run_folder(folder_, "unresolved", 1);
    EXPECT_EQ(message_of([&] { (void)Experiment::start(config, vocabulary_, {}, folder); }),
              "a run needs a seed: resolve() the configuration first");
}

TEST_F(WrongUseOfARun, ATaskThatThrowsEndsARunThatCanBeResumed) {
    Experiment whole = start();
    whole.run();
    RunFolder folder;
    {
        struct Unplug final : ExperimentObserver {
            void on_generation(const GenerationRow& row) override { FlakyTask::broken = row.generation == 1; }
        } unplug;
        Experiment experiment = start();
        folder = experiment.folder();
        EXPECT_EQ(message_of([&] { experiment.run(unplug); }),
                  "generation 2, position 1, task 'toy': the sensor is unplugged");
    }
    FlakyTask::broken = false;
    EXPECT_EQ(rows(folder).size(), 2U);
    EXPECT_NE(read_file(folder.messages()).find("the sensor is unplugged"), std::string::npos);
    Experiment::resume(folder, *own_, {}).run();
    EXPECT_EQ(digests(folder), digests(whole.folder()));
}

TEST_F(WrongUseOfARun, OutlivesTheVocabularyItWasStartedWith) {
    Experiment experiment = start();
    own_.reset();
    EXPECT_EQ(experiment.run(), Outcome::generations);
}

TEST_F(WrongUseOfARun, TwoWritersOfOneFolderAreRefused) {
    Experiment experiment = start();
    EXPECT_NE(message_of([&] { (void)Experiment::resume(experiment.folder(), *own_, {}); }), "nothing");
    EXPECT_EQ(experiment.run(), Outcome::generations);
}

TEST_F(WrongUseOfARun, TwoRunsInOneProcessAreAsApart) {
    Experiment first = start();
    Experiment second = start();
    struct Other final : ExperimentObserver {
        explicit Other(Experiment& other) : experiment(other) {}
        void on_generation(const GenerationRow& row) override {
            if (row.generation == 1) experiment.run();  // the other in the middle of the one
        }
        Experiment& experiment;
    } other(second);
    first.run(other);
    Experiment alone = start();
    alone.run();
    EXPECT_EQ(digests(first.folder()), digests(alone.folder()));
    EXPECT_EQ(digests(second.folder()), digests(alone.folder()));
}

}  // namespace
}  // namespace clade
