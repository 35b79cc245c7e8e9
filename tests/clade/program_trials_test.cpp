// `clade trials`.
#include "tests/clade/program_fixture.hpp"

#include <cmath>

namespace clade {
namespace {

class TrialsProgram : public Program {
protected:
    /// XOR as it is easy to fail: five seeds, some of which solve it.
    [[nodiscard]] Result trials(Words more) const {
        Words words{"trials", xor_config, "--trials", "5", "--seed", "3", "--set", "stop.generations=40"};
        words.insert(words.end(), more.begin(), more.end());
        return clade(words);
    }

    [[nodiscard]] static nlohmann::json json_of(const Result& result) {
        EXPECT_EQ(result.code, 0) << result.err;
        return nlohmann::json::parse(result.out, nullptr, false);
    }
};

TEST_F(TrialsProgram, AnswersInJsonWithTheKeysThatOthersReadBy) {
    const auto json = json_of(trials({"--format", "json", "--quiet"}));
    for (const char* key : {"trials", "solved", "success_rate", "success_low", "success_high", "evaluations_mean",
                            "evaluations_deviation", "evaluations_median", "evaluations_worst", "generations_mean",
                            "hidden_nodes_mean", "connections_mean", "wall_s", "reference", "runs"}) {
        EXPECT_TRUE(json.contains(key)) << key;
    }
    EXPECT_EQ(json["trials"], 5);
    EXPECT_TRUE(json["reference"].is_null());
    ASSERT_EQ(json["runs"].size(), 5U);
    std::size_t solved = 0;
    double evaluations = 0.0;
    for (std::size_t i = 0; i < 5; ++i) {
        const auto& run = json["runs"][i];
        EXPECT_EQ(run["seed"], 3 + i);
        const auto inspected = this->inspected(run["folder"].get<std::string>());
        EXPECT_EQ(inspected["evaluations"], run["evaluations"]);
        EXPECT_EQ(inspected["generations"], run["generations"]);
        EXPECT_EQ(inspected["solved"], run["solved"]);
        EXPECT_EQ(inspected["champion"]["hidden"], run["hidden_nodes"]);
        EXPECT_EQ(inspected["champion"]["measures"], run["measures"]);
        if (run["solved"] != true) continue;
        ++solved;
        evaluations += run["evaluations"].get<double>();
    }
    ASSERT_GT(solved, 0U);
    ASSERT_LT(solved, 5U) << "the test wants both kinds";
    EXPECT_EQ(json["solved"], solved);
    EXPECT_DOUBLE_EQ(json["evaluations_mean"].get<double>(), evaluations / static_cast<double>(solved));
}

TEST_F(TrialsProgram, PutsThePublishedNumbersBesideItsOwn) {
    const Words reference{"--quiet", "--set",
                          "reference={source: 'Stanley 2002', evaluations: 4755, evaluations_deviation: 2553, "
                          "success_rate: 1}"};
    const Result table = trials(reference);
    EXPECT_EQ(table.code, 0) << table.err;
    EXPECT_EQ(table.err, "");
    for (const char* part : {"xor: task xor, 5 trials, seeds 3 to 7, 150 genomes\n", " of 5 (", "published 100.0 %",
                             "4,755 \u00b1 2,553", "\npublished: Stanley 2002\n", "\ntrials: runs/xor-trials-"}) {
        EXPECT_NE(table.out.find(part), std::string::npos) << part << " is not in\n" << table.out;
    }
    Words as_json = reference;
    as_json.insert(as_json.end(), {"--format", "json"});
    const auto json = json_of(trials(as_json));
    EXPECT_EQ(json["reference"]["source"], "Stanley 2002");
    EXPECT_EQ(json["reference"]["evaluations"], 4755.0);
    EXPECT_TRUE(json["reference"]["generations"].is_null());
}

TEST_F(TrialsProgram, PrintsARowATrialAsCsv) {
    const Result result = trials({"--format", "csv", "--quiet"});
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_TRUE(result.out.starts_with(
        "seed,folder,outcome,solved,generations,evaluations,fitness,held_out_mean,"
        "held_out_error,hidden_nodes,connections,seconds,error,correct cases\n3,runs/xor-trials-"))
        << result.out;
    EXPECT_EQ(std::count(result.out.begin(), result.out.end(), '\n'), 6);
}

TEST_F(TrialsProgram, LooksAtASetLaterAndMakesItLarger) {
    auto json = json_of(trials({"--format", "json", "--quiet"}));
    const std::string folder = json["folder"];
    EXPECT_EQ(json_of(clade({"trials", folder, "--format", "json"})), json) << "nothing was run, nothing changed";
    const auto more = json_of(clade({"trials", folder, "--trials", "6", "--format", "json", "--quiet"}));
    EXPECT_EQ(more["trials"], 6);
    EXPECT_EQ(more["runs"][5]["seed"], 8);
    EXPECT_EQ(clade({"trials", folder, "--trials", "5"}).err, folder + ": has 6 trials already, more than 5\n");
    const Result other = clade({"trials", folder, "--seed", "9"});
    EXPECT_EQ(other.code, 2);
    EXPECT_EQ(other.err,
              "--seed 9: an existing set of trials keeps its configuration, except for evaluation (without racing and "
              "champion); start a new set to change it\n");
}

TEST_F(TrialsProgram, TakesTheFirstSeedFromTheConfigurationElseOne) {
    const Words few{"--trials", "2", "--set", "stop.generations=1", "--format", "json", "--quiet"};
    Words words{"trials", xor_config};
    words.insert(words.end(), few.begin(), few.end());
    EXPECT_EQ(json_of(clade(words))["first_seed"], 1);
    words.insert(words.end(), {"--set", "seed=12"});
    EXPECT_EQ(json_of(clade(words))["runs"][1]["seed"], 13);
}

TEST_F(TrialsProgram, SaysWhatComesOfTrialsOfWhichNoneIsSolved) {
    const Result result =
        clade({"trials", xor_config, "--trials", "2", "--set", "stop.generations=1", "--format", "json", "--quiet"});
    const auto json = json_of(result);
    EXPECT_EQ(json["solved"], 0);
    EXPECT_TRUE(json["evaluations_mean"].is_null());
    EXPECT_EQ(json["evaluations_of_all_mean"], 150.0);
    EXPECT_EQ(result.err, "");
}

TEST_F(TrialsProgram, ShowsTheMeasuresOfATaskThatNothingSolves) {
    const Words words{"trials", CLADE_SOURCE_DIR "/configs/iris.yaml", "--trials", "3", "--set", "stop.generations=3",
                      "--quiet"};
    const Result table = clade(words);
    EXPECT_EQ(table.code, 0) << table.err;
    for (const char* part :
         {"solved: no criterion", "all trials ", "95 % interval", "\nvalidation accuracy ", "\nheld-out fitness "}) {
        EXPECT_NE(table.out.find(part), std::string::npos) << part << " is not in\n" << table.out;
    }
    EXPECT_EQ(table.out.find(" -  "), std::string::npos) << "every number is known:\n" << table.out;
    Words as_json = words;
    as_json.insert(as_json.end(), {"--format", "json"});
    const auto json = json_of(clade(as_json));
    EXPECT_EQ(json["has_criterion"], false);
    double sum = 0.0;
    for (const auto& run : json["runs"]) sum += run["measures"]["validation accuracy"].get<double>();
    const auto& accuracy = json["measures"]["validation accuracy"];
    EXPECT_DOUBLE_EQ(accuracy["mean"].get<double>(), sum / 3.0);
    EXPECT_LE(accuracy["mean_low"], accuracy["mean"]);
    EXPECT_EQ(json["evaluations_mean"], json["evaluations_of_all_mean"]);
}

TEST_F(TrialsProgram, GoesOnAfterASignalWithTheCommandThatItPrints) {
    const Words words{"trials",    xor_config,
                      "--trials",  "3",
                      "--threads", "2",
                      "--set",     "stop.solved_fitness=1000",
                      "--set",     "stop.generations=200"};
    const auto process = start(words);
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    const auto has_begun = [&] {
        for (const fs::path& set : runs()) {
            if (fs::exists(set / "seed-2" / "run.sqlite")) return true;
        }
        return false;
    };
    while (!has_begun() && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    process->send(SIGINT);
    const Result result = process->wait();
    EXPECT_EQ(result.code, 128 + SIGINT);
    EXPECT_EQ(result.out, "");
    const std::size_t begin = result.err.find("interrupted; to continue:\n  ");
    ASSERT_NE(begin, std::string::npos) << result.err;
    const std::string command = result.err.substr(begin + 28, result.err.find('\n', begin + 28) - begin - 28);
    const Result resumed = shell(command + " --format json --quiet");
    const auto json = json_of(resumed);

    Words straight = words;
    straight.insert(straight.end(), {"--out", "straight", "--format", "json", "--quiet"});
    const auto expected = json_of(clade(straight));
    for (std::size_t i = 0; i < 3; ++i) {
        for (const char* key : {"seed", "outcome", "generations", "evaluations", "fitness", "connections"}) {
            EXPECT_EQ(json["runs"][i][key], expected["runs"][i][key]) << key;
        }
    }
}

TEST_F(TrialsProgram, RefusesBadInputWithoutLeavingATrace) {
    const auto said = [this](const Words& words) {
        const Result result = clade(words);
        EXPECT_EQ(result.code, 2);
        EXPECT_EQ(result.out, "");
        return result.err;
    };
    EXPECT_EQ(said({"trials", xor_config, "--trials", "0"}),
              "clade trials: --trials: must be a whole number from 1 to 1000000, got '0'\nsee 'clade trials --help'\n");
    EXPECT_EQ(said({"trials", "."}), ".: is no set of trials: it has no trials.json\n");
    EXPECT_NE(said({"trials", "missing.yaml"}), "");
    EXPECT_NE(said({"trials"}), "");
    EXPECT_NE(said({"trials", xor_config, "--set", "evolution.populaton_size=10"}).find("did you mean"),
              std::string::npos);
    EXPECT_NE(said({"trials", xor_config, "--set", "reference.evaluations=3"}).find("reference.source: is required"),
              std::string::npos);
}

}  // namespace
}  // namespace clade
