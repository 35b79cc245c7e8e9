// Completion in the shells themselves, and what the program answers them.
#include "tests/clade/terminal_process.hpp"
#include "tests/support/lines.hpp"

#include <sstream>

namespace clade {
namespace {

/// A folder with a configuration of each ending, another file and a run, in which completion takes place.
class Completion : public Program {
protected:
    void SetUp() override {
        Program::SetUp();
        for (const char* name : {"a.yaml", "b.yml", "c.txt"}) replace_file(folder_ / name, std::string_view("x"));
        fs::create_directories(folder_ / "runs" / "old");
    }

    /// The words that the last of these can become, and the kinds of files, in brackets.
    [[nodiscard]] Words answer(Words words) const {
        words.insert(words.begin(), "--complete");
        const Result result = clade(words);
        EXPECT_EQ(result.code, 0) << result.err;
        Words found;
        for (const std::string& line : lines_of(result.out)) {
            const bool first = found.empty();
            found.push_back(first ? "[" + line + "]" : line.substr(0, line.find('\t')));
        }
        return found;
    }

    [[nodiscard]] static std::string program_folder() { return fs::path(CLADE_PROGRAM).parent_path().string(); }

    [[nodiscard]] bool has(const std::string& shell_name) const {
        return shell("command -v " + shell_name + " >/dev/null").code == 0;
    }
};

/// What bash offers for the words, by the function that it would call.
class BashCompletion : public Completion {
protected:
    [[nodiscard]] Words offered(const Words& words) const {
        std::string script = "compopt() { :; }; PATH='" + program_folder() +
                             "':$PATH; source <(clade completion bash); COMP_WORDS=(clade";
        for (const std::string& word : words) script += " '" + word + "'";
        script +=
            "); COMP_CWORD=" + std::to_string(words.size()) + "; _clade clade; printf '%s\\n' \"${COMPREPLY[@]}\"";
        const Result result = Process(folder_, {"/bin/bash", "--norc", "-c", script}).wait();
        EXPECT_EQ(result.err, "");
        Words found = lines_of(result.out);
        std::sort(found.begin(), found.end());
        return found;
    }
};

TEST_F(Completion, KnowsWhatEachArgumentCanBe) {
    EXPECT_EQ(answer({"re"}), (Words{"[]", "resume", "report", "replay"}));
    EXPECT_EQ(answer({"config", "s"}), (Words{"[]", "show"}));
    EXPECT_EQ(answer({"run", ""}), Words{"[yaml]"});
    EXPECT_EQ(answer({"inspect", ""}), Words{"[folders]"});
    for (const char* command : {"trials", "compare", "sweep"})
        EXPECT_EQ(answer({command, ""}), Words{"[yaml folders]"});
    EXPECT_EQ(answer({"suite", ""}), Words{"[folders]"});
    EXPECT_EQ(answer({"compare", "a.yaml", "b.yml", ""}), Words{"[yaml folders]"}) << "as many as one likes";
    EXPECT_EQ(answer({"run", "a.yaml", ""}), Words{"[]"}) << "one is all";
    EXPECT_EQ(answer({"tasks", "cart"}), (Words{"[]", "cart_pole"}));
    EXPECT_EQ(answer({"functions", "ma"}), (Words{"[]", "max", "maxabs"}));
    EXPECT_EQ(answer({"completion", "z"}), (Words{"[]", "zsh"}));
    EXPECT_EQ(answer({"help", "config", "ch"}), (Words{"[]", "check"}));
    EXPECT_EQ(answer({"nonsense", ""}), Words{"[]"});
}

TEST_F(Completion, KnowsWhatTheValueOfEachFlagCanBe) {
    EXPECT_EQ(answer({"inspect", "--format", ""}), (Words{"[]", "table", "json", "csv"}));
    EXPECT_EQ(answer({"inspect", "--format=j"}), (Words{"[]", "--format=json"}));
    EXPECT_EQ(answer({"run", "--simd", "avx"}), (Words{"[]", "avx2", "avx512"}));
    EXPECT_EQ(answer({"tasks", "--check", "--config", ""}), Words{"[yaml]"});
    EXPECT_EQ(answer({"run", "a.yaml", "--out", ""}), Words{"[folders]"});
    EXPECT_EQ(answer({"bench", "network", "--svg", ""}), Words{"[files]"});
    EXPECT_EQ(answer({"config", "reference", "--task", "xo"}), (Words{"[]", "xor"}));
    EXPECT_EQ(answer({"run", "a.yaml", "--set", "stop.sec"}), (Words{"[nospace]", "stop.seconds="}));
    EXPECT_EQ(answer({"sweep", "a.yaml", "--vary", "stop.sec"}), (Words{"[nospace]", "stop.seconds="}));
    EXPECT_EQ(answer({"run", "a.yaml", "--seed", ""}), Words{"[]"}) << "a number";
    EXPECT_EQ(answer({"bench", "nodes", "--against", "python,n"}), (Words{"[]", "python,numba", "python,numpy"}));
    EXPECT_EQ(answer({"run", CLADE_SOURCE_DIR "/configs/cart_pole.yaml", "--set", "task.episodes"}),
              (Words{"[nospace]", "task.episodes="}))
        << "those of the configuration's task";
}

TEST_F(Completion, GoesOnBehindAFlagWithoutAValue) {
    EXPECT_EQ(answer({"replay", "--trace", ""}), Words{"[folders]"});
    EXPECT_EQ(answer({"run", "--quiet", ""}), Words{"[yaml]"});
    EXPECT_EQ(answer({"bench", "nodes", "--against", "--quie"}), (Words{"[]", "--quiet"})) << "may have no value";
    EXPECT_EQ(answer({"run", "--", "-"}), Words{"[yaml]"});
}

TEST_F(Completion, OffersNoFlagThatIsRefused) {
    EXPECT_EQ(answer({"resume", "--s"}), (Words{"[]", "--simd", "--set"}));
    EXPECT_EQ(answer({"resume", "--nonsense="}), Words{"[]"});
}

TEST_F(BashCompletion, OffersFilesFoldersAndWords) {
    EXPECT_EQ(offered({"run", ""}), (Words{"a.yaml", "b.yml", "runs"}));
    EXPECT_EQ(offered({"trials", ""}), (Words{"a.yaml", "b.yml", "runs"}));
    EXPECT_EQ(offered({"replay", "--trace", ""}), Words{"runs"});
    EXPECT_EQ(offered({"tasks", "--check", "--config", ""}), (Words{"a.yaml", "b.yml", "runs"}));
    EXPECT_EQ(offered({"bench", "run", "--svg", "c"}), Words{"c.txt"});
    EXPECT_EQ(offered({"ru"}), Words{"run"});
    EXPECT_EQ(offered({"run", "a.yaml", "--quie"}), Words{"--quiet"});
}

TEST_F(BashCompletion, OffersOnlyWhatStandsBehindTheLastBreakOfAWord) {
    EXPECT_EQ(offered({"inspect", "--format", "=", "j"}), Words{"json"});
    EXPECT_EQ(offered({"inspect", "--format", "="}), (Words{"csv", "json", "table"}));
    EXPECT_EQ(offered({"run", "a.yaml", "--out", "=", "ru"}), Words{"runs"});
    EXPECT_EQ(offered({"run", "a.yaml", "--set", "stop.sec"}), Words{"stop.seconds="});
}

/// Types into a shell, with a Tab after each text, and runs the line.
class TypedCompletion : public Completion {
protected:
    void expect_completed(const Words& shell_words, const std::string& source) {
        TerminalProcess process(folder_, shell_words, 120);
        process.type("PATH='" + program_folder() + "':$PATH\r" + source + "\recho rea''dy\r");
        ASSERT_TRUE(process.shows("ready")) << process.screen();
        process.type("clade inspect --format j\t");
        EXPECT_TRUE(process.shows("inspect --format json")) << process.screen();
        process.type(
            "\x15"
            "clade tasks cart\t");
        EXPECT_TRUE(process.shows("cart_pole")) << process.screen();
        process.type(
            "\x15"
            "clade trials a\t");
        EXPECT_TRUE(process.shows("a.yaml")) << process.screen();
        process.type(
            "\x15"
            "exit\r");
        EXPECT_EQ(process.wait().code, 0) << process.screen();
    }
};

TEST_F(TypedCompletion, WorksInBash) {
    expect_completed({"/bin/bash", "--norc", "--noprofile", "-i"}, "source <(clade completion bash)");
}

TEST_F(TypedCompletion, WorksInZsh) {
    if (!has("zsh")) GTEST_SKIP() << "zsh is not installed";
    expect_completed({"zsh", "-f", "-i"}, "autoload -Uz compinit; compinit -u -D; source <(clade completion zsh)");
}

TEST_F(Completion, WorksInFish) {
    if (!has("fish")) GTEST_SKIP() << "fish is not installed";
    const auto offered = [this](const std::string& line) {
        const Result result =
            Process(folder_, {"/usr/bin/env", "PATH=" + program_folder() + ":" + std::getenv("PATH"), "fish", "-N",
                              "-c", "clade completion fish | source; complete -C '" + line + "'"})
                .wait();
        EXPECT_EQ(result.err, "");
        Words found;
        for (const std::string& one : lines_of(result.out)) found.push_back(one.substr(0, one.find('\t')));
        std::sort(found.begin(), found.end());
        return found;
    };
    EXPECT_EQ(offered("clade inspect --format j"), Words{"json"});
    EXPECT_EQ(offered("clade tasks cart"), Words{"cart_pole"});
    EXPECT_EQ(offered("clade replay --trace "), Words{"runs/"});
    EXPECT_EQ(offered("clade run a.yaml --quie"), Words{"--quiet"});
    EXPECT_EQ(offered("clade run a.yaml --out=ru"), Words{"--out=runs/"});
}

}  // namespace
}  // namespace clade
