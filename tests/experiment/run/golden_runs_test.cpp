// Short runs, recorded generation by generation (tests/golden/runs): what changes in results is seen as a difference of a
// readable table. Each file's first line names its configuration and overrides. After a change that is meant:
//
//   CLADE_RENEW=1 build/test/bin/experiment_tests --gtest_filter='*GoldenRun*'
//
// A new file needs its first line alone; the same command writes the rest.
#include "tests/experiment/run_fixture.hpp"
#include "tests/support/golden_table.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

namespace clade {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> golden_files() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(fs::path(CLADE_SOURCE_DIR) / "tests/golden/runs")) {
        files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

class GoldenRun : public RunTest, public testing::WithParamInterface<fs::path> {
protected:
    /// The table of the run that `head`, a file's first line, tells.
    std::string table_of(const std::string& head, const std::string& threads) {
        std::istringstream words(head);
        std::string hash;
        std::string file;
        words >> hash >> file;
        std::vector<std::string> overrides{"evaluation.threads=" + threads};
        for (std::string word; words >> word;) overrides.push_back(word);
        const ConfigSource source{(fs::path(CLADE_SOURCE_DIR) / file).string(), overrides, vocabulary_.tasks,
                                  vocabulary_.functions};
        const ExperimentConfig config = load_config(source);
        const RunFolder folder = create_run_folder(folder_, GetParam().stem().string(), *config.seed);
        Experiment experiment = Experiment::start(prepare_run(source, config, vocabulary_), folder);
        run_on(experiment);
        return head + "\n" + rows_of(experiment.log());
    }

private:
    static std::string rows_of(const RunLog& log) {
        std::string text = "generation,best,mean,species,nodes,connections,champion\n";
        std::uint64_t digest = 0;
        for (const GenerationRow& row : log.generations()) {
            const auto champion = raw(row.champion) - row.generation * row.population;
            text += std::to_string(row.generation) + "," + number_text(row.fitness.best) + "," +
                    number_text(row.fitness.mean) + "," + std::to_string(row.species_count) + "," +
                    number_text(row.complexity.mean_hidden) + "," + number_text(row.complexity.mean_connections) + "," +
                    std::to_string(champion) + "\n";
            const std::array genomes{raw(row.digest)};
            digest = digest_of(std::span<const std::uint64_t>(genomes), digest);
            digest = digest_of(std::span<const double>(log.fitness(row.generation)), digest);
        }
        return text + "# digest " + to_hex(digest) + "\n";
    }
};

TEST_P(GoldenRun, IsTheRecordedOneForAnyNumberOfThreads) {
    const std::string recorded = read_file(GetParam());
    const std::string head = recorded.substr(0, recorded.find('\n'));
    if (std::getenv("CLADE_RENEW") != nullptr) return replace_file(GetParam(), table_of(head, "1"));
    for (const char* threads : {"1", "3"}) {
        EXPECT_EQ(first_difference(recorded, table_of(head, threads)), "")
            << GetParam().filename() << ", " << threads << " threads; CONTRIBUTING.md says how to renew it";
    }
}

INSTANTIATE_TEST_SUITE_P(Recorded, GoldenRun, testing::ValuesIn(golden_files()),
                         [](const auto& tested) { return tested.param.stem().string(); });

TEST(GoldenTable, TellsTheGenerationAndColumnThatDifferFirst) {
    const std::string recorded = "# a run\ngeneration,best,species\n0,1.5,3\n1,2.5,4\n# digest 1f\n";
    const auto now = [&](const std::string& cell, const std::string& other) {
        std::string text = recorded;
        return first_difference(recorded, text.replace(text.find(cell), cell.size(), other));
    };
    EXPECT_EQ(first_difference(recorded, recorded), "");
    EXPECT_EQ(now("2.5,4", "2.5000000000000004,5"), "generation 1, column best: recorded 2.5, now 2.5000000000000004");
    EXPECT_EQ(now("1.5,3", "1.5,2"), "generation 0, column species: recorded 3, now 2");
    EXPECT_EQ(now("1f", "2f"), "recorded '# digest 1f', now '# digest 2f'");
    EXPECT_EQ(now("1,2.5,4\n", ""), "recorded '1,2.5,4', now '# digest 1f'");
    EXPECT_EQ(now("# digest 1f\n", ""), "recorded 5 lines, now 4");
}

}  // namespace
}  // namespace clade
