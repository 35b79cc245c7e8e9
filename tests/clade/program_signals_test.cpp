// What a signal does to a command that runs experiments, on a terminal and without one.
#include "tests/clade/terminal_process.hpp"
#include "tests/support/lines.hpp"

namespace clade {
namespace {

constexpr const char* acrobot = CLADE_SOURCE_DIR "/configs/acrobot.yaml";

class StoppedProgram : public Program {
protected:
    /// A run whose first generation takes many seconds.
    [[nodiscard]] static Words slow(const std::string& command) {
        return {CLADE_PROGRAM, command, acrobot, "--set", "evolution.population_size=100000"};
    }

    /// The line behind the one that says "to continue:".
    [[nodiscard]] static std::string command_to_continue(const std::string& output) {
        const std::vector<std::string> lines = lines_of(output);
        for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
            if (lines[i].ends_with("to continue:")) return lines[i + 1];
        }
        return "";
    }
};

TEST_F(StoppedProgram, EndsWithTheCodeOfItsSignalAndPrintsACommandThatContinues) {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        fs::remove_all(folder_ / "runs");
        const auto process = start({"run", xor_config, "--threads", "1", "--set", "stop.solved_fitness=1000", "--set",
                                    "stop.generations=1000000"});
        ASSERT_TRUE(has_logged(*process, 3));
        process->send(signal);
        const Result result = process->wait();
        EXPECT_EQ(result.code, 128 + signal);
        const std::string command = command_to_continue(result.out);
        EXPECT_TRUE(result.out.ends_with(command + "\n")) << result.out;
        ASSERT_NE(command.find(" resume "), std::string::npos) << result.out;

        ASSERT_EQ(runs().size(), 1U);
        const auto before = inspected(runs().front())["generations"].get<std::size_t>();
        EXPECT_NE(result.err.find("finishing generation "), std::string::npos) << result.err;
        const char* next = signal == SIGHUP ? "; SIGINT (Ctrl-C) or SIGTERM: stop now\n" : "; again: stop now\n";
        EXPECT_NE(result.err.find(next), std::string::npos) << result.err;
        const Result resumed = shell(command + " --set stop.generations=" + std::to_string(before + 3));
        EXPECT_EQ(resumed.code, 0) << resumed.err;
        EXPECT_NE(resumed.out.find("resumed at generation " + std::to_string(before)), std::string::npos);
        EXPECT_EQ(inspected(runs().front())["generations"], before + 3);
    }
}

TEST_F(StoppedProgram, AnswersControlCAtOnceAndStopsAtOnceAtTheSecond) {
    TerminalProcess process(folder_, slow("run"), 80);
    ASSERT_TRUE(process.shows("generations 0/")) << process.screen();
    process.type(control_c);
    ASSERT_TRUE(process.shows("finishing generation 0, then saving; again: stop now\n")) << process.screen();
    process.type(control_c);
    ASSERT_TRUE(process.shows("stopping now; generation 0 is dropped if it is still being scored\n"))
        << process.screen();
    const Result result = process.wait();
    EXPECT_EQ(result.code, 128 + SIGINT);
    EXPECT_NE(result.out.find("before the first generation was scored\n"), std::string::npos) << result.out;
    EXPECT_EQ(result.out.find("champion"), std::string::npos) << result.out;
    EXPECT_NE(command_to_continue(result.out).find(" resume runs/"), std::string::npos) << result.out;
    EXPECT_EQ(inspected(runs().front())["generations"], 0);

    TerminalProcess resumed(folder_, {CLADE_PROGRAM, "resume", runs().front().string()}, 80);
    ASSERT_TRUE(resumed.shows("generations 0/")) << resumed.screen();
    resumed.type(control_c);
    ASSERT_TRUE(resumed.shows("again: stop now\n")) << resumed.screen();
    resumed.type(control_c);
    EXPECT_EQ(resumed.wait().code, 128 + SIGINT);
}

TEST_F(StoppedProgram, SavesWhenItsTerminalIsClosed) {
    Words words{
        CLADE_PROGRAM, "run", xor_config, "--set", "stop.solved_fitness=1000", "--set", "stop.generations=1000000"};
    TerminalProcess process(folder_, words, 80);
    ASSERT_TRUE(process.shows("best ")) << process.screen();
    process.hang_up();
    EXPECT_EQ(process.wait().code, 128 + SIGHUP);
    EXPECT_EQ(inspected(runs().front())["outcome"], "interrupted");
}

TEST_F(StoppedProgram, StaysWhereSignalsAreIgnoredAsByNohup) {
    const Result result = shell(std::string("trap '' HUP; ") + CLADE_PROGRAM + " run " + xor_config +
                                " --set stop.solved_fitness=1000 --set stop.generations=500 & id=$!; "
                                "until test -e runs/*/run.log; do :; done; kill -HUP $id; wait $id");
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_EQ(inspected(runs().front())["outcome"], "generations");
}

TEST_F(StoppedProgram, StopsSetsOfRunsAtOnceAtTheSecondControlC) {
    for (Words words : {Words{"trials", acrobot, "--trials", "2"}, Words{"compare", acrobot, acrobot, "--trials", "2"},
                        Words{"sweep", acrobot, "--vary", "seed=1,2", "--trials", "2"}}) {
        fs::remove_all(folder_ / "runs");
        const std::string name = words.front();
        words.insert(words.begin(), CLADE_PROGRAM);
        words.insert(words.end(), {"--set", "evolution.population_size=100000"});
        TerminalProcess process(folder_, words, 100);
        ASSERT_TRUE(process.shows("trials 0/2")) << name << process.screen();
        process.type(control_c);
        ASSERT_TRUE(process.shows("finishing the generations in flight, then saving; again: stop now\n")) << name;
        process.type(control_c);
        ASSERT_TRUE(process.shows("stopping now; generations that are still being scored are dropped\n")) << name;
        const Result result = process.wait();
        EXPECT_EQ(result.code, 128 + SIGINT) << name;
        EXPECT_NE(command_to_continue(result.out).find(" " + name + " runs/"), std::string::npos) << result.out;
        EXPECT_TRUE(result.out.ends_with(command_to_continue(result.out) + "\n")) << result.out;
    }
}

}  // namespace
}  // namespace clade
