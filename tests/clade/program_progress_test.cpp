// What is seen of a run while it goes on.
#include "tests/clade/terminal_process.hpp"
#include "tests/support/lines.hpp"

#include <regex>

namespace clade {
namespace {

using ShownProgress = Program;

/// What stood on the line that is rewritten, one text a time.
std::vector<std::string> live_lines(const std::string& screen) {
    std::vector<std::string> lines;
    for (std::size_t end = screen.find("\x1b[K"); end != std::string::npos; end = screen.find("\x1b[K", end + 1)) {
        const std::size_t begin = screen.rfind('\r', end);
        if (begin == std::string::npos) continue;
        const std::string line = screen.substr(begin + 1, end - begin - 1);
        if (!line.empty()) lines.push_back(line);
    }
    return lines;
}

Words long_run(const std::string& generations, const std::string& seconds) {
    return {CLADE_PROGRAM,
            "run",
            xor_config,
            "--threads",
            "1",
            "--set",
            "stop.solved_fitness=1000",
            "--set",
            "stop.generations=" + generations,
            "--set",
            "stop.seconds=" + seconds};
}

TEST_F(ShownProgress, FitsTheTerminalInWholeFields) {
    const std::regex field(
        R"(generations \d+/3000|best [\d.]+|mean [\d.]+|species \d+|hidden \d+|evaluations \S+( [kM])? \(\S+( [kM])?/s\))"
        R"(|[\d.]+ m?s|up to [\dmin s]+ left|generation \d+: \d+ s)");
    for (const unsigned columns : {30U, 40U, 80U, 200U}) {
        TerminalProcess process(folder_, long_run("3000", "0.7"), columns);
        const Result result = process.wait();
        ASSERT_EQ(result.code, 0) << result.out;
        const std::vector<std::string> lines = live_lines(result.out);
        ASSERT_FALSE(lines.empty());
        for (const std::string& line : lines) {
            EXPECT_LT(line.size(), columns) << line;
            EXPECT_TRUE(line.starts_with("generations ")) << line;
            for (std::size_t begin = 0; begin < line.size();) {
                const std::size_t end = std::min(line.find("  ", begin), line.size());
                const std::string one = line.substr(begin, end - begin);
                EXPECT_TRUE(std::regex_match(one, field)) << "'" << one << "' of '" << line << "'";
                begin = end + 2;
            }
        }
    }
}

TEST_F(ShownProgress, SaysHowLongItMayStillTake) {
    TerminalProcess process(folder_, long_run("1000000", "60"), 200);
    EXPECT_TRUE(process.shows("  up to ")) << process.screen();
}

TEST_F(ShownProgress, HasALineAtTheEndWhereThereIsNoTerminal) {
    const Result result = clade({"run", xor_config, "--threads", "1", "--set", "stop.generations=2"});
    ASSERT_EQ(result.code, 0);
    const std::vector<std::string> lines = lines_of(result.err);
    ASSERT_FALSE(lines.empty());
    EXPECT_TRUE(lines.back().starts_with("generations 2/2  best ")) << result.err;
    EXPECT_EQ(clade({"run", xor_config, "--quiet"}).err, "");
}

TEST_F(ShownProgress, NamesTheFold) {
    const Result result =
        clade({"cross-validate", CLADE_SOURCE_DIR "/configs/iris.yaml", "--folds", "2", "--set", "stop.generations=1"});
    ASSERT_EQ(result.code, 0) << result.err;
    EXPECT_NE(result.err.find("fold 0 of 2  generations 1/1  "), std::string::npos) << result.err;
    EXPECT_NE(result.err.find("fold 1 of 2  generations 1/1  "), std::string::npos) << result.err;
}

}  // namespace
}  // namespace clade
