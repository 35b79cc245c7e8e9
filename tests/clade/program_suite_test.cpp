// `clade suite`: its answers, and that the suite of the repository is solved as often as is recorded.
#include "tests/clade/program_fixture.hpp"
#include "tests/support/sanitized.hpp"

#include <fstream>

namespace clade {
namespace {

class SuiteProgram : public Program {
protected:
    void SetUp() override {
        Program::SetUp();
        fs::create_directory(folder_ / "suite");
        write("easy.yaml", "name: easy\ntask: {name: xor}\n");
        write("hard.yaml", "name: hard\ntask: {name: xor}\nstop: {generations: 1}\n");
    }

    void write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / "suite" / name) << text;
    }

    [[nodiscard]] Result suite(Words more = {}) const {
        Words words{"suite", "suite", "--trials", "5", "--quiet"};
        words.insert(words.end(), more.begin(), more.end());
        return clade(words);
    }
};

// The reduced form of `clade suite`: three seeds instead of ten.
TEST_F(Program, SolvesTheSuiteWithDefaultsAsOftenAsIsRecorded) {
    if (sanitized) GTEST_SKIP() << "as often without sanitizers";
    const Result result =
        clade({"suite", CLADE_SOURCE_DIR "/configs/suite", "--trials", "3", "--quiet", "--format", "json"});
    EXPECT_EQ(result.code, 0) << result.err;
    const auto json = nlohmann::json::parse(result.out, nullptr, false);
    ASSERT_EQ(json["configurations"].size(), 10U);
    std::size_t solved = 0;
    for (const auto& configuration : json["configurations"]) {
        solved += configuration["solved"].get<std::size_t>();
        if (configuration["configuration"] == "iris") {
            EXPECT_GE(configuration["measure_mean"], 0.9);
        }
        if (configuration["configuration"] == "diabetes") {
            EXPECT_GE(configuration["measure_mean"], 0.4);
        }
    }
    EXPECT_GE(solved, 20U) << "of 24";
    EXPECT_EQ(json["sentences"], nlohmann::json{"every trial is as recorded"})
        << "after a change that is meant: clade suite configs/suite --record";
}

TEST_F(SuiteProgram, PrintsATableWithATotal) {
    const Result result = suite();
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_EQ(result.err, "");
    for (const char* part : {"configuration  result ", "\neasy           5 of 5 solved ",
                             "\nhard           0 of 5 solved ", "\ntotal          5 of 10 solved ",
                             "\nnothing is recorded: --record writes recorded.csv\n", "\nsuite: runs/suite-"}) {
        EXPECT_NE(result.out.find(part), std::string::npos) << part << " is not in\n" << result.out;
    }
    EXPECT_FALSE(fs::exists(folder_ / "suite/recorded.csv"));
}

TEST_F(SuiteProgram, SaysPlainlyWhatIsWorseThanRecorded) {
    EXPECT_EQ(suite({"--record"}).code, 0);
    const Result same = suite();
    EXPECT_EQ(same.code, 0);
    EXPECT_NE(same.out.find("\nevery trial is as recorded\n"), std::string::npos) << same.out;
    EXPECT_EQ(suite({"--format", "csv"}).out, read_file(folder_ / "suite/recorded.csv"));
    const Result worse = suite({"--set", "stop.generations=1"});
    EXPECT_EQ(worse.code, 1);
    EXPECT_NE(
        worse.out.find("\neasy: fewer solved than recorded, beyond chance (0 of 5 solved against 5 of 5 solved, "),
        std::string::npos)
        << worse.out;
    EXPECT_EQ(suite({"--set", "stop.generations=1", "--record"}).code, 0) << "that is recorded now";
    EXPECT_EQ(suite({"--set", "stop.generations=1"}).code, 0);
}

TEST_F(SuiteProgram, ShowsAnEarlierSuiteAndMakesItLarger) {
    EXPECT_EQ(suite({"--record"}).code, 0);
    const Result result = suite({"--format", "json"});
    const auto json = nlohmann::json::parse(result.out, nullptr, false);
    const std::string folder = json["folder"];
    EXPECT_EQ(nlohmann::json::parse(clade({"suite", folder, "--format", "json"}).out, nullptr, false), json);
    const Result more = clade({"suite", folder, "--trials", "6", "--quiet"});
    EXPECT_EQ(more.code, 0) << more.err;
    EXPECT_NE(more.out.find("\neasy           6 of 6 solved "), std::string::npos) << more.out;
    EXPECT_NE(more.out.find("\nno difference from what is recorded beyond chance\n"), std::string::npos) << more.out;
}

TEST_F(SuiteProgram, GoesOnAfterASignalWithTheCommandThatItPrints) {
    write("long.yaml",
          "name: long\ntask: {name: xor}\nstop: {generations: 100, solved_fitness: 1000}\nevolution: {population_size: "
          "1000}\n");
    const auto process = start({"suite", "suite", "--trials", "2", "--threads", "1"});
    const auto log = [this] {
        for (const fs::path& run : runs()) {
            if (fs::exists(run / "long/seed-1/run.sqlite")) return true;
        }
        return false;
    };
    while (!process->has_ended() && !log()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    process->send(SIGINT);
    const Result stopped = process->wait();
    EXPECT_EQ(stopped.code, 128 + SIGINT) << stopped.err;
    EXPECT_NE(stopped.err.find(" suite runs/suite-"), std::string::npos) << stopped.err;
    const Result rest = clade({"suite", runs().front().string(), "--set", "evaluation.threads=2", "--quiet"});
    EXPECT_EQ(rest.code, 0) << rest.err;
    EXPECT_NE(rest.out.find("\nlong           0 of 2 solved "), std::string::npos) << rest.out;
}

TEST_F(SuiteProgram, TellsEveryMistakeBeforeAnythingRuns) {
    write("easy.yaml", "name: easy\ntask: {name: xro}\n");
    write("hard.yaml", "name: hard\ntask: {name: xor}\nstop: {generation: 1}\n");
    const Result result = suite();
    EXPECT_EQ(result.code, 2);
    EXPECT_NE(result.err.find("easy.yaml:2:"), std::string::npos) << result.err;
    EXPECT_NE(result.err.find("hard.yaml:3:"), std::string::npos) << result.err;
    EXPECT_FALSE(fs::exists(folder_ / "runs"));
    write("easy.yaml", "name: easy\ntask: {name: xor}\n");
    write("hard.yaml", "name: hard\ntask: {name: xor}\n");
    EXPECT_NE(suite({"--set", "foo=1"}).err.find("\n1 problem "), std::string::npos) << "told once";
    EXPECT_EQ(clade({"suite", "nowhere"}).err,
              "nowhere: there is no such folder; a suite is a folder of configurations (*.yaml)\n");
    fs::create_directory(folder_ / "empty");
    EXPECT_EQ(clade({"suite", "empty"}).err, "empty: has no configurations (*.yaml), so it is no suite\n");
    write("recorded.csv", "name\n");
    const Result damaged = suite();
    EXPECT_EQ(damaged.code, 2);
    EXPECT_NE(damaged.err.find("recorded.csv:1: the header must be"), std::string::npos) << damaged.err;
}

}  // namespace
}  // namespace clade
