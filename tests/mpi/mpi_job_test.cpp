// Jobs of several ranks, started as a user starts them: by mpirun of the MPI library that the program was built with.
#include "tests/clade/program_fixture.hpp"

#include <gtest/gtest.h>

#include <cctype>
#include <fstream>
#include <sstream>

namespace clade {
namespace {

const std::string cart_pole = CLADE_SOURCE_DIR "/configs/cart_pole.yaml";

/// Whether an environment, as /proc has it, sets a variable of this name to this value.
bool sets(const std::string& environment, const std::string& name, const std::string& value) {
    const std::string line = name + '=' + value + '\0';
    return environment.find(line) != std::string::npos;
}

class MpiJobs : public Program {
protected:
    void SetUp() override {
        Program::SetUp();
        // What --allow-run-as-root, --oversubscribe and --bind-to none say; other libraries pass over it.
        ::setenv("OMPI_ALLOW_RUN_AS_ROOT", "1", 1);
        ::setenv("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1", 1);
        ::setenv("OMPI_MCA_rmaps_base_oversubscribe", "1", 1);
        ::setenv("OMPI_MCA_hwloc_base_binding_policy", "none", 1);
    }

    [[nodiscard]] std::unique_ptr<Process> start_job(int ranks, const Words& words) const {
        Words all{CLADE_MPIRUN, "-n", std::to_string(ranks), CLADE_PROGRAM};
        all.insert(all.end(), words.begin(), words.end());
        return std::make_unique<Process>(folder_, std::move(all));
    }
    [[nodiscard]] Result job(int ranks, const Words& words) const { return start_job(ranks, words)->wait(); }

    [[nodiscard]] bool is_open_mpi() const {
        return shell(CLADE_MPIRUN " --version").out.find("Open MPI") != std::string::npos;
    }

    /// A run of cart pole in a folder of its own, whose digest depends on generations alone.
    [[nodiscard]] static Words run_words(const std::string& out, int generations, int threads = 1) {
        return {"run",
                cart_pole,
                "--seed",
                "7",
                "--out",
                out,
                "--quiet",
                "--set",
                "stop.generations=" + std::to_string(generations),
                "--set",
                "stop.solved_fitness=1e9",
                "--set",
                "evolution.population_size=100",
                "--threads",
                std::to_string(threads)};
    }
    [[nodiscard]] std::string digest(const std::string& folder) const { return inspected(folder)["digest"].dump(); }

    /// The process of a rank of the job in this test's folder.
    [[nodiscard]] pid_t process_of_rank(int rank) const {
        for (const auto& entry : fs::directory_iterator("/proc")) {
            const std::string name = entry.path().filename();
            if (std::isdigit(static_cast<unsigned char>(name.front())) == 0) continue;
            std::error_code ignored;
            if (fs::read_symlink(entry.path() / "cwd", ignored) != folder_) continue;
            if (fs::read_symlink(entry.path() / "exe", ignored) != fs::canonical(CLADE_PROGRAM)) continue;
            std::stringstream environment;
            environment << std::ifstream(entry.path() / "environ").rdbuf();
            const std::string value = std::to_string(rank);
            if (sets(environment.str(), "OMPI_COMM_WORLD_RANK", value) || sets(environment.str(), "PMI_RANK", value)) {
                return static_cast<pid_t>(std::stol(name));
            }
        }
        return 0;
    }
};

TEST_F(MpiJobs, HaveTheDigestOfOneProcessForAnyRanksAndThreads) {
    ASSERT_EQ(clade(run_words("alone", 3)).code, 0);
    for (const auto& [ranks, threads] : {std::pair(1, 2), std::pair(2, 1), std::pair(3, 2)}) {
        const std::string out = "job" + std::to_string(ranks);
        const Result result = job(ranks, run_words(out, 3, threads));
        ASSERT_EQ(result.code, 0) << result.err;
        EXPECT_EQ(std::ranges::count(result.out, '\n'), 1) << "rank 0 alone prints: " << result.out;
        EXPECT_EQ(digest(out), digest("alone")) << ranks << " ranks";
    }
}

TEST_F(MpiJobs, OfOtherCommandsAreDoneByRank0Alone) {
    const Result result = job(2, {"functions"});
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_EQ(result.out, clade({"functions"}).out);
}

TEST_F(MpiJobs, WithMistakesEndWithTheMessageOnceAndItsExitCode) {
    const Result result = job(2, {"run", "missing.yaml"});
    EXPECT_EQ(result.code, 2);
    const std::string told = "no such file";
    const std::size_t first = result.err.find(told);
    ASSERT_NE(first, std::string::npos) << result.err;
    EXPECT_EQ(result.err.find(told, first + told.size()), std::string::npos) << result.err;
}

TEST_F(MpiJobs, ThatLoseARankAreContinuedByAnyOtherNumberOfRanks) {
    const auto process = start_job(2, run_words("runs", 100000));
    ASSERT_TRUE(has_logged(*process, 4));
    const pid_t rank = process_of_rank(1);
    ASSERT_GT(rank, 0);
    ::kill(rank, SIGKILL);
    EXPECT_NE(process->wait().code, 0);
    const fs::path run = runs().front();
    const int generations = inspected(run)["generations"].get<int>() + 3;
    const Result resumed =
        job(3, {"resume", run.string(), "--quiet", "--set", "stop.generations=" + std::to_string(generations)});
    ASSERT_EQ(resumed.code, 0) << resumed.err;
    ASSERT_EQ(clade(run_words("alone", generations)).code, 0);
    EXPECT_EQ(digest(run), digest("alone"));
}

TEST_F(MpiJobs, ThatAreToldToStopAreSavedAtOnceAndCanBeContinued) {
    const auto process = start_job(2, run_words("runs", 100000));
    ASSERT_TRUE(has_logged(*process, 2));
    process->send(SIGTERM);
    (void)process->wait();
    const fs::path run = runs().front();
    EXPECT_EQ(inspected(run)["outcome"], "interrupted");
    EXPECT_TRUE(fs::exists(run / "champion.json"));
}

TEST_F(MpiJobs, OfAnotherLibrarysLauncherAreRefused) {
    const std::string variables =
        is_open_mpi() ? "PMI_RANK=0 PMI_SIZE=2" : "OMPI_COMM_WORLD_RANK=0 OMPI_COMM_WORLD_SIZE=2";
    const Result result = shell(variables + " " CLADE_PROGRAM " run " + xor_config);
    EXPECT_EQ(result.code, 1);
    EXPECT_NE(result.err.find("different MPI libraries"), std::string::npos) << result.err;
    EXPECT_TRUE(runs().empty());
}

}  // namespace
}  // namespace clade
