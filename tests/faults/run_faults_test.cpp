// A run whose disk fails, is full, or that is killed: at every call on its files. Then it is resumed, as if nothing had been.
#include "tests/clade/program_fixture.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace clade {
namespace {

constexpr long parts = 4;

/// What is left of a run.
struct Remains {
    std::vector<Digest> digests;
    std::string champion;

    bool operator==(const Remains&) const = default;
};

class RunFaults : public Program, public testing::WithParamInterface<std::tuple<const char*, long>> {
protected:
    void SetUp() override {
        Program::SetUp();
        undisturbed_ = start(0);
        ASSERT_EQ(undisturbed_.code, 0) << undisturbed_.err;
        calls_ = std::stol(read_file(folder_ / "count"));
        expected_ = remains(run_folder().value());
    }

    /// Runs twelve generations in an empty `runs`, with a fault at this call.
    Result start(long at) {
        fs::remove_all(folder_ / "runs");
        const std::string faults = "LD_PRELOAD=" CLADE_FAULTS;
        return Process(folder_, {"/usr/bin/env",
                                 faults,
                                 "FAULT_FOLDER=" + (folder_ / "runs").string(),
                                 "FAULT_AT=" + std::to_string(at),
                                 std::string("FAULT_KIND=") + std::get<0>(GetParam()),
                                 "FAULT_COUNT=" + (folder_ / "count").string(),
                                 CLADE_PROGRAM,
                                 "run",
                                 xor_config,
                                 "--seed",
                                 "7",
                                 "--threads",
                                 "1",
                                 "--quiet",
                                 "--out",
                                 (folder_ / "runs").string(),
                                 "--set",
                                 "stop.generations=12",
                                 "--set",
                                 "evolution.population_size=8",
                                 "--set",
                                 "checkpoint.every_generations=5"})
            .wait();
    }

    [[nodiscard]] std::optional<RunFolder> run_folder() const {
        const std::vector<fs::path> found = runs();
        if (found.empty() || !fs::exists(RunFolder{found.front()}.log())) return std::nullopt;
        return RunFolder{found.front()};
    }

    [[nodiscard]] static Remains remains(const RunFolder& run) {
        Remains remains{.digests = {}, .champion = read_file(run.champion())};
        for (const GenerationRow& row : RunLog(run.log(), RunLog::Mode::read).generations()) {
            remains.digests.push_back(row.digest);
        }
        return remains;
    }

    [[nodiscard]] static std::vector<std::string> files(const RunFolder& run) {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(run.path)) names.push_back(entry.path().filename());
        std::sort(names.begin(), names.end());
        return names;
    }

    /// How many generations the run has logged. A run without a log is told to be started again.
    std::size_t generations_left() {
        const std::optional<RunFolder> run = run_folder();
        if (run) return RunLog(run->log(), RunLog::Mode::read).generations().size();
        const Result resumed = clade({"resume", "runs"});
        EXPECT_EQ(resumed.code, 2) << resumed.err;
        EXPECT_NE(resumed.err, "");
        return 0;
    }

    void expect_resumes() {
        const std::optional<RunFolder> run = run_folder();
        if (!run) return;
        const Result resumed = clade({"resume", run->path.string(), "--quiet"});
        ASSERT_EQ(resumed.code, 0) << resumed.err;
        EXPECT_EQ(remains(*run), expected_);
        EXPECT_EQ(files(*run), (std::vector<std::string>{"champion.json", "checkpoint.bin", "config.yaml", "lock",
                                                         "run.log", "run.sqlite"}));
    }

    Result undisturbed_;
    Remains expected_;
    long calls_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Kinds, RunFaults,
                         testing::Combine(testing::Values("io_error", "disk_full", "kill"), testing::Range(0L, parts)),
                         [](const auto& tested) {
                             return std::string(std::get<0>(tested.param)) + "_" +
                                    std::to_string(std::get<1>(tested.param));
                         });

TEST_P(RunFaults, LoseNoLoggedGenerationAndNoResultAtAnyCall) {
    const auto& [kind, part] = GetParam();
    const bool kills = std::string_view(kind) == "kill";
    ASSERT_GT(calls_, 100);
    std::size_t logged = 0;
    for (long at = 1 + part; at <= calls_; at += parts) {
        SCOPED_TRACE(std::string(kind) + " at call " + std::to_string(at));
        const Result result = start(at);
        if (kills) {
            EXPECT_EQ(result.code, 128 + SIGKILL);
        } else if (result.code == 0) {
            EXPECT_EQ(remains(run_folder().value()), expected_);
        } else {
            const bool no_folder = runs().empty();  // then --out names a bad one
            EXPECT_EQ(result.code, no_folder ? 2 : 1);
            EXPECT_EQ(("\n" + result.err).find("\nerror: ") != std::string::npos, !no_folder) << result.err;
            EXPECT_NE(result.err.find((folder_ / "runs").string()), std::string::npos) << result.err;
        }
        const std::size_t left = generations_left();
        if (result.code != 0) {
            EXPECT_GE(left, logged) << "what was logged before an earlier call is lost";
            logged = left;
        }
        expect_resumes();
        if (HasFailure()) return;
    }
}

}  // namespace
}  // namespace clade
