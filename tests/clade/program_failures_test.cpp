// Genomes that could not be scored, as a user meets them: in the summary, in inspect, alone in replay, and after a crash.
#include "tests/clade/program_fixture.hpp"

#include "clade/output/overdue.hpp"

#include <clade/experiment/run/scoring_file.hpp>

namespace clade {
namespace {

class ProgramWithFailures : public Program {
protected:
    /// A run whose genomes take too long, all of them: no evaluation ends within a millionth of a second.
    fs::path run_too_slow() {
        const Result result =
            clade({"run", CLADE_SOURCE_DIR "/configs/acrobot.yaml", "--seed", "7", "--set", "stop.generations=2",
                   "--set", "evolution.population_size=20", "--set", "evaluation.seconds_per_genome=1e-6", "--set",
                   "evaluation.on_failure=worst_fitness", "--out", (folder_ / "slow").string()});
        EXPECT_EQ(result.code, 0) << result.err;
        EXPECT_NE(result.out.find("40 genomes failed: 40 time\n"), std::string::npos) << result.out;
        EXPECT_NE(result.err.find("warning: generation 0: 20 genomes failed (20 time): genome 0: the evaluation took"),
                  std::string::npos)
            << result.err;
        return fs::directory_iterator(folder_ / "slow")->path();
    }
};

TEST_F(ProgramWithFailures, ShowsThemInSummaryAndInspect) {
    const fs::path run = run_too_slow();
    EXPECT_NE(clade({"inspect", run.string()}).out.find("40 genomes failed: 40 time"), std::string::npos);
    EXPECT_EQ(inspected(run)["failures"]["time"], 40);
    const Result generation = clade({"inspect", run.string(), "--generation", "1", "--format", "json"});
    const nlohmann::json failures = nlohmann::json::parse(generation.out, nullptr, false)["failures"];
    ASSERT_EQ(failures.size(), 20U);
    EXPECT_EQ(failures[3]["genome"], 23);
    EXPECT_EQ(failures[3]["kind"], "time");
    const std::string text = clade({"inspect", run.string(), "--generation", "1"}).out;
    EXPECT_NE(text.find("failed genome  kind"), std::string::npos) << text;
    EXPECT_NE(clade({"inspect", run.string(), "--genome", "23"}).out.find("(time: the evaluation took"),
              std::string::npos);
}

TEST_F(ProgramWithFailures, StopsAtTheFirstUnlessToldOtherwise) {
    const Result result = clade({"run", CLADE_SOURCE_DIR "/configs/acrobot.yaml", "--seed", "7", "--set",
                                 "evolution.population_size=20", "--set", "evaluation.seconds_per_genome=1e-6"});
    EXPECT_EQ(result.code, 1);
    EXPECT_NE(result.err.find("error: generation 0, position 0, task 'acrobot': the evaluation took"),
              std::string::npos)
        << result.err;
    EXPECT_TRUE(fs::exists(runs().front() / "failed" / "0-0.json"));
    const std::string run = runs().front().filename().string();
    const std::string command = quoted(CLADE_PROGRAM) + " replay runs/" + run + " --genome 0";
    EXPECT_NE(read_file(RunFolder{runs().front()}.messages()).find("to score it alone: " + command + "\n"),
              std::string::npos);
    const std::string inspect = clade({"inspect", runs().front().string()}).out;
    EXPECT_NE(inspect.find("ended by an error: generation 0, position 0, task 'acrobot': "), std::string::npos)
        << inspect;
    EXPECT_NE(inspect.find("resume goes on from generation 0\n"), std::string::npos) << inspect;
    EXPECT_EQ(inspected(runs().front())["outcome"], "error");
    EXPECT_EQ(inspected(runs().front())["error"].get<std::string>().find("generation 0, position 0"), 0U);
    const Result resumed = clade(
        {"resume", runs().front().string(), "--set", "evaluation.seconds_per_genome=0", "--set", "stop.generations=2"});
    EXPECT_EQ(resumed.code, 0) << resumed.err;
    EXPECT_EQ(inspected(runs().front())["outcome"], "generations");
    EXPECT_TRUE(inspected(runs().front())["error"].is_null());
}

TEST_F(ProgramWithFailures, ReplaysAnyGenomeAlone) {
    const fs::path run = run_xor();
    const Result logged = clade({"replay", run.string(), "--genome", "400"});
    EXPECT_EQ(logged.code, 0) << logged.err;
    EXPECT_TRUE(logged.out.starts_with("genome 400 of generation 2\nfitness: ")) << logged.out;
    EXPECT_NE(logged.out.find(" logged: equal\n"), std::string::npos) << logged.out;
    const Result next = clade({"replay", run.string(), "--genome", "760", "--format", "json"});
    EXPECT_EQ(next.code, 0) << next.err;
    const nlohmann::json json = nlohmann::json::parse(next.out, nullptr, false);
    EXPECT_TRUE(json["logged_fitness"].is_null()) << "its generation comes next";
    EXPECT_TRUE(json["fitness"].is_number());
    const Result none = clade({"replay", run.string(), "--genome", "900"});
    EXPECT_EQ(none.code, 2);
    EXPECT_NE(none.err.find("genome must be from 0 to 899, got 900"), std::string::npos) << none.err;
    const fs::path slow = run_too_slow();
    const Result failed = clade({"replay", slow.string(), "--genome", "3"});
    EXPECT_EQ(failed.code, 0) << failed.err;
    EXPECT_NE(failed.out.find("fitness: nan now (time: the evaluation took "), std::string::npos) << failed.out;
}

TEST_F(ProgramWithFailures, SaysAfterACrashWhichGenomesWereScored) {
    const fs::path folder = folder_ / "runs";
    fs::create_directories(folder_ / "own");  // for its output
    Process process(folder_ / "own",
                    {CLADE_PROGRAM, "run", CLADE_SOURCE_DIR "/configs/acrobot.yaml", "--threads", "2", "--out",
                     folder.string(), "--set", "evolution.population_size=5000", "--set", "stop.generations=1"});
    std::optional<ScoringState> state;
    while (!process.has_ended() && (!state || state->genomes.empty())) {
        if (!runs().empty()) state = read_scoring({runs().front()});
    }
    ASSERT_TRUE(state);
    EXPECT_TRUE(state->in_progress);
    const std::string run = runs().front().string();
    const std::string meanwhile = clade({"inspect", run}).out;
    EXPECT_NE(meanwhile.find("none yet: the run is in progress, scoring genome"), std::string::npos) << meanwhile;
    process.send(SIGKILL);
    EXPECT_EQ(process.wait().code, 128 + SIGKILL);
    const nlohmann::json scoring = inspected(run)["scoring"];
    EXPECT_EQ(scoring["in_progress"], false);
    ASSERT_FALSE(scoring["genomes"].empty());
    const std::string genome = std::to_string(scoring["genomes"][0].get<std::uint64_t>());
    const Result inspect = clade({"inspect", run, "--format", "table"});
    EXPECT_NE(inspect.out.find("the run crashed or was killed while genome"), std::string::npos) << inspect.out;
    EXPECT_EQ(clade({"replay", run, "--genome", genome}).code, 0);
    const Result resumed = clade({"resume", run});
    EXPECT_EQ(resumed.code, 0) << resumed.err;
    EXPECT_NE(resumed.err.find("warning: the run crashed or was killed while genome"), std::string::npos)
        << resumed.err;
    EXPECT_TRUE(inspected(run)["scoring"].is_null());
}

TEST(OverdueGenome, EndsTheProgramWhereAFailureStops) {
    LiveLine line(true, 1.0);
    EXPECT_EXIT(say_overdue(line, OnFailure::stop, "genome 3 hangs"), ::testing::ExitedWithCode(1),
                "error: genome 3 hangs");
    testing::internal::CaptureStderr();
    say_overdue(line, OnFailure::worst_fitness, "genome 3 hangs");
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "warning: genome 3 hangs\n");
}

}  // namespace
}  // namespace clade
