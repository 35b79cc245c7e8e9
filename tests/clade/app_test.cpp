// A user's own program: the commands of `clade` with the user's tasks and functions (apps/examples/own_task.cpp).
#include <clade/app/app.hpp>

#include "tests/clade/program_fixture.hpp"

#include <gtest/gtest.h>

#include <array>
#include <new>

namespace clade {
namespace {

class OwnProgram : public Program {
protected:
    [[nodiscard]] Result own_task(Words words) const {
        words.insert(words.begin(), CLADE_EXAMPLES "/own_task");
        return Process(folder_, std::move(words)).wait();
    }
};

constexpr const char* own_config = CLADE_SOURCE_DIR "/apps/examples/own_task.yaml";

/// What run_app() says on stderr, and its exit code, for a program without arguments.
Result refused(const Registration& register_own) {
    std::string name = "mine";
    std::array<char*, 2> words{name.data(), nullptr};
    ::testing::internal::CaptureStderr();
    const int code = run_app(1, words.data(), register_own);
    return {code, "", ::testing::internal::GetCapturedStderr()};
}

void add_nothing_in_particular(TaskRegistry& tasks, const std::string& name) {
    tasks.add_function({.name = name}, "None.", [](Network&, const Seeds&) { return 0.0; });
}

TEST_F(OwnProgram, RunsItsTasksAsCladeRunsThoseThatItHas) {
    const Result result = own_task({"run", own_config, "--seed", "1"});
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_NE(result.out.find("own_task inspect"), std::string::npos) << result.out;
    ASSERT_EQ(runs().size(), 1U);
    const Result replayed = own_task({"replay", runs().front().string()});
    EXPECT_EQ(replayed.code, 0) << replayed.err;
    EXPECT_EQ(own_task({"run", own_config, "--set", "task={name: negate}", "--quiet"}).code, 0);
}

TEST_F(OwnProgram, ShowsTheDefaultsThatItsTaskHasOfItsOwn) {
    const Result page = own_task({"tasks", "zigzag"});
    EXPECT_NE(page.out.find("  genome.activation.output: triangle\n"), std::string::npos) << page.out;
    const Result shown = own_task({"config", "show", own_config});
    EXPECT_NE(shown.out.find("output: triangle\n"), std::string::npos) << shown.out;
    const Result other = own_task({"config", "show", own_config, "--set", "genome.activation.output=tanh"});
    EXPECT_EQ(other.out.find("output: triangle\n"), std::string::npos) << other.out;
}

TEST_F(OwnProgram, ItsRunsCanBeLookedAtInAProgramWithoutItsTasks) {
    ASSERT_EQ(own_task({"run", own_config, "--seed", "1", "--quiet"}).code, 0);
    const std::string run = runs().front().string();
    const std::string why =
        "this needs the task 'zigzag', which this program does not have; use the program that made the run\n";
    const Result overview = clade({"inspect", run});
    EXPECT_EQ(overview.code, 0) << overview.err;
    EXPECT_NE(overview.out.find("\nno report on the champion: " + why), std::string::npos) << overview.out;
    const auto json = inspected(run);
    EXPECT_EQ(json["task"], "zigzag");
    EXPECT_TRUE(json["champion"]["genome"].is_object());
    for (const Words& page :
         {Words{"--generation", "0"}, {"--species", "1"}, {"--species", "1", "--generation", "0"}}) {
        for (const char* format : {"table", "json", "csv"}) {
            Words words{"inspect", run, "--format", format};
            words.insert(words.end(), page.begin(), page.end());
            const Result result = clade(words);
            EXPECT_EQ(result.code, 0) << result.err;
            EXPECT_EQ(result.out, own_task(words).out);
        }
    }
    const std::string champion = std::to_string(json["champion"]["id"].get<std::uint64_t>());
    for (const char* format : {"table", "json", "csv"}) {
        const Words words{"inspect", run, "--genome", champion, "--format", format};
        const Result result = clade(words);
        EXPECT_EQ(result.code, 0) << result.err;
        EXPECT_EQ(result.out, own_task(words).out) << "the log has a champion's genes";
    }
    for (const Words& words : {Words{"verify", run}, {"verify", run, "--full"}}) {
        const Result verified = clade(words);
        EXPECT_EQ(verified.code, 0) << verified.out;
        EXPECT_NE(verified.out.find(": sound so far: "), std::string::npos) << verified.out;
        EXPECT_NE(verified.out.find("; not replayed: " + why), std::string::npos) << verified.out;
        EXPECT_EQ(own_task(words).code, 0);
    }
    for (const Words& words : {Words{"inspect", run, "--genome", "1"}, Words{"replay", run}}) {
        const Result result = clade(words);
        EXPECT_EQ(result.code, 2);
        EXPECT_EQ(result.err.find(why.substr(0, why.size() - 1)), 0U) << result.err;
        EXPECT_EQ(own_task(words).code, 0);
    }
}

TEST_F(OwnProgram, ChecksAndDocumentsTheParametersOfItsTasks) {
    const Result result = own_task({"config", "check", own_config, "--set", "task.teeth=9", "--set", "task.pints=3"});
    EXPECT_EQ(result.code, 2);
    EXPECT_NE(result.err.find("task.teeth: must be a number between 0.5 and 2.5, got 9"), std::string::npos)
        << result.err;
    EXPECT_NE(result.err.find("task.pints: unknown key; did you mean 'points'?"), std::string::npos) << result.err;
    const Result page = own_task({"tasks", "zigzag"});
    EXPECT_NE(page.out.find("Points that a network is asked for."), std::string::npos) << page.out;
    EXPECT_EQ(own_task({"tasks", "negate"}).code, 0);
    EXPECT_NE(own_task({"config", "show", own_config}).out.find("points: 20"), std::string::npos);
}

TEST_F(OwnProgram, ShowsTheCurveOfItsOwnFunction) {
    ::setenv("LC_ALL", "C", 1);
    const Result page = own_task({"functions", "triangle"});
    EXPECT_EQ(page.code, 0) << page.err;
    EXPECT_NE(page.out.find("a function of this program"), std::string::npos) << page.out;
    EXPECT_NE(page.out.find("* triangle"), std::string::npos) << page.out;
    EXPECT_EQ(page.out.find("slope"), std::string::npos) << page.out;
    EXPECT_NE(
        own_task({"functions", "--format", "csv"}).out.find("activation,triangle,a function of this program,false"),
        std::string::npos);
}

TEST_F(OwnProgram, GoesByItsOwnNameWhereItTellsWhatToType) {
    for (const Words& words :
         {Words{"--help"}, Words{"run", "--help"}, Words{"tasks"}, Words{"functions"}, Words{"config", "reference"},
          Words{"completion", "bash"}, Words{"completion", "zsh"}, Words{"completion", "fish"}, Words{"run"},
          Words{"run", "missing.yaml"}, Words{"bench", "--help"}}) {
        const Result result = own_task(words);
        EXPECT_EQ((result.out + result.err).find("clade "), std::string::npos) << result.out << result.err;
    }
    EXPECT_EQ(own_task({"rnu"}).err, "own_task: unknown command 'rnu'; did you mean 'run'?\nsee 'own_task --help'\n");
    EXPECT_EQ(own_task({"--version"}).out.rfind("own_task with clade ", 0), 0U);
}

TEST_F(OwnProgram, SaysWhichNameIsRegisteredTwice) {
    const auto twice = [](Vocabulary& vocabulary) { add_nothing_in_particular(vocabulary.tasks, "xor"); };
    EXPECT_EQ(refused(twice).err, "error: task 'xor' is registered twice\n");
    EXPECT_EQ(refused(twice).code, 1);
    const auto unspeakable = [](Vocabulary& vocabulary) { add_nothing_in_particular(vocabulary.tasks, "My task"); };
    EXPECT_EQ(refused(unspeakable).err,
              "error: a task's name must be lower-case letters, digits and _, a letter first, got 'My task'\n");
    const auto function = [](Vocabulary& vocabulary) {
        vocabulary.functions.activations.add("sin", [](float x) { return x; });
    };
    EXPECT_EQ(refused(function).err, "error: function 'sin' is registered twice\n");
}

TEST_F(OwnProgram, SaysInWordsThatTheMemoryIsUsedUp) {
    const Result result = refused([](Vocabulary&) { throw std::bad_alloc(); });
    EXPECT_EQ(result.err, "error: not enough memory\n");
    EXPECT_EQ(result.code, 1);
}

TEST_F(OwnProgram, AChampionRunsWithoutTheProgramThatFoundIt) {
    const fs::path run = run_xor();
    const Result result =
        Process(folder_, {CLADE_EXAMPLES "/champion", (run / "champion.json").string(), "1", "0"}).wait();
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_GE(std::stod(result.out), 0.0);
    const Result missing = Process(folder_, {CLADE_EXAMPLES "/champion", "missing.json"}).wait();
    EXPECT_EQ(missing.code, 1);
    EXPECT_NE(missing.err, "");
}

}  // namespace
}  // namespace clade
