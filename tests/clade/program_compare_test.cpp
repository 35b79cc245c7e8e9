// `clade compare` and `clade sweep`.
#include "tests/clade/program_fixture.hpp"

namespace clade {
namespace {

class SetsProgram : public Program {
protected:
    static nlohmann::json json_of(const Result& result) {
        EXPECT_EQ(result.code, 0) << result.err;
        return nlohmann::json::parse(result.out, nullptr, false);
    }

    /// What is said of bad input, which leaves no trace.
    [[nodiscard]] std::string said(const Words& words) const {
        const Result result = clade(words);
        EXPECT_EQ(result.code, 2);
        EXPECT_EQ(result.out, "");
        EXPECT_TRUE(is_empty());
        return result.err;
    }

    /// XOR as it is shipped, and with a population too small for it.
    void write_configs() const {
        replace_file(folder_ / "large.yaml", std::string_view("name: large\ntask: {name: xor}\n"
                                                              "stop: {generations: 60}\n"));
        replace_file(folder_ / "small.yaml", std::string_view("name: small\ntask: {name: xor}\n"
                                                              "stop: {generations: 10}\n"
                                                              "evolution: {population_size: 20}\n"));
    }
};

TEST_F(SetsProgram, CompareSaysInASentenceWhichIsBetter) {
    write_configs();
    const Result result = clade({"compare", "large.yaml", "small.yaml", "--trials", "8", "--quiet"});
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_EQ(result.err, "");
    for (const char* part : {"\nlarge needs fewer evaluations than small (median ", " against unsolved, p ",
                             ", large is better in ", "\nlarge solves the task more often than small (",
                             "\nlarge: runs/large-trials-", "\nsmall: runs/small-trials-"}) {
        EXPECT_NE(result.out.find(part), std::string::npos) << part << " is not in\n" << result.out;
    }
}

TEST_F(SetsProgram, CompareTakesSetsThatThereAreAndGivesTheSameAnswer) {
    write_configs();
    const auto first =
        json_of(clade({"compare", "large.yaml", "small.yaml", "--trials", "4", "--quiet", "--format", "json"}));
    EXPECT_EQ(first["ranked_by"], "evaluations");
    ASSERT_EQ(first["sets"].size(), 2U);
    ASSERT_EQ(first["pairs"].size(), 1U);
    for (const char* key : {"a", "b", "u", "p", "p_adjusted", "a12", "success_p_adjusted", "sentences"}) {
        EXPECT_TRUE(first["pairs"][0].contains(key)) << key;
    }
    const std::string large = first["sets"][0]["folder"];
    const std::string small = first["sets"][1]["folder"];
    EXPECT_EQ(json_of(clade({"compare", large, small, "--format", "json"})), first);
    const auto swapped = json_of(clade({"compare", small, large, "--format", "json"}));
    EXPECT_DOUBLE_EQ(swapped["pairs"][0]["a12"].get<double>(), 1.0 - first["pairs"][0]["a12"].get<double>());
    const auto three = json_of(clade({"compare", large, small, large, "--format", "json"}));
    EXPECT_EQ(three["pairs"].size(), 3U);
    EXPECT_NEAR(three["pairs"][1]["p"].get<double>(), 1.0, 1e-9) << "a set and itself";
}

TEST_F(SetsProgram, CompareTurnsToFitnessWhereNothingIsSolved) {
    const Result result =
        clade({"compare", xor_config, xor_config, "--trials", "2", "--quiet", "--set", "stop.generations=1"});
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_NE(result.out.find("No trial was solved, so best fitness is compared.\n"
                              "no significant difference in best fitness between "),
              std::string::npos)
        << result.out;
}

TEST_F(SetsProgram, CompareRefusesBadInputWithoutLeavingATrace) {
    EXPECT_NE(said({"compare", xor_config}), "");
    EXPECT_EQ(said({"compare", xor_config, "."}), ".: is no set of trials: it has no trials.json\n");
    EXPECT_EQ(said({"compare", xor_config, CLADE_SOURCE_DIR "/configs/iris.yaml"}),
              "clade compare: all sets must have the same task; " + xor_config +
                  " has 'xor', " CLADE_SOURCE_DIR "/configs/iris.yaml has 'supervised'\n");
}

TEST_F(SetsProgram, SweepRunsEveryCombinationAndPutsTheBestFirst) {
    const Words words{"sweep",    xor_config,
                      "--vary",   "evolution.population_size=20,150",
                      "--vary",   "evolution.crossover.probability=0.5,0.75",
                      "--trials", "3",
                      "--set",    "stop.generations=30"};
    Words as_json = words;
    as_json.insert(as_json.end(), {"--format", "json", "--quiet"});
    const Result result = clade(as_json);
    EXPECT_EQ(result.err, "");
    const auto json = json_of(result);
    EXPECT_EQ(json["trials"], 3);
    ASSERT_EQ(json["combinations"].size(), 4U);
    double before = 1.0;
    std::vector<std::string> seen;
    for (const auto& combination : json["combinations"]) {
        EXPECT_LE(combination["success_rate"].get<double>(), before);
        before = combination["success_rate"];
        const std::string size = combination["settings"]["evolution.population_size"];
        seen.push_back(size + " " + combination["settings"]["evolution.crossover.probability"].get<std::string>());
        EXPECT_EQ(json_of(clade({"trials", combination["folder"], "--format", "json"}))["solved"],
                  combination["solved"]);
        EXPECT_EQ(inspected(fs::path(combination["folder"].get<std::string>()) / "seed-2")["population"],
                  std::stoi(size));
    }
    std::sort(seen.begin(), seen.end());
    EXPECT_EQ(seen, (std::vector<std::string>{"150 0.5", "150 0.75", "20 0.5", "20 0.75"}));

    const std::string folder = json["folder"];
    EXPECT_EQ(json_of(clade({"sweep", folder, "--format", "json"})), json) << "nothing was run, nothing changed";
    const Result csv = clade({"sweep", folder, "--format", "csv"});
    EXPECT_TRUE(csv.out.starts_with("set,evolution.population_size,evolution.crossover.probability,trials,solved,"))
        << csv.out;
    EXPECT_EQ(std::count(csv.out.begin(), csv.out.end(), '\n'), 5);
    const Result table = clade({"sweep", folder});
    EXPECT_NE(table.out.find("xor: 4 combinations of evolution.population_size, evolution.crossover.probability, 3 "
                             "trials each\n"),
              std::string::npos)
        << table.out;
}

TEST_F(SetsProgram, SweepDrawsCombinationsThatItsSeedRepeats) {
    const auto settings = [this](const std::string& seed) {
        const auto json =
            json_of(clade({"sweep", xor_config, "--vary", "evolution.population_size=20..40", "--vary",
                           "genome.weight.perturb_power=0.1..10:log", "--random", "3", "--trials", "1", "--seed", seed,
                           "--set", "stop.generations=1", "--format", "json", "--quiet"}));
        std::vector<std::string> all;
        for (const auto& combination : json["combinations"]) all.push_back(combination["settings"].dump());
        std::sort(all.begin(), all.end());
        return all;
    };
    const auto first = settings("5");
    EXPECT_EQ(first.size(), 3U);
    EXPECT_EQ(settings("5"), first);
    EXPECT_NE(settings("6"), first);
}

TEST_F(SetsProgram, SweepReportsEveryMistakeOfEveryCombinationOnceAndRunsNothing) {
    EXPECT_EQ(
        said({"sweep", xor_config, "--vary", "evolution.populaton_size=10,20", "--vary", "stop.generations=5,0"}),
        "--vary evolution.populaton_size=10: evolution.populaton_size: unknown key; did you mean 'population_size'?\n"
        "--vary stop.generations=0: stop.generations: must be an integer of at least 1, or null, got 0\n"
        "--vary evolution.populaton_size=20: evolution.populaton_size: unknown key; did you mean 'population_size'?\n"
        "3 problems on the command line; nothing was run\n");
    EXPECT_EQ(said({"sweep", xor_config}), "clade sweep: needs --vary KEY=VALUES: a key and the values to try\n");
    EXPECT_EQ(said({"sweep", xor_config, "--vary", "seed"}),
              "--vary seed: must be KEY=VALUES, such as evolution.population_size=100,200\n");
    EXPECT_EQ(said({"sweep", xor_config, "--vary", "evolution.population_size=20..40"}),
              "--vary evolution.population_size: a range has no grid; draw from it with --random\n");
    EXPECT_EQ(said({"sweep", "."}), ".: is no sweep: it has no sweep.json\n");
    EXPECT_EQ(said({"sweep", ".", "--vary", "seed=1,2"}),
              "clade sweep: --vary and --random need a configuration, not the folder of an earlier sweep\n");
}

}  // namespace
}  // namespace clade
