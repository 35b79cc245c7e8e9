#include <clade/evaluation/tasks/builtin_tasks.hpp>
#include <clade/experiment/config/experiment_config.hpp>

#include "tests/support/messages.hpp"

#include <gtest/gtest.h>

namespace clade {
namespace {

/// A task with a parameter and with defaults: a small population, and a parameter's value besides.
class TunedTask final : public Task {
public:
    struct Params {
        int teeth = 2;
    };
    TunedTask(const Params& /*params*/, const TaskContext& /*context*/) {}

    static std::vector<TaskDefault> defaults() {
        return {{"evolution.population_size", "20"}, {"task.teeth", "7"}, {"genome.activation.initial", "tanh"}};
    }

    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override { return nullptr; }

private:
    TaskTraits traits_{.name = "tuned", .input_count = 1, .output_count = 1};
};

void visit_fields(TunedTask::Params& params, FieldVisitor& field) {
    field("teeth", params.teeth, at_least(1), "Teeth.");
}

double zero(Network& /*network*/, const Seeds& /*seeds*/) { return 0.0; }

TaskTraits plain_traits(const std::string& name) { return {.name = name, .input_count = 1, .output_count = 1}; }

class TaskDefaults : public testing::Test {
protected:
    TaskDefaults() {
        registry_.add<TunedTask>("tuned", "A task with defaults.");
        registry_.add_function(plain_traits("plain"), "A task without.", zero);
    }

    [[nodiscard]] ConfigSource source(const std::string& yaml, std::vector<std::string> overrides = {}) const {
        return {"task.yaml", std::move(overrides), registry_, builtin_functions(), yaml};
    }
    [[nodiscard]] ExperimentConfig load(const std::string& yaml, std::vector<std::string> overrides = {}) const {
        return load_config(source(yaml, std::move(overrides)));
    }

    /// What default_config() says of a task with these defaults; empty if nothing.
    static std::string problem_of(std::vector<TaskDefault> defaults) {
        TaskRegistry registry;
        registry.add_function(plain_traits("wrong"), "A task.", zero, std::move(defaults));
        try {
            (void)default_config(registry, "wrong");
        } catch (const LogicError& error) {
            return error.what();
        }
        return {};
    }

    TaskRegistry registry_;
};

std::string teeth_of(const ExperimentConfig& config) {
    for (const ReferenceRow& row : config_reference(config)) {
        if (row.key == "task.teeth") return row.default_value;
    }
    return {};
}

TEST_F(TaskDefaults, HoldWhereTheConfigurationIsSilent) {
    const ExperimentConfig config = load("task: {name: tuned}");
    EXPECT_EQ(config.evolution.population_size, 20);
    EXPECT_EQ(config.genome.activation.initial, "tanh");
    EXPECT_EQ(teeth_of(config), "7");
    EXPECT_EQ(config.evolution.stagnation, EvolutionParams{}.stagnation) << "all else has the general defaults";
}

TEST_F(TaskDefaults, GiveWayToTheFileAndToTheCommandLine) {
    const ExperimentConfig file = load("{task: {name: tuned, teeth: 3}, evolution: {population_size: 90}}");
    EXPECT_EQ(file.evolution.population_size, 90);
    EXPECT_EQ(teeth_of(file), "3");
    EXPECT_EQ(load("task: {name: tuned}", {"evolution.population_size=80"}).evolution.population_size, 80);
}

TEST_F(TaskDefaults, DoNotCountWhereTheConfigurationAsksForTheGeneralOnes) {
    const ExperimentConfig config = load("{defaults: general, task: {name: tuned}}");
    EXPECT_EQ(config.evolution.population_size, EvolutionParams{}.population_size);
    EXPECT_EQ(teeth_of(config), "2");
    EXPECT_EQ(load("{defaults: task, task: {name: tuned}}").evolution.population_size, 20);
}

TEST_F(TaskDefaults, AreOfTheirOwnTaskAlone) {
    EXPECT_EQ(load("task: {name: plain}").evolution.population_size, EvolutionParams{}.population_size);
    EXPECT_EQ(load("task: {name: plain}", {"task.name=tuned"}).evolution.population_size, 20);
}

TEST_F(TaskDefaults, MayHoldOnlyWhereAnotherKeyHasAValueAndThenGoFirst) {
    TaskRegistry registry;
    registry.add_function(plain_traits("tuned"), "A task.", zero,
                          {{"evolution.population_size", "20"},
                           {"genome.network", "recurrent", "refine.method: snes or cma_es"},
                           {"evolution.population_size", "30", "refine.method: snes or cma_es"}});
    const auto load = [&](const std::string& yaml) {
        return load_config({"task.yaml", {}, registry, builtin_functions(), yaml});
    };
    const ExperimentConfig plain = load("{task: {name: tuned}, refine: {method: adam}}");
    EXPECT_EQ(plain.evolution.population_size, 20);
    EXPECT_FALSE(plain.genome.network.is_recurrent());
    const ExperimentConfig met = load("{task: {name: tuned}, refine: {method: snes}}");
    EXPECT_EQ(met.evolution.population_size, 30);
    EXPECT_TRUE(met.genome.network.is_recurrent());
    EXPECT_EQ(load("{task: {name: tuned}, refine: {method: snes}, evolution: {population_size: 40}}")
                  .evolution.population_size,
              40);
    EXPECT_EQ(load("{defaults: general, task: {name: tuned}, refine: {method: snes}}").evolution.population_size,
              EvolutionParams{}.population_size);
    EXPECT_EQ(default_config(registry, "tuned").evolution.population_size, 20);
    EXPECT_EQ(default_config(registry, "tuned", config_reference(met)).evolution.population_size, 30);
}

TEST_F(TaskDefaults, SayWhatTheyNeedWhereTheyBreakARule) {
    TaskRegistry registry;
    registry.add_function(plain_traits("tuned"), "A task.", zero,
                          {{"genome.network", "recurrent", "genome.activation.initial: tanh"}});
    try {
        (void)load_config({"task.yaml",
                           {},
                           registry,
                           builtin_functions(),
                           "{task: {name: tuned}, genome: {activation: {initial: tanh}}, refine: {method: adam}}"});
        FAIL() << "adam needs feed-forward networks";
    } catch (const ConfigError& error) {
        expect_contains(error.what(),
                        "genome.network: recurrent is a default of task 'tuned' where genome.activation.initial: tanh");
    }
}

TEST_F(TaskDefaults, AreInTheReferenceOfTheTask) {
    for (const ReferenceRow& row : config_reference_rows(registry_, "tuned")) {
        EXPECT_TRUE(row.key != "evolution.population_size" || row.default_value == "20");
    }
}

TEST_F(TaskDefaults, DoNotChangeALoggedConfiguration) {
    const std::string logged = "task: {name: tuned}";
    EXPECT_EQ(load_logged_config(source(logged)).evolution.population_size, EvolutionParams{}.population_size);
    EXPECT_EQ(load_config_again(source(logged)).evolution.population_size, EvolutionParams{}.population_size);
}

TEST_F(TaskDefaults, AreNamedWhereTheyBreakARuleWithWhatTheUserSet) {
    TaskRegistry registry;
    registry.add_function(plain_traits("steep"), "A task.", zero, {{"refine.method", "adam"}});
    try {
        (void)load_config(
            {"steep.yaml", {}, registry, builtin_functions(), "{task: {name: steep}, genome: {network: recurrent}}"});
        FAIL() << "adam needs feed-forward networks";
    } catch (const ConfigError& error) {
        const std::string text = error.what();
        EXPECT_NE(text.find("refine.method: adam is a default of task 'steep'"), std::string::npos) << text;
    }
}

TEST_F(TaskDefaults, AreNamedWhereTheMessageNamesThemWithoutTheirBlock) {
    TaskRegistry registry;
    registry.add_function(plain_traits("narrow"), "A task.", zero,
                          {{"genome.weight.high", "1"}, {"genome.weight.max", "3"}, {"genome.bias.high", "1"}});
    try {
        (void)load_config(
            {"narrow.yaml", {}, registry, builtin_functions(), "{task: {name: narrow}, genome: {weight: {low: 2}}}"});
        FAIL() << "low must be below high";
    } catch (const ConfigError& error) {
        const std::string text = error.what();
        EXPECT_NE(text.find("; genome.weight.high: 1 is a default of task 'narrow'"), std::string::npos) << text;
        EXPECT_EQ(text.find("bias.high"), std::string::npos) << text;
    }
}

TEST_F(TaskDefaults, ThatNoConfigurationMayHaveAreReportedAllAtOnce) {
    EXPECT_EQ(problem_of({{"evolution.population_size", "20"}}), "");
    const std::string problem = problem_of({{"evolution.population_sice", "20"},
                                            {"evolution.population_size", "-1"},
                                            {"genome.initial.route", "sideways"},
                                            {"stop.generations", "[1"}});
    for (const char* part : {"'wrong'", "population_sice", "population_size", "'sideways'", "stop.generations"}) {
        EXPECT_NE(problem.find(part), std::string::npos) << part << " in " << problem;
    }
}

TEST_F(TaskDefaults, OfOneKeyTwiceOrOfTheNameAreRefusedByTheRegistry) {
    EXPECT_THROW(registry_.add_function(plain_traits("a"), "A task.", zero, {{"seed", "1"}, {"seed", "2"}}),
                 FieldError);
    EXPECT_THROW(registry_.add_function(plain_traits("b"), "A task.", zero, {{"task.name", "a"}}), FieldError);
}

TEST_F(TaskDefaults, OfEveryTaskMakeAConfiguration) {
    const TaskRegistry tasks = builtin_tasks();
    for (const auto& entry : tasks.entries()) {
        SCOPED_TRACE(entry.name);
        ASSERT_NO_THROW((void)default_config(tasks, entry.name));
        try {
            (void)load_config({"silent.yaml", {}, tasks, builtin_functions(), "task: {name: " + entry.name + "}"});
        } catch (const ConfigError& error) {
            for (const ConfigIssue& issue : error.issues()) {
                EXPECT_TRUE(issue.key.starts_with("task.")) << issue.key << ": " << issue.message;
                EXPECT_EQ(issue.message.find("is a default of"), std::string::npos) << issue.message;
            }
        }
    }
}

}  // namespace
}  // namespace clade
