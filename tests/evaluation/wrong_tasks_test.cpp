// Tasks, environments and data that nothing can be made of, and the error that each gives (apps/docs/errors.md).
#include <clade/core/special_values_internal.hpp>
#include <clade/evaluation/episodes/control_task.hpp>
#include <clade/evaluation/network/network_compiler.hpp>
#include <clade/evaluation/scoring/population_task.hpp>
#include <clade/evaluation/scoring/thread_scorer.hpp>
#include <clade/evaluation/task_registry.hpp>
#include <clade/evaluation/tasks/boolean/xor.hpp>
#include <clade/evaluation/tasks/data/data_task.hpp>

#include "tests/support/messages.hpp"
#include "tests/support/random_genomes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <span>

namespace clade {
namespace {

TaskTraits wrong_task_traits() { return {.name = "toy", .input_count = 2, .output_count = 1}; }

TEST(WrongTask, TraitsThatNoTaskCanHaveAreRefused) {
    const auto function = [](Network&, const Seeds&) { return 0.0; };
    const auto made = [&](TaskTraits traits) { return message_of([&] { FunctionTask task(traits, function); }); };
    const std::string name = "a task's name must be lower-case letters, digits and _, a letter first, got ";
    EXPECT_EQ(made({.name = "", .input_count = 1, .output_count = 1}), name + "''");
    EXPECT_EQ(made({.name = "My task", .input_count = 1, .output_count = 1}), name + "'My task'");
    EXPECT_EQ(made({.name = "toy", .input_count = 1}), "task 'toy': output_count must be at least 1, got 0");
    TaskTraits endless = wrong_task_traits();
    endless.solved_fitness = nan;
    EXPECT_EQ(made(endless),
              "task 'toy': solved_fitness must be a finite number, got nan; leave it out where no fitness "
              "solves the task");
    struct Together final : PopulationTask {
        Together() : PopulationTask({}) {}
        [[nodiscard]] std::unique_ptr<Scorer> make_scorer(const Parallel&) const override { return nullptr; }
    };
    EXPECT_EQ(message_of([] { Together task; }), name + "''");
    struct Nameless final : Task {
        [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
        [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override { return nullptr; }
        TaskTraits traits_;
    } nameless;
    EXPECT_EQ(message_of([&] { ThreadScorer scorer(nameless); }), name + "''");
}

TEST(WrongTask, NamesThatNoConfigurationCouldHoldAreRefused) {
    TaskRegistry registry;
    FunctionSet functions;
    for (const char* name : {"", "My task", "_x", "2d",
                             "gl\xc3\xbc"
                             "ck",
                             "a\nb"}) {
        const auto refused = [&](const char* thing, auto&& call) {
            EXPECT_TRUE(message_of(call).starts_with(std::string(thing) +
                                                     "'s name must be lower-case letters, digits and "
                                                     "_, a letter first, got '"))
                << name;
        };
        refused("a task", [&] { registry.add<XorTask>(name, "None."); });
        refused("a task", [&] { registry.add_missing({name, "a library"}); });
        refused("a task", [&] {
            registry.add_function({.name = name, .output_count = 1}, "None.",
                                  [](Network&, const Seeds&) { return 0.0; });
        });
        refused("a function", [&] { functions.activations.add(name, [](float x) { return x; }); });
        refused("a function", [&] { functions.aggregations.add(name, [](std::span<float>) { return 0.0F; }); });
    }
    EXPECT_EQ(message_of([&] { functions.activations.add("mine", nullptr); }), "function 'mine' is a null pointer");
    EXPECT_EQ(message_of([&] { registry.add({.name = "toy", .summary = "None.", .blueprint = nullptr}); }),
              "task 'toy' has no blueprint");
    EXPECT_EQ(
        message_of([&] { registry.add({.name = "toy", .summary = "None.", .blueprint = [] { return nullptr; }}); }),
        "the blueprint of task 'toy' returned null");
    EXPECT_EQ(message_of([&] { registry.add_function({.name = "toy"}, "None.", nullptr); }),
              "task 'toy': output_count must be at least 1, got 0");
    EXPECT_TRUE(registry.entries().empty());
}

/// A task whose parameters contradict each other unless somebody sets them.
class Picky final : public FunctionTask {
public:
    struct Params {
        int low = 2;
        int high = 1;
    };
    Picky(const Params&, const TaskContext&)
        : FunctionTask(wrong_task_traits(), [](Network&, const Seeds&) { return 0.0; }) {}
};

void visit_fields(Picky::Params& params, FieldVisitor& field) {
    field("low", params.low, at_least(0), "The lower.");
    field("high", params.high, at_least(0), "The higher.");
}

void check_params(const Picky::Params& params, IssueSink& issues) {
    if (params.low > params.high) issues.add("low", "must not exceed high");
}

TEST(WrongTask, ParametersThatNothingCheckedAreCheckedWhenATaskIsMade) {
    TaskRegistry registry;
    registry.add<Picky>("picky", "None.");
    EXPECT_EQ(message_of([&] { (void)registry.at("picky").blueprint()->make({}); }), "low: must not exceed high");
}

/// An environment of which one fact can be wrong, and whose observation is not a number from a step on.
class Corridor final : public Environment {
public:
    static EnvironmentTraits declared() {
        return {.name = "corridor",
                .observations = {{.name = "position", .low = -2, .high = 2}, {.name = "speed"}},
                .actions = continuous_actions({{.name = "push", .low = -1, .high = 1}}),
                .step_limit = 5};
    }
    explicit Corridor(EnvironmentTraits traits = declared(), float broken = 0.0F, int from = 99)
        : traits_(std::move(traits)), broken_(broken), from_(from) {}
    [[nodiscard]] const EnvironmentTraits& traits() const noexcept override { return traits_; }
    void reset(std::uint64_t seed, std::span<float> observation) override {
        step_ = 0;
        faulty_ = seed % 2 == 1;
        observe(observation);
    }
    Step step(std::span<const float> /*action*/, std::span<float> observation) override {
        ++step_;
        observe(observation);
        return {.reward = 1.0};
    }

private:
    void observe(std::span<float> observation) const {
        observation[0] = 0.5F;
        observation[1] = faulty_ && step_ >= from_ ? broken_ : 1.0F;
    }

    EnvironmentTraits traits_;
    float broken_;
    int from_;
    int step_ = 0;
    bool faulty_ = false;
};

ControlTask corridor_task(const EnvironmentTraits& traits, const EpisodeParams& params = {}) {
    return ControlTask(
        [traits] {
            return std::make_unique<EnvironmentLanes>([traits] { return std::make_unique<Corridor>(traits); });
        },
        params);
}

TEST(WrongTask, TraitsThatNoEnvironmentCanHaveAreRefused) {
    const auto with = [](auto&& change) {
        EnvironmentTraits traits = Corridor::declared();
        change(traits);
        return message_of([&] { (void)corridor_task(traits); });
    };
    const std::string place = "environment 'corridor': ";
    EXPECT_EQ(with([](EnvironmentTraits&) {}), "nothing");
    EXPECT_EQ(with([](EnvironmentTraits& traits) { traits.name.clear(); }),
              "an environment's name must be lower-case letters, digits and _, a letter first, got ''");
    EXPECT_EQ(with([](EnvironmentTraits& traits) { traits.step_limit = 0; }),
              place + "step_limit must be at least 1, got 0");
    EXPECT_EQ(with([](EnvironmentTraits& traits) { traits.observations.clear(); }),
              place + "needs at least one observation");
    EXPECT_EQ(with([](EnvironmentTraits& traits) { traits.observations[0].low = 3; }),
              place + "observation 'position' must have a low that does not exceed high (2), got 3");
    EXPECT_EQ(with([](EnvironmentTraits& traits) { traits.observations[0].low = nan; }),
              place + "observation 'position' must have a low that does not exceed high (2), got nan");
    EXPECT_EQ(with([](EnvironmentTraits& traits) { traits.observations[0].name.clear(); }),
              place + "one of the observations has no name");
    EXPECT_EQ(with([](EnvironmentTraits& traits) { traits.actions = {}; }),
              place + "needs at least one action: discrete_actions() or continuous_actions()");
    EXPECT_EQ(with([](EnvironmentTraits& traits) { traits.actions.controls[0].low = 3; }),
              place + "control 'push' must have a low that does not exceed high (1), got 3");
    const auto needs_range = [&](const char* got) {
        return place + "control 'push' needs a finite low below a finite high, got " + got +
               ": outputs are spread over that range";
    };
    EXPECT_EQ(with([](EnvironmentTraits& traits) { traits.actions.controls[0].high = infinity; }),
              needs_range("-1 and inf"));
    EXPECT_EQ(with([](EnvironmentTraits& traits) { traits.actions.controls[0].low = -infinity; }),
              needs_range("-inf and 1"));
    EXPECT_EQ(with([](EnvironmentTraits& traits) { traits.actions.controls[0].low = 1; }), needs_range("1 and 1"));
    EXPECT_EQ(message_of([] { (void)corridor_task(Corridor::declared(), {.actions = ActionMapping::argmax}); }),
              "actions: must be automatic, linear or scaled_tanh where actions are numbers, got 'argmax'");
    EXPECT_EQ(message_of([] { (void)corridor_task(Corridor::declared(), {.step_limit = 0}); }),
              "step_limit: must be at least 1, got 0");
}

TEST(WrongTask, AnObservationThatIsNoNumberFailsTheGenomeWhateverTheNetworkMakesOfIt) {
    const SavedGenome genome{testing::random_genome({.shape = {2, 1, false}}, 1), NetworkKind::feed_forward};
    const std::array<std::uint64_t, 3> seeds{2, 3, 4};  // the one in the middle is faulty
    for (const float broken : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
        for (const int from : {0, 2, 4}) {
            EnvironmentLanes lanes([=] { return std::make_unique<Corridor>(Corridor::declared(), broken, from); });
            const EpisodeParams params;
            EpisodeRunner runner(lanes, params);
            Network network = make_network(genome);
            runner.run(network, seeds);
            EXPECT_EQ(runner.returns()[0], 5.0);
            EXPECT_TRUE(std::isnan(runner.returns()[1])) << from;
            EXPECT_EQ(runner.returns()[2], 5.0);
            runner.run(network, std::span(seeds).subspan(1, 1));
            EXPECT_TRUE(std::isnan(runner.returns()[0])) << "alone";
        }
        EnvironmentLanes late([=] { return std::make_unique<Corridor>(Corridor::declared(), broken, 5); });
        const EpisodeParams params;
        EpisodeRunner runner(late, params);
        Network network = make_network(genome);
        runner.run(network, seeds);
        EXPECT_EQ(runner.returns()[1], 5.0) << "what the last step shows, nobody reads";
    }
}

TEST(WrongTask, DataThatIsNotAsItsPartsSayIsRefused) {
    const auto with = [](auto&& change) {
        DataTable data;
        data.inputs = {{.name = "a", .values = std::vector<double>(4)}};
        data.labels = {{.classes = {"no", "yes"}}};
        data.labels[0].codes = {0, 1, 0, 1};
        DataTaskParams params;
        std::string name = "mine";
        change(data, params, name);
        return message_of([&] { DataTask task(name, data, params, 1); });
    };
    using Data = DataTable&;
    using Params = DataTaskParams&;
    const std::string head = "a data set must have ";
    EXPECT_EQ(with([](Data, Params, auto&) {}), "nothing");
    EXPECT_EQ(with([](Data data, Params, auto&) { data.inputs = {}; }), head + "at least 1 features, got 0");
    EXPECT_EQ(with([](Data data, Params, auto&) { data.inputs[0].values.clear(); }), head + "at least 1 rows, got 0");
    EXPECT_EQ(with([](Data data, Params, auto&) { data.inputs.push_back({.name = "b", .values = {1.0}}); }),
              "the inputs of a data set must all have as many values as there are rows, 4, got 1 (column 'b')");
    EXPECT_EQ(with([](Data data, Params, auto&) { data.inputs[0].kind = ColumnKind::category; }),
              "the inputs of a data set must be positions of categories, got 0 (column 'a')");
    EXPECT_EQ(with([](Data data, Params, auto&) { data.group = {1}; }), head + "as many groups as rows, got 1 and 4");
    EXPECT_EQ(with([](Data data, Params, auto&) { data.labels[0].codes.pop_back(); }),
              head + "as many labels as rows, got 3 and 4");
    EXPECT_EQ(with([](Data data, Params, auto&) { data.labels[0].codes[2] = 2; }),
              "the labels of a data set must be less than its number of classes, 2, got 2");
    EXPECT_EQ(with([](Data data, Params, auto&) { data.labels[0].classes = {"yes"}; }),
              head + "at least 2 classes, got 1");
    EXPECT_EQ(with([](Data data, Params, auto&) { data.labels.clear(); }), head + "at least 1 outputs, got 0");
    EXPECT_EQ(
        with([](Data data, Params, auto&) { data.inputs[0].values[1] = std::numeric_limits<double>::quiet_NaN(); }),
        "the inputs of a data set must be finite numbers (column 'a')");
    EXPECT_EQ(with([](Data, Params params, auto&) { params.validation_fraction = -1.0; }).substr(0, 21),
              "validation_fraction: ");
    EXPECT_EQ(
        with([](Data, Params params, auto&) { params.fitness = DataFitness::closeness; }),
        "fitness: must be automatic, accuracy, cross_entropy, likelihood, balanced_accuracy, f1_macro, f1_weighted, "
        "roc_auc or brier_score for classification, got 'closeness'");
    EXPECT_EQ(with([](Data data, Params, auto&) {
                  data.weight = {1.0, 2.0};
              }),
              head + "as many weights as rows, got 2 and 4");
    EXPECT_EQ(with([](Data data, Params, auto&) {
                  data.weight = {1.0, 2.0, 0.0, 1.0};
              }),
              "the weights of a data set must be finite and greater than 0");
    EXPECT_EQ(with([](Data, Params params, auto&) {
                  params.output = ClassOutput::softmax;
                  params.sharpness = 2.0;
              }),
              "sharpness: is for output: sharpened, and must be left out where output is softmax, got 2");
    EXPECT_EQ(with([](Data, Params, auto& name) { name = ""; }),
              "a task's name must be lower-case letters, digits and _, a letter first, got ''");
}

}  // namespace
}  // namespace clade
