// Text of files never steers the terminal: names, labels and columns that hold control characters.
#include "tests/clade/terminal_process.hpp"

#include <sqlite3.h>

#include <fstream>
#include <regex>

namespace clade {
namespace {

constexpr std::string_view hostile_yaml = R"(\e]0;title\a\e[31mred\r\n2026-01-01 error forged\x7f\x9b31m\u202e)";

/// Raw control characters but line ends, C1 and DEL among them, or a mark that turns text around.
bool steers(const std::string& text) {
    static const std::regex bad("[\x01-\x09\x0b-\x1f\x7f]|\xC2[\x80-\x9f]|\xE2\x80\xAE");
    return std::regex_search(text, bad) || text.find('\0') != std::string::npos;
}

class HostileText : public Program {
protected:
    void SetUp() override {
        Program::SetUp();
        std::ofstream csv(folder_ / "data.csv");
        csv << "\"size\x1b[2J\",\"kind\x1b]0;t\x07\"\n";
        for (int row = 0; row < 20; ++row) {
            csv << row << (row % 2 == 0 ? ",\"a\x1b[31m\x7f\"\n" : ",\"b\nc\xC2\x9B\"\n");
        }
        std::ofstream(folder_ / "hostile.yaml") << "name: \"" << hostile_yaml << "\"\n"
                                                << R"(seed: 1
defaults: general
task: {name: supervised, kind: classification, file: data.csv, label: "kind\e]0;t\a"}
evolution: {population_size: 20}
stop: {generations: 2}
)";
    }

    void expect_safe(const Words& words, int code) const {
        const Result result = clade(words);
        EXPECT_EQ(result.code, code) << result.err;
        EXPECT_FALSE((result.out + result.err).empty());
        EXPECT_FALSE(steers(result.out)) << words[0] << ": " << testing::PrintToString(result.out);
        EXPECT_FALSE(steers(result.err)) << words[0] << ": " << testing::PrintToString(result.err);
        if (words.back() == "json") {
            EXPECT_TRUE(nlohmann::json::accept(result.out)) << words[0] << ": " << result.out;
        }
    }
};

TEST_F(HostileText, OfARunReachesNoOutputRaw) {
    expect_safe({"config", "check", "hostile.yaml"}, 0);
    expect_safe({"config", "show", "hostile.yaml"}, 0);
    expect_safe({"run", "hostile.yaml"}, 0);
    ASSERT_EQ(runs().size(), 1U);
    const std::string run = runs().front().string();
    expect_safe({"inspect", run, "--query", "SELECT '\x1b[31m' FROM missing"}, 2);
    for (const char* file : {"net.svg", "net.dot", "net.graphml"}) {
        ASSERT_EQ(clade({"plot", run, "--what", "network", "-o", file}).code, 0);
        EXPECT_FALSE(steers(read_file(folder_ / file))) << file;
    }
    for (const char* format : {"table", "json", "csv"}) {
        expect_safe({"inspect", run, "--format", format}, 0);
        for (const char* view : {"--generation", "--genome", "--species"}) {
            expect_safe({"inspect", run, view, "1", "--format", format}, 0);
        }
        for (const char* page : {"--lineage", "--timeline", "--operators"}) {
            expect_safe({"inspect", run, page, "--format", format}, 0);
        }
        expect_safe({"inspect", run, "--diff", "1", "25", "--format", format}, 0);
        expect_safe({"inspect", run, "--query", "SELECT key, value AS 'a\x1b[31m' FROM run", "--format", format}, 0);
        expect_safe({"replay", run, "--format", format}, 0);
        expect_safe({"tasks", "supervised", "--format", format}, 0);
        expect_safe({"trials", "hostile.yaml", "--trials", "2", "--format", format}, 0);
        expect_safe({"cross-validate", "hostile.yaml", "--folds", "2", "--format", format}, 0);
    }
}

TEST_F(HostileText, IsOneLineOfTheMessages) {
    (void)clade({"run", "hostile.yaml"});
    ASSERT_EQ(runs().size(), 1U);
    const std::string messages = read_file(RunFolder{runs().front()}.messages());
    EXPECT_FALSE(steers(messages)) << messages;
    EXPECT_NE(messages.find("\\u001b]0;title"), std::string::npos);
    EXPECT_EQ(messages.find("\n2026-01-01 error forged"), std::string::npos);
}

TEST_F(HostileText, OfErrorsReachesNoOutputRaw) {
    std::ofstream(folder_ / "bad.yaml") << "\"a\\e[31m\\n\": 1\ntask: {name: \"x\\e]0;t\\a\"}\nname: [\"\\x9b\"]\n";
    expect_safe({"config", "check", "bad.yaml"}, 2);
    expect_safe({"run", "no\x1b[31m\xC2\x9B.yaml"}, 2);
    expect_safe({"tasks", "no\x1b[31m\x7f"}, 2);
    expect_safe({"inspect", "no\x1b[31m"}, 2);
    std::ofstream(folder_ / "raw.yaml") << "name: \x1b[31m\n";
    expect_safe({"config", "check", "raw.yaml"}, 2);
    std::ofstream(folder_ / "genome.json") << "{\"nodes\x1b[31m\x9b\": \x1b]0;t\x07";
    expect_safe({"run", xor_config, "--set", "genome.initial.genome=genome.json"}, 2);
}

TEST_F(HostileText, OfAForeignLogReachesNoOutputRaw) {
    const fs::path run = run_xor();
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(RunFolder{run}.log().c_str(), &database), SQLITE_OK);
    const char* change =
        "UPDATE run SET value = CAST(x'611b5d303b740761ff9b0a62' AS TEXT) "
        "WHERE key IN ('name', 'outcome', 'stop_reason', 'clade_version', 'started', 'ended', 'build', 'simd');"
        "INSERT INTO failure VALUES (0, 0, char(10) || 'forged', 'no' || char(10) || 'forged')";
    EXPECT_EQ(sqlite3_exec(database, change, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
    for (const char* format : {"table", "json", "csv"}) {
        const Result result = clade({"inspect", run.string(), "--format", format});
        EXPECT_FALSE(steers(result.out + result.err)) << testing::PrintToString(result.out + result.err);
        EXPECT_EQ(result.out.find("\nforged"), std::string::npos) << result.out;
        if (std::string_view(format) == "table") {
            EXPECT_NE(result.out.find("\\x9b\\nb\n"), std::string::npos) << result.out;
            EXPECT_NE(result.out.find("1 genome failed: 1 \\nforged\n"), std::string::npos) << result.out;
        }
        if (std::string_view(format) != "csv") {  // which has numbers alone
            EXPECT_NE(result.out.find("a\\u001b]0;t\\u0007a"), std::string::npos) << result.out;
        }
    }
}

TEST_F(HostileText, LeavesTheTerminalOnlyTheProgramsOwnColours) {
    TerminalProcess run(folder_, {CLADE_PROGRAM, "run", "hostile.yaml"}, 100);
    const std::string screen = run.wait().out;
    const std::string shown =
        std::regex_replace(without_styles(screen), std::regex("\x1b\\[K|\r"), "");  // the live line
    EXPECT_FALSE(steers(shown)) << testing::PrintToString(screen);
    EXPECT_NE(screen.find("\\u001b[31mred"), std::string::npos);  // even a colour of the program's own, from a file
    EXPECT_NE(screen.find("\x1b[33mended\x1b[0m"), std::string::npos);
}

}  // namespace
}  // namespace clade
