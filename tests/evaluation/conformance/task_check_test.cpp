// The conformance suite: every built-in task passes, and each rule finds the task that breaks it.
#include <clade/evaluation/conformance/task_check.hpp>

#include <clade/core/special_values_internal.hpp>
#include <clade/evaluation/tasks/boolean/xor.hpp>
#include <clade/evaluation/tasks/builtin_tasks.hpp>

#include "tests/support/task_checks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <numeric>
#include <stdexcept>

namespace clade {
namespace {

using testing::broken;

TaskTraits toy_traits() { return {.name = "toy", .input_count = 2, .output_count = 1}; }

double output_of(Network& network) {
    float out = 0.0F;
    network.activate(std::array{0.5F, -1.0F}, {&out, 1});
    return double{out};
}

std::string broken(const TaskTraits& declared, FunctionTask::Function function) {
    return broken(check_task(FunctionTask(declared, std::move(function))));
}

TEST(CheckTask, FindsNothingWrongWithTheBuiltInTasks) {
    const TaskRegistry registry = builtin_tasks();
    std::size_t made = 0;
    for (const TaskRegistry::Entry& entry : registry.entries()) {
        if (entry.name == "supervised") continue;  // has no defaults: it is checked with its data (tasks_test.cpp)
        SCOPED_TRACE(entry.name);
        testing::expect_sound(*entry.blueprint()->make({.seed = 3, .directory = CLADE_SOURCE_DIR "/configs"}));
        ++made;
    }
    const bool has_box2d = registry.find("lunar_lander") != nullptr;
    EXPECT_EQ(made, has_box2d ? 18U : 16U);
}

TEST(CheckTask, SaysWhatItChecked) {
    const TaskCheck check = check_task(XorTask());
    EXPECT_TRUE(check.sound());
    const auto looked_at = [&](const char* rule) {
        return std::count(check.checked.begin(), check.checked.end(), rule) == 1;
    };
    EXPECT_TRUE(looked_at("evaluators share no state"));
    EXPECT_TRUE(looked_at("gradient() gives the fitness of evaluate()"));
}

TEST(CheckTask, SaysARuleWhatWasSeenAndWhatToChangeInOneLine) {
    const TaskCheck check = check_task(FunctionTask(toy_traits(), [](Network&, const Seeds&) { return nan; }));
    ASSERT_EQ(check.findings.size(), 1U);
    EXPECT_EQ(text_of(check.findings[0]),
              "an evaluation of a network of the declared sizes gives a finite fitness: fitness nan; use spans of "
              "input_count and output_count numbers, keep what is divided by from 0, and catch what may fail");
}

/// A task of a class of its own, which nobody checked when it was made.
class Unchecked final : public Task {
public:
    explicit Unchecked(TaskTraits traits) : traits_(std::move(traits)) {}
    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override { return XorTask().make_evaluator(); }

private:
    TaskTraits traits_;
};

TEST(CheckTask, FindsTraitsThatMakeNoSense) {
    const auto with = [](auto&& change) {
        TaskTraits traits = toy_traits();
        change(traits);
        return broken(check_task(Unchecked(traits)));
    };
    const std::string rule = "traits make sense: ";
    EXPECT_EQ(with([](TaskTraits& traits) { traits.name.clear(); }),
              rule + "a task's name must be lower-case letters, digits and _, a letter first, got ''\n");
    const std::string place = rule + "task 'toy': ";
    EXPECT_EQ(with([](TaskTraits& traits) { traits.output_count = 0; }),
              place + "output_count must be at least 1, got 0\n");
    EXPECT_EQ(
        with([](TaskTraits& traits) { traits.solved_fitness = nan; }),
        place + "solved_fitness must be a finite number, got nan; leave it out where no fitness solves the task\n");
    EXPECT_EQ(with([](TaskTraits& traits) { traits.scores = {"a", "a"}; }), place + "`scores` names 'a' twice\n");
    EXPECT_EQ(with([](TaskTraits& traits) { traits.behaviour = {""}; }),
              place + "one of `behaviour` has an empty name: name each number\n");
}

TEST(CheckTask, FindsSizesOtherThanDeclared) {
    const std::string observation = broken(toy_traits(), [](Network& network, const Seeds&) {
        float out = 0.0F;
        network.activate(std::array{0.5F, 1.0F, 2.0F}, {&out, 1});
        return double{out};
    });
    EXPECT_NE(observation.find("exception: a network with 2 inputs and 1 outputs was given 3 observations, not 2"),
              std::string::npos)
        << observation;
    const std::string action = broken(toy_traits(), [](Network& network, const Seeds&) {
        std::array<float, 2> out{};
        network.activate(std::array{0.5F, 1.0F}, out);
        return double{out[0]};
    });
    EXPECT_NE(action.find("2 places for actions, not 1"), std::string::npos) << action;
}

/// Its episodes are worth 1, 2 and 3, but played in parts each begins to count anew.
class CountsAnew final : public Task {
public:
    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override { return std::make_unique<Player>(); }

private:
    class Player final : public Evaluator {
    public:
        double evaluate(Network&, const Seeds&) override { return 6.0; }
        void play(Network&, const Seeds&, std::size_t, std::span<double> returns) override {
            std::iota(returns.begin(), returns.end(), 1.0);
        }
        [[nodiscard]] double fitness_of(std::span<const double> returns) override {
            return std::accumulate(returns.begin(), returns.end(), 0.0);
        }
    };
    TaskTraits traits_{.name = "toy", .input_count = 2, .output_count = 1, .episodes = 3};
};

TEST(CheckTask, FindsEpisodesThatDependOnWhatTheyArePlayedWith) {
    EXPECT_EQ(broken(check_task(CountsAnew())), "episodes played in parts make the fitness of evaluate(): 6 and 4\n");
}

TEST(CheckTask, ReportsTheTextOfAnException) {
    EXPECT_NE(broken(toy_traits(), [](Network&, const Seeds&) -> double { throw std::runtime_error("the pole broke"); })
                  .find("exception: the pole broke"),
              std::string::npos);
    EXPECT_NE(broken(toy_traits(), [](Network&, const Seeds&) -> double { throw 7; }).find("no std::exception"),
              std::string::npos);
}

/// A task whose evaluators are made by a function.
class MadeTask final : public Task {
public:
    using Make = std::function<std::unique_ptr<Evaluator>()>;
    MadeTask(TaskTraits traits, Make make) : traits_(std::move(traits)), make_(std::move(make)) {}
    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override { return make_(); }

private:
    TaskTraits traits_;
    Make make_;
};

template <class EvaluatorType>
std::string broken_by(const TaskTraits& declared) {
    return broken(check_task(MadeTask(declared, [] { return std::make_unique<EvaluatorType>(); })));
}

TEST(CheckTask, FindsThatNoEvaluatorIsMade) {
    EXPECT_NE(broken(check_task(MadeTask(toy_traits(), [] { return nullptr; }))).find("make_evaluator() returned null"),
              std::string::npos);
}

TEST(CheckTask, FindsScoresThatAreMissing) {
    struct Plain final : Evaluator {
        double evaluate(Network& network, const Seeds&) override { return output_of(network); }
    };
    EXPECT_EQ(broken_by<Plain>(toy_traits()), "");
    TaskTraits two = toy_traits();
    two.scores = {"a", "b"};
    EXPECT_EQ(broken_by<Plain>(two),
              "scores() and behaviour() return one number per name: 0 scores where 2 are named\n");
    TaskTraits one = toy_traits();
    one.behaviour = {"a"};
    EXPECT_NE(broken_by<Plain>(one).find("0 behaviours where 1 are named"), std::string::npos);
}

TEST(CheckTask, FindsRandomnessThatIsNotFromTheSeeds) {
    int calls = 0;
    EXPECT_NE(broken(toy_traits(), [&](Network&, const Seeds&) { return double(++calls); })
                  .find("equal seeds give equal fitness: two new evaluators gave 1 and 8"),
              std::string::npos);
}

TEST(CheckTask, FindsAnEvaluatorThatRemembers) {
    class Remembering final : public Evaluator {
    public:
        double evaluate(Network& network, const Seeds&) override { return total_ += output_of(network); }

    private:
        double total_ = 0.0;
    };
    EXPECT_NE(broken_by<Remembering>(toy_traits()).find("an evaluator carries nothing over"), std::string::npos);
}

TEST(CheckTask, FindsASimulatorThatAllEvaluatorsShare) {
    static double position = 0.0;  // reset by every evaluation: wrong only where two go on side by side
    struct Sharing final : Evaluator {
        double evaluate(Network& network, const Seeds&) override {
            position = 0.0;
            for (int i = 0; i < 10; ++i) position += output_of(network);
            return position;
        }
    };
    EXPECT_NE(
        broken_by<Sharing>(toy_traits()).find("evaluators share no state: alone and beside an evaluator in another"),
        std::string::npos);
}

TEST(CheckTask, LetsEvaluatorsHaveAScratchOfTheirThread) {
    struct Scratch final : Evaluator {
        double evaluate(Network& network, const Seeds&) override {
            thread_local double sum = 0.0;
            sum = 0.0;
            for (int i = 0; i < 10; ++i) sum += output_of(network);
            return sum;
        }
    };
    EXPECT_EQ(broken_by<Scratch>(toy_traits()), "");
}

TEST(CheckTask, FindsATaskThatIsNotDeterministicAsDeclared) {
    const auto function = [](Network& network, const Seeds& seeds) {
        return output_of(network) + static_cast<double>(seeds.generation);
    };
    EXPECT_NE(broken(toy_traits(), function).find("a deterministic task gives every generation"), std::string::npos);
    TaskTraits random = toy_traits();
    random.deterministic = false;
    EXPECT_EQ(broken(random, function), "");
}

TEST(CheckTask, FindsAGradientThatIsMissingOrOfAnotherFitness) {
    TaskTraits differentiable = toy_traits();
    differentiable.differentiable = true;
    struct None final : Evaluator {
        double evaluate(Network& network, const Seeds&) override { return output_of(network); }
    };
    EXPECT_NE(broken_by<None>(differentiable).find("gradient() gives the fitness of evaluate(): exception: "),
              std::string::npos);
    struct Other final : Evaluator {
        double evaluate(Network& network, const Seeds&) override { return output_of(network); }
        double gradient(Network&, const Seeds&, NetworkGradient&) override { return -1.0; }
    };
    EXPECT_NE(broken_by<Other>(differentiable).find("gradient() gives the fitness of evaluate(): "), std::string::npos);
}

TEST(CheckTask, FindsAVerdictThatChangesAndAPageThatDoesNotFit) {
    class Fickle final : public Task {
    public:
        [[nodiscard]] const TaskTraits& traits() const noexcept override { return inner_.traits(); }
        [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override { return inner_.make_evaluator(); }
        [[nodiscard]] std::optional<Verdict> solves(Network&, double, const Deadline&) const override {
            return Verdict{.solved = ++asked_ % 2 == 0};
        }
        [[nodiscard]] TaskPage page() const override { return {.inputs = {{.name = "a"}}}; }

    private:
        FunctionTask inner_{toy_traits(), [](Network& network, const Seeds&) { return output_of(network); }};
        mutable int asked_ = 0;
    };
    EXPECT_EQ(broken(check_task(Fickle())),
              "solves() and report() give the same result twice: a network solves the task once, and once not\n"
              "page() names every input and output, or none: 1 of 2 inputs\n");
}

TEST(CheckTask, FindsNetworksThatGetOtherFitnessInABatch) {
    /// Networks of a batch get their fitness, or that of their neighbour.
    class Batches final : public Task {
    public:
        explicit Batches(bool mixed) : mixed_(mixed) { traits_.batch = 4; }
        [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
        [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override {
            return std::make_unique<Mixer>(mixed_);
        }

    private:
        class Mixer final : public Evaluator {
        public:
            explicit Mixer(bool mixed) : mixed_(mixed) {}
            double evaluate(Network& network, const Seeds& /*seeds*/) override { return output_of(network); }
            void evaluate_batch(std::span<BatchEvaluation> batch) override {
                for (BatchEvaluation& one : batch) one.fitness = output_of(*one.network);
                if (mixed_) std::swap(batch[0].fitness, batch[1].fitness);
            }

        private:
            bool mixed_;
        };
        bool mixed_;
        TaskTraits traits_ = toy_traits();
    };
    EXPECT_TRUE(check_task(Batches(false)).sound());
    EXPECT_TRUE(
        broken(check_task(Batches(true))).starts_with("networks that are scored together get what each gets alone: "));
}

TEST(CheckTask, FindsAnInterfaceOfAnotherShape) {
    class Misdescribed final : public Task {
    public:
        [[nodiscard]] const TaskTraits& traits() const noexcept override { return inner_.traits(); }
        [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override { return inner_.make_evaluator(); }
        [[nodiscard]] ModelInterface interface() const override { return {.inputs = {{.name = "a"}}}; }

    private:
        FunctionTask inner_{toy_traits(), [](Network& network, const Seeds&) { return output_of(network); }};
    };
    EXPECT_EQ(broken(check_task(Misdescribed())),
              "interface() is that of a model that can be saved: exception: inputs must be as many as those of the "
              "genome, 2, got 1\n");
}

}  // namespace
}  // namespace clade
