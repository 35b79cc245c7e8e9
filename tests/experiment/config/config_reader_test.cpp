#include <clade/evaluation/tasks/builtin_tasks.hpp>
#include <clade/experiment/config/config_override.hpp>
#include <clade/experiment/config/config_reader.hpp>
#include <clade/experiment/config/experiment_config.hpp>
#include <clade/experiment/config/placed_issue_sink.hpp>
#include <clade/experiment/config/unused_keys.hpp>
#include <clade/experiment/config/yaml_parser.hpp>

#include "tests/experiment/toy_config.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace clade {
namespace {

std::string lines(const std::vector<ConfigIssue>& issues) {
    std::string text;
    for (const ConfigIssue& issue : issues) text += to_string(issue) + '\n';
    return text;
}

/// Reads a text and returns the issues, one a line, in file order.
std::string issues_of(const std::string& text, const std::vector<std::string>& overrides = {}) {
    YamlDocument document = parse_yaml(text, "f.yaml");
    for (const std::string& assignment : overrides) apply_override(document, assignment);
    ToyConfig config;
    ConfigReader(document.root, document.issues).read(config);
    return document.issues.empty() ? "" : lines(ConfigError(document.issues).issues());
}

ToyConfig read(const std::string& text) {
    YamlDocument document = parse_yaml(text, "f.yaml");
    ToyConfig config;
    ConfigReader(document.root, document.issues).read(config);
    EXPECT_EQ(lines(document.issues), "");
    return config;
}

TEST(ConfigReader, ReadsEveryKindOfField) {
    const ToyConfig config = read(
        "name: 010\npopulation_size: +7\nseed: 18446744073709551615\nmaximize: false\nsolved_fitness: 1e3\n"
        "evaluations: ~\nbias: -.5\ninner: {threshold: 2, mode: none, rates: [0, 1.], functions: ['a b', null_]}\n");
    EXPECT_EQ(config.name, "010");
    EXPECT_EQ(config.population_size, 7);
    EXPECT_EQ(config.seed, 18446744073709551615U);
    EXPECT_FALSE(config.maximize);
    EXPECT_EQ(config.solved_fitness, 1000.0);
    EXPECT_EQ(config.evaluations, std::nullopt);
    EXPECT_EQ(config.bias, -0.5);
    EXPECT_EQ(config.inner.threshold, 2.0);
    EXPECT_EQ(config.inner.mode, ToyMode::none);
    EXPECT_EQ(config.inner.rates, (std::vector<double>{0.0, 1.0}));
    EXPECT_EQ(config.inner.functions, (std::vector<std::string>{"a b", "null_"}));
}

TEST(PlacedIssueSink, NamesTheAssignmentsThatABlockComesFromWhereTheKeyIsNoneOfThem) {
    YamlDocument document = parse_yaml("population_size: 5\n", "f.yaml");
    apply_override(document, "inner.mode=none");
    apply_override(document, "inner.threshold=3");
    std::vector<ConfigIssue> issues;
    PlacedIssueSink sink(document, issues);
    sink.add("inner.threshold", "a");
    sink.add("inner.rates", "b");
    sink.add("other.rates", "c");
    EXPECT_EQ(lines(issues),
              "--set inner.threshold=3: inner.threshold: a\n"
              "--set inner.mode=none --set inner.threshold=3: inner.rates: b\n"
              "f.yaml:1:1: other.rates: c\n");
}

/// What config_warnings() says of a configuration of XOR with these lines.
std::vector<std::string> warnings_of(const std::string& lines, const std::vector<std::string>& overrides = {}) {
    const TaskRegistry tasks = builtin_tasks();
    const FunctionSet functions;
    return config_warnings(
        load_config({"f.yaml", overrides, tasks, functions, "task: {name: xor}\nstop: {generations: 3}\n" + lines}));
}

TEST(UnusedKeys, AreToldWithTheirPlaceAndTheKeyThatMakesThemMatter) {
    EXPECT_EQ(warnings_of("genome:\n  weight: {distribution: uniform, deviation: 3}\n"),
              std::vector<std::string>{"f.yaml:4:35: genome.weight.deviation: has no effect with "
                                       "genome.weight.distribution: uniform; it needs distribution: normal"});
    EXPECT_EQ(
        warnings_of("", {"refine.method=adam", "refine.step_size=0.7"}),
        std::vector<std::string>{"--set refine.step_size=0.7: refine.step_size: has no effect with refine.method: "
                                 "adam; it needs method: cma_es or snes"});
    EXPECT_EQ(warnings_of("evaluation: {racing: {keep: 0.3}}\n"),
              std::vector<std::string>{"f.yaml:3:23: evaluation.racing.keep: has no effect with "
                                       "evaluation.racing.first_episodes: 0; it needs first_episodes: not 0"});
}

TEST(ConfigWarnings, TellThatAPopulationHasNoRoomForTheSpeciesWanted) {
    EXPECT_EQ(warnings_of("evolution: {population_size: 20, speciation: {target_species: 21}}\n"),
              std::vector<std::string>{"evolution.speciation.target_species is 21, but a population of 20 has room for "
                                       "20 species (selection.min_species_size is 1)"});
    EXPECT_EQ(warnings_of("evolution: {population_size: 20, speciation: {target_species: 20}}\n"),
              std::vector<std::string>{});
}

TEST(UnusedKeys, AreNoneThatMatterOrHaveTheirDefault) {
    const std::vector<std::string> none;
    EXPECT_EQ(warnings_of(""), none);
    EXPECT_EQ(warnings_of("genome:\n  weight: {distribution: uniform, low: -3, high: 3}\n"), none);
    EXPECT_EQ(warnings_of("", {"refine.method=snes", "refine.step_size=0.7"}), none);
    EXPECT_EQ(warnings_of("evaluation: {racing: {first_episodes: 0, keep: 0.5}}\n"), none) << "the default";
}

TEST(UnusedKeys, NameTheNeedsOfFieldsThatThereAre) {
    const auto rows = config_reference_rows(builtin_tasks(), "supervised");
    for (const ReferenceRow& row : rows) {
        for (const Need& need : needs_of(row)) {
            EXPECT_TRUE(std::ranges::any_of(rows, [&](const ReferenceRow& other) { return other.key == need.key; }))
                << row.key << " needs " << need.key;
        }
    }
}

TEST(UnusedKeys, MayNeedSeveralKeysAndThoseOfAnotherBlock) {
    EXPECT_EQ(warnings_of("", {"refine.fraction=0.5"}),
              std::vector<std::string>{"--set refine.fraction=0.5: refine.fraction: has no effect with refine.method: "
                                       "none; it needs method: not none"});
    EXPECT_EQ(warnings_of("", {"refine.method=snes", "refine.fraction=0.5"}),
              std::vector<std::string>{"--set refine.fraction=0.5: refine.fraction: has no effect with refine.genomes: "
                                       "species_champions; it needs genomes: fraction"});
    const TaskRegistry tasks = builtin_tasks();
    const FunctionSet functions;
    EXPECT_EQ(config_warnings(
                  load_config({"f.yaml",
                               {},
                               tasks,
                               functions,
                               "task: {name: supervised, file: f.csv, label: y, steps: 3}\nstop: {generations: 3}\n"})),
              std::vector<std::string>{"f.yaml:1:49: task.steps: has no effect with genome.network: feed_forward; it "
                                       "needs genome.network: recurrent"});
}

TEST(ConfigReader, LeavesAbsentFieldsAndEmptyBlocksAtTheirDefaults) {
    EXPECT_EQ(read(""), ToyConfig{});
    EXPECT_EQ(read("inner:\nempty: {}\n"), ToyConfig{});
}

TEST(ConfigReader, LeavesRefusedFieldsAtTheirDefaults) {
    YamlDocument document = parse_yaml("population_size: 1\ninner: {rates: [0.1, 2]}\nevaluations: 0\n", "f.yaml");
    ToyConfig config;
    ConfigReader(document.root, document.issues).read(config);
    EXPECT_EQ(document.issues.size(), 3U);
    EXPECT_EQ(config, ToyConfig{});
}

TEST(ConfigReader, NamesTheNearestKeyForAMisspeltOne) {
    EXPECT_EQ(issues_of("populaton_size: 3\ninner:\n  treshold: 1\n"),
              "f.yaml:1:1: populaton_size: unknown key; did you mean 'population_size'?\n"
              "f.yaml:3:3: inner.treshold: unknown key; did you mean 'threshold'?\n");
}

TEST(ConfigReader, NamesTheBlockOfAKeyThatStandsInTheWrongOne) {
    EXPECT_EQ(issues_of("threshold: 3\ninner:\n  seed: 1\n"),
              "f.yaml:1:1: threshold: unknown key here; did you mean 'inner.threshold'?\n"
              "f.yaml:3:3: inner.seed: unknown key here; did you mean 'seed'?\n");
}

TEST(ConfigReader, ListsTheKnownKeysWhereNoneIsNear) {
    EXPECT_EQ(issues_of("inner: {zzzzzzz: 1}\n"),
              "f.yaml:1:9: inner.zzzzzzz: unknown key; known here are 'threshold', 'mode', 'rates', 'functions'\n");
    EXPECT_EQ(issues_of("empty: {x: 1}\n"), "f.yaml:1:9: empty.x: unknown key; this block has no keys\n");
}

TEST(ConfigReader, ReportsRuleAndValueOfEveryWrongNumber) {
    EXPECT_EQ(issues_of("population_size: lots\nseed: -1\nbias: x\nsolved_fitness: none\ninner:\n  threshold: 0\n"),
              "f.yaml:1:18: population_size: must be an integer of at least 2, got 'lots'\n"
              "f.yaml:2:7: seed: must be an integer of at least 0, got -1\n"
              "f.yaml:3:7: bias: must be a number, got 'x'\n"
              "f.yaml:4:17: solved_fitness: must be a number, or null, got 'none'; write null\n"
              "f.yaml:6:14: inner.threshold: must be a number greater than 0, got 0\n");
    EXPECT_EQ(
        issues_of("population_size: 99999999999\nseed: 18446744073709551616\nbias: 1e999\n"),
        "f.yaml:1:18: population_size: must be an integer of at least 2, got 99999999999; the largest possible is "
        "2147483647\n"
        "f.yaml:2:7: seed: must be an integer of at least 0, got 18446744073709551616; the largest possible is "
        "18446744073709551615\n"
        "f.yaml:3:7: bias: must be a number, got 1e999; too large or too close to 0 for a 64-bit number\n");
}

/// The end of the only issue of `population_size: TEXT`.
std::string hint_of(const std::string& key, const std::string& text) {
    const std::string issue = issues_of(key + ": " + text + "\n");
    return issue.substr(std::min(issue.find("got "), issue.size()));
}

TEST(ConfigReader, SaysHowToWriteAnOddNumber) {
    EXPECT_EQ(hint_of("population_size", "010"), "got 010; write 10 without leading zeros\n");
    EXPECT_EQ(hint_of("population_size", "0x10"), "got '0x10'; write it as a decimal number\n");
    EXPECT_EQ(hint_of("population_size", "1_000"), "got '1_000'; write 1000 without underscores\n");
    EXPECT_EQ(hint_of("population_size", "1e3"), "got 1e3; write 1000\n");
    EXPECT_EQ(hint_of("population_size", "3.0"), "got 3.0; write 3\n");
    EXPECT_EQ(hint_of("population_size", "3.5"), "got 3.5\n");
    EXPECT_EQ(hint_of("population_size", "'5'"), "got '5'; remove the quotes\n");
    EXPECT_EQ(hint_of("bias", "-007.5"), "got -007.5; write -7.5 without leading zeros\n");
    EXPECT_EQ(hint_of("bias", "0,5"), "got '0,5'; write the decimals behind a point, not a comma\n");
    EXPECT_EQ(hint_of("bias", ".nan"), "got '.nan'; only finite numbers are allowed\n");
    EXPECT_EQ(hint_of("bias", "-.inf"), "got '-.inf'; only finite numbers are allowed\n");
    EXPECT_EQ(hint_of("bias", "nan"), "got 'nan'; only finite numbers are allowed\n");
    EXPECT_EQ(hint_of("bias", "\"1.5\""), "got '1.5'; remove the quotes\n");
    EXPECT_EQ(hint_of("bias", "1 2"), "got '1 2'\n");
    EXPECT_EQ(hint_of("bias", "--1"), "got '--1'\n");
    EXPECT_EQ(hint_of("bias", "+-1"), "got '+-1'\n");
}

TEST(ConfigReader, TakesOnlyTrueAndFalseAsSwitches) {
    for (const std::string text : {"yes", "on", "True", "TRUE", "1", "y"}) {
        EXPECT_NE(hint_of("maximize", text).find("; write true"), std::string::npos) << text;
    }
    for (const std::string text : {"no", "Off", "False", "0", "n"}) {
        EXPECT_NE(hint_of("maximize", text).find("; write false"), std::string::npos) << text;
    }
    EXPECT_EQ(hint_of("maximize", "'true'"), "got 'true'; remove the quotes\n");
    EXPECT_EQ(issues_of("maximize: maybe\n"), "f.yaml:1:11: maximize: must be true or false, got 'maybe'\n");
}

TEST(ConfigReader, ListsTheChoicesOfAnEnum) {
    EXPECT_EQ(issues_of("inner: {mode: stedy}\n"),
              "f.yaml:1:15: inner.mode: must be one of 'steady', 'generational', 'none', got 'stedy'; did you mean "
              "'steady'?\n");
    EXPECT_EQ(issues_of("inner: {mode: ~}\n"),
              "f.yaml:1:15: inner.mode: must be one of 'steady', 'generational', 'none', got null\n");
}

TEST(ConfigReader, TellsScalarsListsAndBlocksApart) {
    EXPECT_EQ(issues_of("population_size: [3]\nmaximize: {a: 1}\nname:\nseed:\nbias:\n  a: 1\n"),
              "f.yaml:1:18: population_size: must be an integer of at least 2, got a list\n"
              "f.yaml:2:11: maximize: must be true or false, got a block of keys\n"
              "f.yaml:3:1: name: must be text, got null; empty text is ''\n"
              "f.yaml:4:1: seed: must be an integer of at least 0, got null\n"
              "f.yaml:5:1: bias: must be a number, got a block of keys\n");
    EXPECT_EQ(issues_of("inner: {rates: 0.5, functions: {a: 1}}\nempty: 3\n"),
              "f.yaml:1:16: inner.rates: must be a list of numbers, got 0.5; write [0.5]\n"
              "f.yaml:1:32: inner.functions: must be a list of texts, got a block of keys\n"
              "f.yaml:2:8: empty: must be a block of keys, got 3\n");
    EXPECT_EQ(issues_of("inner: [1]\n"), "f.yaml:1:8: inner: must be a block of keys, got a list\n");
}

TEST(ConfigReader, NamesTheItemOfAListThatIsWrong) {
    EXPECT_EQ(issues_of("inner:\n  rates: [0.5, 2, x]\n  functions: [a, [b]]\n"),
              "f.yaml:2:16: inner.rates[1]: must be a number between 0 and 1, got 2\n"
              "f.yaml:2:19: inner.rates[2]: must be a number between 0 and 1, got 'x'\n"
              "f.yaml:3:18: inner.functions[1]: must be text, got a list\n");
}

TEST(ConfigReader, NamesTheOverrideThatIsWrong) {
    EXPECT_EQ(issues_of("population_size: 1\nseed: x\n", {"population_size=0", "inner=3", "inner.mode=x", "zzz.a=1"}),
              "f.yaml:2:7: seed: must be an integer of at least 0, got 'x'\n"
              "--set inner.mode=x: inner.mode: 'inner' must be a block of keys, got 3\n"
              "--set population_size=0: population_size: must be an integer of at least 2, got 0\n"
              "--set inner=3: inner: must be a block of keys, got 3\n"
              "--set zzz.a=1: zzz: unknown key; known here are 'name', 'population_size', 'seed', 'maximize', "
              "'solved_fitness', 'evaluations', 'bias', 'inner', 'empty'\n");
    EXPECT_EQ(issues_of("population_size: 1\n", {"population_size=9"}), "");
}

TEST(ConfigReader, KeepsMessagesOnOneShortLine) {
    const std::string long_text(900, 'x');  // YAML allows keys of up to 1024 characters
    const std::string issue = issues_of(R"("a\n\e[1m)" + long_text + "\": 1\nbias: \"b\\n" + long_text + "\"\n");
    EXPECT_EQ(std::count(issue.begin(), issue.end(), '\n'), 2);
    EXPECT_LT(issue.size(), 800U);
    EXPECT_EQ(issue.find('\x1b'), std::string::npos);
}

/// A task block whose fields depend on the task's name, as an experiment has it.
struct ToyTask {
    std::string name;
    int size = 0;
    double weight = 0.0;
};

void visit_fields(ToyTask& p, FieldVisitor& field) {
    field("name", p.name, "Name of the task.");
    if (p.name == "sized") field("size", p.size, at_least(1), "Its size.");
    if (p.name == "weighted") field("weight", p.weight, any_number(), "Its weight.");
}

TEST(ConfigReader, ReadsFieldsThatDependOnAnEarlierOne) {
    const YamlDocument document = parse_yaml("task: {size: 3, name: sized, weight: 1}\n", "f.yaml");
    std::vector<ConfigIssue> issues;
    ToyTask task;
    ConfigReader reader(document.root, issues);
    reader.read_with([&task](FieldVisitor& field) { field.block("task", task, "The task."); });
    EXPECT_EQ(task.size, 3);
    EXPECT_EQ(lines(issues), "f.yaml:1:30: task.weight: unknown key; known here are 'name', 'size'\n");
}

TEST(ConfigReader, AcceptsAnyKeyWhereToldTo) {
    const YamlDocument document = parse_yaml("task: {name: what, size: x}\nother: 1\n", "f.yaml");
    std::vector<ConfigIssue> issues;
    ToyTask task;
    ConfigReader reader(document.root, issues);
    reader.accept_other_keys_in("task");
    reader.read_with([&task](FieldVisitor& field) { field.block("task", task, "The task."); });
    EXPECT_EQ(lines(issues), "f.yaml:2:1: other: unknown key; known here are 'task'\n");
}

TEST(PlacedIssueSink, FindsTheKeyOrTheNearestBlockAroundIt) {
    YamlDocument document = parse_yaml("seed: 1\ninner:\n  mode: steady\n  rates: [1]\n", "f.yaml");
    apply_override(document, "inner.mode=none");
    std::vector<ConfigIssue> issues;
    PlacedIssueSink sink(document, issues);
    sink.add("inner.rates[0]", "a");
    sink.add("inner.threshold", "b");
    sink.add("inner.mode", "c");
    sink.add("bias", "d");
    PlacedIssueSink(document, issues, "inner").add("rates", "e");
    EXPECT_EQ(lines(issues),
              "f.yaml:4:11: inner.rates[0]: a\nf.yaml:2:1: inner.threshold: b\n--set inner.mode=none: inner.mode: c\n"
              "f.yaml:1:1: bias: d\nf.yaml:4:3: inner.rates: e\n");
}

TEST(PlacedIssueSink, AddsNothingToAKeyThatWasRefused) {
    const YamlDocument document = parse_yaml("seed: x\n", "f.yaml");
    std::vector<ConfigIssue> issues{{"f.yaml", 1, 7, "seed", "refused"}};
    PlacedIssueSink sink(document, issues);
    sink.add("seed", "a");
    sink.add("bias", "b");
    sink.add("bias", "c");
    EXPECT_EQ(lines(issues), "f.yaml:1:7: seed: refused\nf.yaml:1:1: bias: b\nf.yaml:1:1: bias: c\n");
}

TEST(ConfigError, CountsProblemsAndSortsThemByPlace) {
    const ConfigError error({{"--set a=1", 0, 0, "a", "no"}, {"f.yaml", 9, 2, "c", "no"}, {"f.yaml", 9, 1, "b", "no"}});
    EXPECT_STREQ(error.what(),
                 "f.yaml:9:1: b: no\nf.yaml:9:2: c: no\n--set a=1: a: no\n"
                 "3 problems in f.yaml and on the command line; nothing was run");
    EXPECT_STREQ(ConfigError({{"f.yaml", 0, 0, "", "no such file"}}).what(),
                 "f.yaml: no such file\n1 problem in f.yaml; nothing was run");
    EXPECT_NO_THROW(throw_if_any({}));
}

}  // namespace
}  // namespace clade
