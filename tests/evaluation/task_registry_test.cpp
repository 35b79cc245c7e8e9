#include <clade/evaluation/tasks/builtin_tasks.hpp>

#include <clade/core/error.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace clade {
namespace {

/// Lists the names of the fields it visits, and sets those called `file` and `label`.
class NameVisitor final : public FieldVisitor {
public:
    std::vector<std::string> names;

protected:
    void visit(const FieldInfo& info, bool&) override { note(info); }
    void visit(const FieldInfo& info, int&) override { note(info); }
    void visit(const FieldInfo& info, std::uint64_t&) override { note(info); }
    void visit(const FieldInfo& info, double&) override { note(info); }
    void visit(const FieldInfo& info, std::string& value) override {
        note(info);
        if (info.name == "file") value = CLADE_SOURCE_DIR "/configs/data/iris.csv";
        if (info.name == "label") value = "species";
    }
    void visit(const FieldInfo& info, std::optional<std::uint64_t>&) override { note(info); }
    void visit(const FieldInfo& info, std::optional<double>&) override { note(info); }
    void visit(const FieldInfo& info, std::vector<double>&) override { note(info); }
    void visit(const FieldInfo& info, std::vector<std::string>&) override { note(info); }
    void visit_choice(const FieldInfo& info, int&) override { note(info); }
    void enter(std::string_view name, std::string_view) override { names.emplace_back(name); }
    void leave() override {}

private:
    void note(const FieldInfo& info) {
        EXPECT_FALSE(info.meaning.empty()) << info.name;
        names.emplace_back(info.name);
    }
};

class DoubleTask final : public Task {
public:
    struct Params {
        double factor = 2.0;
    };
    DoubleTask(const Params& /*params*/, const TaskContext&) : traits_{.name = "double"} {}
    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override { return nullptr; }

private:
    TaskTraits traits_;
};

void visit_fields(DoubleTask::Params& params, FieldVisitor& field) {
    field("factor", params.factor, greater_than(0.0), "What is multiplied by.");
}

TEST(TaskRegistry, HoldsTheBuiltInTasks) {
    const TaskRegistry registry = builtin_tasks();
    for (const char* name : {"xor", "supervised", "regression", "parity", "multiplexer", "retina", "generative",
                             "sequence_memory", "maze", "prey_capture"}) {
        ASSERT_NE(registry.find(name), nullptr) << name;
        EXPECT_FALSE(registry.at(name).summary.empty());
    }
}

TEST(TaskRegistry, EveryBuiltInTaskIsMadeFromItsFieldsAndNamesItself) {
    const TaskRegistry registry = builtin_tasks();
    for (const TaskRegistry::Entry& entry : registry.entries()) {
        const std::unique_ptr<TaskBlueprint> blueprint = entry.blueprint();
        NameVisitor visitor;
        blueprint->visit(visitor);
        EXPECT_FALSE(visitor.names.empty());
        ThrowingSink sink;
        blueprint->check(sink);
        EXPECT_NO_THROW(sink.finish()) << entry.name;
        const std::unique_ptr<Task> task = blueprint->make({.seed = 1, .directory = {}});
        EXPECT_EQ(task->traits().name, entry.name);
        EXPECT_GT(task->traits().input_count, 0U);
        EXPECT_GT(task->traits().output_count, 0U);
    }
}

TEST(TaskRegistry, SuggestsTheNearestName) {
    const TaskRegistry registry = builtin_tasks();
    const auto complaint = [&](std::string_view name) {
        try {
            (void)registry.at(name);
        } catch (const Error& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    EXPECT_EQ(complaint("xro"), "unknown task 'xro'; did you mean 'xor'?");
    std::string all;
    for (const auto& entry : registry.entries()) all += " " + entry.name;
    EXPECT_EQ(complaint("chess_champion"), "unknown task 'chess_champion'; there are:" + all);
}

TEST(TaskRegistry, RefusesANameTwice) {
    TaskRegistry registry = builtin_tasks();
    EXPECT_THROW(registry.add<DoubleTask>("xor", "Again."), Error);
}

TEST(TaskRegistry, SaysWhatATaskNeedsThatThisBuildLacks) {
    TaskRegistry registry;
    registry.add_missing({"lunar_lander", "Box2D: install libbox2d-dev and build again"});
    const std::string reason = "task 'lunar_lander' needs Box2D: install libbox2d-dev and build again";
    EXPECT_EQ(registry.why_missing("lunar_lander"), reason);
    EXPECT_EQ(registry.why_missing("xor"), std::nullopt);
    EXPECT_EQ(registry.find("lunar_lander"), nullptr);
    EXPECT_TRUE(registry.entries().empty());
    try {
        (void)registry.at("lunar_lander");
        ADD_FAILURE() << "must be refused";
    } catch (const Error& error) {
        EXPECT_EQ(error.what(), reason);
    }
}

TEST(TaskRegistry, HasOrNamesTheTasksThatNeedBox2D) {
    const TaskRegistry registry = builtin_tasks();
    for (const char* name : {"lunar_lander", "bipedal_walker"}) {
        EXPECT_NE(registry.find(name) != nullptr, registry.why_missing(name).has_value()) << name;
    }
}

TEST(TaskRegistry, MakesATaskTypeOfOnesOwn) {
    TaskRegistry registry;
    registry.add<DoubleTask>("double", "Doubles.");
    const std::unique_ptr<TaskBlueprint> blueprint = registry.at("double").blueprint();
    NameVisitor visitor;
    blueprint->visit(visitor);
    EXPECT_EQ(visitor.names, std::vector<std::string>{"factor"});
    EXPECT_EQ(blueprint->make({})->traits().name, "double");
}

TEST(TaskRegistry, MakesATaskOfAFunction) {
    TaskRegistry registry;
    registry.add_function({.name = "seven", .input_count = 1, .output_count = 1}, "Seven.",
                          [](Network&, const Seeds&) { return 7.0; });
    EXPECT_EQ(registry.at("seven").summary, "Seven.");
    const std::unique_ptr<TaskBlueprint> blueprint = registry.at("seven").blueprint();
    NameVisitor visitor;
    blueprint->visit(visitor);
    EXPECT_TRUE(visitor.names.empty());
    const std::unique_ptr<Task> task = blueprint->make({});
    EXPECT_EQ(task->traits().name, "seven");
    Network network;
    EXPECT_EQ(task->make_evaluator()->evaluate(network, {}), 7.0);
}

TEST(TaskRegistry, TakesOnlyNamesThatYamlAndLogsUse) {
    TaskRegistry registry;
    for (const char* name : {"", "Seven", "se ven", "7", "_seven", "seven-up"}) {
        EXPECT_THROW(registry.add<DoubleTask>(name, "No."), Error) << name;
    }
    registry.add<DoubleTask>("se_ven7", "Yes.");
    EXPECT_THROW(registry.add<DoubleTask>("se_ven7", "Twice."), Error);
}

/// Its parameters are as a careless author would write them.
class CarelessTask final : public FunctionTask {
public:
    struct Params {
        int depth = -5;
        double name = 1.0;
    };
    CarelessTask(const Params& /*params*/, const TaskContext& /*context*/)
        : FunctionTask({.name = "careless", .input_count = 1, .output_count = 1},
                       [](Network&, const Seeds&) { return 0.0; }) {}
};

void visit_fields(CarelessTask::Params& params, FieldVisitor& field) {
    field("depth", params.depth, at_least(0), "Out of its own range.");
    field("depth", params.depth, at_least(-9), "Twice.");
    field("name", params.name, any_number(), "The key of every task's name.");
    field("Bad Key", params.name, any_number(), "No key.");
}

TEST(TaskRegistry, RefusesParametersThatNoConfigurationCouldHave) {
    TaskRegistry registry;
    try {
        registry.add<CarelessTask>("careless", "No.");
        ADD_FAILURE() << "must be refused";
    } catch (const FieldError& error) {
        const std::string all = "parameters of task 'careless'.";
        EXPECT_EQ(error.what(), all + "depth: is visited twice\n" + all + "name: is the key of the task's own name\n" +
                                    all + "Bad Key: a key must be lower-case letters, digits and _, a letter first\n" +
                                    all + "depth: must be at least 0, got -5");
    }
    EXPECT_EQ(registry.find("careless"), nullptr);
}

TEST(FunctionTask, IsATaskInFiveLines) {
    const FunctionTask task({.name = "negate", .input_count = 1, .output_count = 1, .solved_fitness = 0.99},
                            [](Network& network, const Seeds&) {
                                float out = 0.0F;
                                network.activate(std::array{0.5F}, {&out, 1});
                                return 1.0 - static_cast<double>(std::abs(out + 0.5F));
                            });
    EXPECT_EQ(task.traits().solved_fitness, 0.99);
    EXPECT_NE(task.make_evaluator(), nullptr);
}

}  // namespace
}  // namespace clade
