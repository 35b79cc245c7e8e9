// `clade bench` as a user meets it.
#include "terminal/figure.hpp"
#include "tests/clade/program_fixture.hpp"

namespace clade {
namespace {

TEST_F(Program, BenchesTheCasesAskedForAsRowsThatOthersRead) {
    const Result result = clade({"bench", "generation", "--genomes", "30,20,30", "--connections", "6,5", "--threads",
                                 "1", "--format", "json", "--quiet"});
    ASSERT_EQ(result.code, 0) << result.err;
    EXPECT_EQ(result.err, "");
    std::vector<std::pair<int, int>> cases;
    const nlohmann::json report = nlohmann::json::parse(result.out);
    for (const nlohmann::json& row : report["rows"]) {
        for (const char* key : {"benchmark", "stage", "genomes", "connections", "rows", "threads", "median_s", "mean_s",
                                "min_s", "per_second"}) {
            EXPECT_TRUE(row.contains(key)) << key;
        }
        if (row["stage"] == "evaluate") cases.emplace_back(row["connections"], row["genomes"]);
    }
    EXPECT_EQ(cases, (std::vector<std::pair<int, int>>{{5, 20}, {5, 30}, {6, 20}, {6, 30}}));
    EXPECT_TRUE(is_empty());
}

TEST_F(Program, KeepsABenchmarkInAFolderOfItsOwn) {
    const Result result = clade({"bench", "run", "--seeds", "1", "--format", "csv", "--out", "kept"});
    ASSERT_EQ(result.code, 0) << result.err;
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(folder_ / "kept" / "bench")) folders.push_back(entry.path());
    ASSERT_EQ(folders.size(), 1U);
    EXPECT_EQ(read_file(folders[0] / "results.csv"), result.out);
    EXPECT_EQ(nlohmann::json::parse(read_file(folders[0] / "results.json"))["benchmark"], "run");
}

TEST_F(Program, DrawsABenchmarkToTheFileAskedFor) {
    if (!bench::can_draw()) GTEST_SKIP() << "gnuplot is not installed";
    const Result result = clade({"bench", "generation", "--genomes", "20,40", "--connections", "6", "--threads", "1",
                                 "--format", "csv", "--quiet", "--svg", "drawn.svg"});
    ASSERT_EQ(result.code, 0) << result.err;
    const std::string drawn = read_file(folder_ / "drawn.svg");
    EXPECT_NE(drawn.find("<svg"), std::string::npos);
    EXPECT_NE(drawn.find("speciate"), std::string::npos) << "a line a stage, with its name";
    EXPECT_NE(drawn.find("</svg>"), std::string::npos);
}

TEST_F(Program, RefusesFilesOfABenchmarkThatItCouldNotWriteBeforeItMeasures) {
    replace_file(folder_ / "taken", "a file");
    const Result kept = clade({"bench", "run", "--seeds", "1000000", "--out", "taken/kept"});
    EXPECT_EQ(kept.code, 2);
    EXPECT_EQ(kept.out, "");
    EXPECT_EQ(kept.err, "--out: must be a folder that can be written to, got 'taken/kept'\n");
    if (!bench::can_draw()) GTEST_SKIP() << "gnuplot is not installed";
    for (const std::string file : {"nowhere/drawn.svg", ".", "taken/drawn.svg"}) {
        const Result drawn = clade({"bench", "run", "--seeds", "1000000", "--svg", file});
        EXPECT_EQ(drawn.code, 2) << file;
        EXPECT_EQ(drawn.out, "") << file;
        EXPECT_EQ(drawn.err, "--svg: must be a file in a folder that can be written to, got '" + file + "'\n");
    }
}

TEST_F(Program, SaysThatNoCaseOfABenchmarkFits) {
    const Result result = clade({"bench", "generation", "--connections", "1000000"});
    EXPECT_EQ(result.code, 2);
    EXPECT_EQ(result.out, "");
    EXPECT_TRUE(result.err.starts_with("--connections: nothing fits into ")) << result.err;
}

TEST_F(Program, PrintsTheRecordedSignature) {
    const Result result = clade({"bench", "--signature"});
    EXPECT_EQ(result.code, 0);
    EXPECT_EQ(result.out, read_file(CLADE_SOURCE_DIR "/tests/golden/signature.txt"));
}

}  // namespace
}  // namespace clade
