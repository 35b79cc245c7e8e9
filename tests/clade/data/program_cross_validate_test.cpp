// `clade cross-validate`, and the champion's report in `inspect` and `replay`.
#include "tests/clade/program_fixture.hpp"

#include <cmath>
#include <fstream>

namespace clade {
namespace {

const std::string iris_config = CLADE_SOURCE_DIR "/configs/iris.yaml";

class CrossValidate : public Program {
protected:
    [[nodiscard]] Result validate(Words more) const {
        Words words{"cross-validate", iris_config, "--folds", "3", "--threads", "1", "--set", "stop.generations=3"};
        words.insert(words.end(), more.begin(), more.end());
        return clade(words);
    }
};

TEST_F(CrossValidate, LeavesAnOrdinaryRunAFoldThatAgreesWithItsRow) {
    const Result result = validate({"--seed", "7", "--format", "json"});
    ASSERT_EQ(result.code, 0) << result.err;
    const auto json = nlohmann::json::parse(result.out);
    ASSERT_EQ(json["folds"].size(), 3U);
    EXPECT_EQ(json["seed"], 7);
    for (std::size_t fold = 0; fold < 3; ++fold) {
        const std::string run = json["folds"][fold]["run"];
        EXPECT_EQ(fs::path(run).parent_path().string(), json["folder"].get<std::string>());
        const auto inspected = this->inspected(run);
        EXPECT_EQ(inspected["generations"], 3);
        EXPECT_EQ(inspected["seed"], 7);
        EXPECT_EQ(inspected["champion"]["measures"], json["folds"][fold]["measures"]);
        EXPECT_EQ(inspected["champion"]["table"], json["folds"][fold]["table"]);
        const Result replayed = clade({"replay", run, "--format", "json"});
        EXPECT_EQ(replayed.code, 0) << replayed.err;
        EXPECT_EQ(nlohmann::json::parse(replayed.out)["measures"], json["folds"][fold]["measures"]);
    }
    EXPECT_NE(json["folds"][0]["table"], json["folds"][1]["table"]) << "other rows";
}

TEST_F(CrossValidate, GivesMeanAndSampleDeviationOfEveryMeasure) {
    const auto json = nlohmann::json::parse(validate({"--seed", "7", "--format", "json"}).out);
    for (const char* name : {"training accuracy", "training cross-entropy", "validation accuracy", "test accuracy"}) {
        double mean = 0.0;
        for (const auto& fold : json["folds"]) mean += fold["measures"][name].get<double>() / 3.0;
        double squares = 0.0;
        for (const auto& fold : json["folds"]) squares += std::pow(fold["measures"][name].get<double>() - mean, 2.0);
        EXPECT_NEAR(json["mean"][name].get<double>(), mean, 1e-12);
        EXPECT_NEAR(json["deviation"][name].get<double>(), std::sqrt(squares / 2.0), 1e-12);
    }
}

TEST_F(CrossValidate, PrintsEveryMeasureAsTableAndARowAFoldAsCsv) {
    const Result table = validate({"--seed", "7", "--quiet"});
    EXPECT_EQ(table.code, 0) << table.err;
    EXPECT_EQ(table.err, "");
    for (const char* part :
         {"iris: task supervised, 3 folds, 150 genomes, seed 7\n", "\nmeasure ", " mean ", " deviation ", " fold 0 ",
          " fold 2\n", "\nvalidation ROC AUC ", "\nruns: runs/iris-folds-"}) {
        EXPECT_NE(table.out.find(part), std::string::npos) << part << " is not in\n" << table.out;
    }
    const std::string csv = validate({"--seed", "7", "--format", "csv"}).out;
    EXPECT_EQ(csv.rfind("fold,generations,training accuracy,training cross-entropy,training balanced accuracy,"
                        "training F1 macro,training F1 weighted,training ROC AUC,training Brier score,"
                        "validation accuracy,validation cross-entropy,validation balanced accuracy,"
                        "validation F1 macro,validation F1 weighted,validation ROC AUC,validation Brier score,"
                        "test accuracy,test cross-entropy,test balanced accuracy,"
                        "test F1 macro,test F1 weighted,test ROC AUC,test Brier score\n0,3,",
                        0),
              0U)
        << csv;
    EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 6) << "header, three folds, mean, deviation";
}

TEST_F(CrossValidate, RepeatsWithItsSeed) {
    const std::string first = validate({"--seed", "7", "--format", "csv"}).out;
    EXPECT_EQ(validate({"--set", "seed=7", "--format", "csv"}).out, first);
    EXPECT_NE(validate({"--seed", "8", "--format", "csv"}).out, first);
}

TEST_F(CrossValidate, SaysWhatIsWrongBeforeAnythingRuns) {
    EXPECT_EQ(clade({"cross-validate", xor_config}).err,
              "task 'xor' has no data to split into folds; one that has is shown by 'clade tasks supervised'\n");
    EXPECT_EQ(clade({"cross-validate", iris_config, "--folds", "151"}).err,
              "--set task.folds=151: task.folds: must be at most the number of rows, 150, got 151\n"
              "1 problem on the command line; nothing was run\n");
    EXPECT_TRUE(is_empty());
}

TEST_F(CrossValidate, StopsBySignalInTheFoldInFlight) {
    const auto process = start({"cross-validate", iris_config, "--threads", "1", "--set", "stop.generations=1000000"});
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    const auto has_begun = [&] {
        const std::vector<fs::path> made = runs();
        return std::any_of(made.begin(), made.end(),
                           [](const fs::path& folder) { return fs::exists(folder / "fold-4" / "run.log"); });
    };
    while (!has_begun() && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    process->send(SIGINT);
    const Result result = process->wait();
    EXPECT_EQ(result.code, 128 + SIGINT);
    EXPECT_EQ(result.out, "");
    const std::size_t begin = result.err.find("interrupted; to continue:\n  ");
    ASSERT_NE(begin, std::string::npos) << result.err;
    EXPECT_NE(result.err.find(" cross-validate runs/iris-folds-", begin), std::string::npos) << result.err;
}

TEST_F(CrossValidate, ContinuesWhereItWasStoppedAndShowsItsResultsAgain) {
    const Result straight = validate({"--seed", "7", "--format", "json"});
    ASSERT_EQ(straight.code, 0) << straight.err;
    auto expected = nlohmann::json::parse(straight.out);
    const fs::path whole = folder_ / expected["folder"].get<std::string>();
    // As if it had been stopped in the second fold, after one generation.
    fs::rename(whole, folder_ / "runs" / "stopped");
    ASSERT_EQ(validate({"--seed", "7", "--set", "stop.generations=1", "--format", "json"}).code, 0);
    for (const fs::path& run : runs()) {
        if (run.filename() == "stopped") continue;
        fs::remove_all(folder_ / "runs" / "stopped" / "fold-1");
        fs::rename(run / "fold-1", folder_ / "runs" / "stopped" / "fold-1");
    }
    const Result continued =
        clade({"cross-validate", "runs/stopped", "--format", "json", "--quiet", "--set", "stop.generations=3"});
    ASSERT_EQ(continued.code, 0) << continued.err;
    EXPECT_EQ(continued.err, "");
    auto json = nlohmann::json::parse(continued.out);
    EXPECT_EQ(json["mean"], expected["mean"]);
    EXPECT_EQ(json["deviation"], expected["deviation"]);
    for (std::size_t fold = 0; fold < 3; ++fold) {
        EXPECT_EQ(json["folds"][fold]["measures"], expected["folds"][fold]["measures"]);
    }
    EXPECT_EQ(clade({"cross-validate", "runs/stopped", "--format", "json", "--set", "stop.generations=3"}).out,
              continued.out);
}

TEST_F(CrossValidate, IsNotContinuedOnDataThatHasChanged) {
    const fs::path data = folder_ / "flowers.csv";
    fs::copy_file(CLADE_SOURCE_DIR "/configs/data/iris.csv", data);
    ASSERT_EQ(validate({"--seed", "7", "--quiet", "--set", "task.file=" + data.string()}).code, 0);
    const std::string folder = fs::relative(runs().front(), folder_).string();
    ASSERT_EQ(clade({"cross-validate", folder}).code, 0);
    std::fstream(data, std::ios::in | std::ios::out | std::ios::ate) << "5.1,3.5,1.4,0.2,setosa\n";
    const Result refused = clade({"cross-validate", folder});
    EXPECT_EQ(refused.code, 2);
    EXPECT_NE(refused.err.find("flowers.csv: has changed ("), std::string::npos) << refused.err;
}

TEST_F(CrossValidate, RefusesAFolderThatItCannotContinue) {
    EXPECT_EQ(clade({"cross-validate", "."}).err, ".: is no cross-validation: it has no run fold-0\n");
    ASSERT_EQ(validate({"--seed", "7", "--quiet"}).code, 0);
    const std::string folder = fs::relative(runs().front(), folder_).string();
    EXPECT_EQ(clade({"cross-validate", folder, "--folds", "3"}).err,
              "--folds needs a configuration, not the folder of an earlier cross-validation\n");
    fs::remove_all(runs().front() / "fold-2");
    const Result lacking = clade({"cross-validate", folder});
    EXPECT_EQ(lacking.code, 2);
    EXPECT_EQ(lacking.err, folder + ": has 2 of 3 folds: start the cross-validation again\n");
}

TEST_F(Program, ShowsTheChampionsReportWhenARunIsInspected) {
    const Result run = clade({"run", iris_config, "--seed", "7", "--set", "stop.generations=3"});
    ASSERT_EQ(run.code, 0) << run.err;
    const Result inspected = clade({"inspect", "runs"});
    const std::size_t begin = run.out.find("training accuracy: ");
    const std::string report = run.out.substr(begin, run.out.find("\n\nrun: ") - begin);
    EXPECT_NE(report.find("validation: true \\ said"), std::string::npos) << report;
    EXPECT_NE(inspected.out.find(report), std::string::npos) << inspected.out;
    EXPECT_NE(clade({"replay", "runs"}).out.find(report), std::string::npos);
}

TEST_F(Program, InspectsARunWhoseDataIsGone) {
    fs::copy_file(CLADE_SOURCE_DIR "/configs/data/iris.csv", folder_ / "iris.csv");
    replace_file(folder_ / "c.yaml", "task: {name: supervised, file: iris.csv, label: species}\n");
    ASSERT_EQ(clade({"run", "c.yaml", "--seed", "7", "--set", "stop.generations=2"}).code, 0);
    fs::remove(folder_ / "iris.csv");
    const Result result = clade({"inspect", "runs"});
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_NE(result.out.find("iris.csv: is gone, or has moved, since the run began. "), std::string::npos)
        << result.out;
    EXPECT_EQ(inspected("runs")["generations"], 2);
}

}  // namespace
}  // namespace clade
