// Whatever a person reads fits the terminal.
#include "terminal/wrapping.hpp"
#include "tests/clade/terminal_process.hpp"
#include "tests/support/lines.hpp"

namespace clade {
namespace {

class WidthOfOutput : public Program {
protected:
    /// The lines on a terminal of so many columns that are wider than it, apart from commands to copy and lines that end
    /// with a path, which nobody may break.
    [[nodiscard]] Words too_wide(Words words, std::size_t columns) const {
        words.insert(words.begin(), CLADE_PROGRAM);
        TerminalProcess process(folder_, words, static_cast<unsigned>(columns));
        const std::string screen = process.wait().out;
        EXPECT_NE(screen, "");
        Words found;
        for (const std::string& line : lines_of(screen)) {
            const std::string last_word = line.substr(line.rfind(' ') + 1);
            const bool command = line.starts_with("  ") && line.find("clade") != std::string::npos;
            const bool path = last_word.find('/') != std::string::npos;
            if (line.find('\r') != std::string::npos || command || path) continue;
            if (display_width(without_styles(line)) > columns) found.push_back(line);
        }
        return found;
    }
};

TEST_F(WidthOfOutput, FitsEveryTerminal) {
    const std::string run = run_xor().string();
    const std::vector<Words> commands{
        {"run", xor_config, "--seed", "7"},
        {"inspect", run},
        {"inspect", run, "--generation", "2"},
        {"inspect", run, "--species", "1"},
        {"inspect", run, "--species", "1", "--generation", "1"},
        {"inspect", run, "--genome", "300"},
        {"inspect", run, "--lineage"},
        {"inspect", run, "--diff", "3", "700"},
        {"inspect", run, "--timeline"},
        {"inspect", run, "--operators"},
        {"inspect", run, "--query", "SELECT id, fitness FROM genome LIMIT 5"},
        {"replay", run},
        {"resume", run},
        {"tasks"},
        {"tasks", "cart_pole"},
        {"tasks", "supervised"},
        {"functions"},
        {"functions", "selu"},
        {"functions", "median"},
        {"config", "check", xor_config},
        {"config", "reference"},
        {"trials", xor_config, "--trials", "2", "--set", "stop.generations=2"},
        {"compare", xor_config, xor_config, "--trials", "2", "--set", "stop.generations=2"},
        {"sweep", xor_config, "--vary", "seed=1,2", "--trials", "1", "--set", "stop.generations=2"},
        {"cross-validate", CLADE_SOURCE_DIR "/configs/iris.yaml", "--folds", "2", "--set", "stop.generations=2"},
        {"run", xor_config, "--set", "foo=1"},
        {"walk"},
        {"help", "compare"},
    };
    for (const std::size_t columns : {40U, 80U, 200U}) {
        for (const Words& words : commands) {
            for (const std::string& line : too_wide(words, columns)) {
                ADD_FAILURE() << words.front() << " in " << columns << " columns: '" << line << "'";
            }
        }
    }
}

TEST_F(WidthOfOutput, LeavesLinesWholeForPrograms) {
    ::setenv("COLUMNS", "40", 1);
    const Result result = clade({"run", xor_config, "--set", "foo=1"});
    EXPECT_EQ(lines_of(result.err).size(), 2U) << result.err;
}

}  // namespace
}  // namespace clade
