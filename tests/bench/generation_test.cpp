#include "bench/generation.hpp"
#include "bench/generation_report.hpp"
#include "tests/support/prose.hpp"
#include "tests/support/say_nothing.hpp"

#include <clade/core/error.hpp>
#include <clade/evolution/evolver.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace clade::bench {
namespace {

GenerationResults small_results() {
    return time_generation({.genomes = {20, 60}, .connections = {6}, .threads = {1, 2, 1}}, say_nothing);
}

TEST(GenerationBench, MakesTheConnectionsAskedForAsNearToASquareAsTheyCanBe) {
    for (const auto& [connections, inputs, outputs] :
         std::vector<std::array<std::size_t, 3>>{{25, 5, 5}, {200, 20, 10}, {1, 1, 1}, {23, 23, 1}, {12, 4, 3}}) {
        const FullShape shape = full_shape(connections);
        EXPECT_EQ(shape.inputs, inputs) << connections;
        EXPECT_EQ(shape.outputs, outputs) << connections;
    }
}

TEST(GenerationBench, TimesEveryStageOfEveryCaseOnce) {
    const GenerationResults results = small_results();
    std::vector<std::string> stages;
    for (const StageRow& row : results.rows) {
        if (row.genomes == 60 && row.threads == 2) stages.push_back(row.stage);
        EXPECT_EQ(row.benchmark, "generation");
        EXPECT_EQ(row.connections, 6U);
        EXPECT_GT(row.timing.min, 0.0);
        EXPECT_LE(row.timing.min, row.timing.median);
        EXPECT_DOUBLE_EQ(row.per_second, static_cast<double>(row.genomes) / row.timing.median);
    }
    EXPECT_EQ(stages, (std::vector<std::string>{"speciate", "select", "record", "plan", "number", "inherit", "mutate",
                                                "represent", "generation", "compile", "evaluate"}));
    EXPECT_EQ(results.rows.size(), 4 * stages.size()) << "two populations on one thread and on two";
}

TEST(GenerationBench, SaysWhichPopulationItTimes) {
    const GenerationResults results = time_generation(
        {.population = Population::evolved, .genomes = {40}, .connections = {6}, .threads = {1}}, say_nothing);
    for (const StageRow& row : results.rows) EXPECT_EQ(row.benchmark, "generation-evolved");
    const Report report = generation_report(results, 100);
    EXPECT_EQ(report.facts["population"], "evolved");
    EXPECT_NE(report.text.find("of evolved genomes"), std::string::npos);
    EXPECT_NE(generation_report(small_results(), 100).text.find("of random genomes"), std::string::npos);
}

TEST(GenerationBench, CountsWhatTheStoresHold) {
    for (const GenerationCase& c : small_results().cases) {
        EXPECT_GE(c.connection_rows, 6 * c.genomes);
        EXPECT_GE(c.node_rows, 2 * c.genomes);
        EXPECT_GE(c.store_bytes, 2 * (10 * c.node_rows + 5 * c.connection_rows + 20 * c.genomes));
        EXPECT_GE(c.peak_resident_bytes, c.store_bytes);
        EXPECT_GT(c.species, 0U);
    }
}

TEST(GenerationBench, TimesGenomesOfOneSizeInPopulationsOfAnySize) {
    const GenerationResults results =
        time_generation({.genomes = {150, 3000}, .connections = {25}, .threads = {1}}, say_nothing);
    for (const GenerationCase& c : results.cases) {
        const double connections = static_cast<double>(c.connection_rows) / static_cast<double>(c.genomes);
        EXPECT_GT(connections, 25.0) << c.genomes << " genomes";
        EXPECT_LT(connections, 31.0) << c.genomes << " genomes, after the last generation";
    }
}

TEST(GenerationBench, SplitsTheDefaultGenomesIntoAboutTwentySpecies) {
    const GenerationResults results =
        time_generation({.genomes = {400, 2000}, .connections = {25, 200}, .threads = {1}}, say_nothing);
    for (const GenerationCase& c : results.cases) {
        EXPECT_GE(c.species, 12U) << c.genomes << " x " << c.connections;
        EXPECT_LE(c.species, 35U) << c.genomes << " x " << c.connections;
    }
}

TEST(GenerationBench, LeavesOutWhatNeedsTooMuchMemoryAndNamesIt) {
    const GenerationResults results = time_generation(
        {.genomes = {20, 40}, .connections = {25}, .threads = {1}, .memory_limit = needed_bytes(20, 25)}, say_nothing);
    ASSERT_EQ(results.cases.size(), 1U);
    EXPECT_EQ(results.cases[0].genomes, 20U);
    ASSERT_EQ(results.left_out.size(), 1U);
    EXPECT_EQ(results.left_out[0], "40 genomes of 25 connections need 0.0 GB");
    EXPECT_NE(generation_report(results, 100).text.find("left out: 40 genomes"), std::string::npos);
}

TEST(GenerationBench, AMillionGenomesOf200ConnectionsNeedLessThan4Gibibytes) {
    EXPECT_LT(needed_bytes(1'000'000, 200), std::size_t{4} << 30);
    EXPECT_GT(needed_bytes(1'000'000, 200), std::size_t{3} << 30);
}

TEST(GenerationReport, HoldsARowAStageWithTheKeysThatOthersReadBy) {
    const Report report = generation_report(small_results(), 100);
    const std::string csv = rows_csv(report.rows);
    EXPECT_EQ(csv.substr(0, csv.find('\n')),
              "benchmark,stage,genomes,connections,rows,threads,median_s,mean_s,min_s,per_second");
}

GenerationResults made_up_results() {
    GenerationResults results;
    const auto add = [&](std::size_t genomes, std::size_t threads, double seconds) {
        results.cases.push_back({genomes, 25, threads, 20, 6 * genomes, 26 * genomes, 1200 * genomes, 5'000'000});
        std::vector<std::string_view> stages(EnumNames<Stage>::names.begin(), EnumNames<Stage>::names.end());
        stages.insert(stages.end(), {"generation", "compile", "evaluate"});
        for (const std::string_view stage : stages) {
            const double time = stage == "compile" ? 0.5 * seconds : seconds;
            results.rows.push_back(
                {"generation", std::string(stage), genomes, 25, 0, threads, {time, time, time}, 0.0});
        }
    };
    add(1000, 1, 1e-3);
    add(1000, 2, 6e-4);
    add(100'000, 1, 0.12);
    add(100'000, 2, 0.064);
    return results;
}

TEST(GenerationReport, ComparesPopulationsAndThreads) {
    const Report report = generation_report(made_up_results(), 100);
    const auto& largest = report.facts["cases"][3];
    EXPECT_NEAR(largest["growth"]["generation"].get<double>(), 0.64 / 0.6, 1e-9);
    EXPECT_NEAR(largest["speed_up"]["evaluate"].get<double>(), 1.875, 1e-9);
    EXPECT_NEAR(largest["compile_share"].get<double>(), 0.5, 1e-9);
    EXPECT_NEAR(largest["bytes_per_genome"].get<double>(), 1200.0, 1e-9);
    EXPECT_NEAR(largest["bytes_per_gene"].get<double>(), 37.5, 1e-9);
    EXPECT_NE(
        report.text.find(" 100000        2     640 ns    1.07      1.87        640 ns    1.07      1.87       50 %"),
        std::string::npos)
        << report.text;
}

TEST(GenerationReport, RefusesResultsThatLackAStage) {
    GenerationResults results = made_up_results();
    std::erase_if(results.rows, [](const StageRow& row) { return row.stage == "evaluate"; });
    EXPECT_THROW((void)generation_report(results, 100), LogicError);
}

TEST(GenerationReport, BreaksItsProseWhereTheTerminalEnds) {
    GenerationResults results = made_up_results();
    results.left_out.emplace_back("100000000 genomes of 200 connections need 1000.0 GB");
    EXPECT_LE(longest_prose_line(generation_report(results, 70).text), 70U);
}

TEST(GenerationReport, DrawsSecondsOverGenomesWithTheMostThreads) {
    const Figure figure = generation_report(made_up_results(), 100).figure;
    ASSERT_EQ(figure.panels.size(), 1U);
    EXPECT_EQ(figure.panels[0].title, "25 connections, 2 threads");
    ASSERT_EQ(figure.series.size(), EnumNames<Stage>::names.size() + 3);
    const auto& generation = figure.series[EnumNames<Stage>::names.size()];
    EXPECT_EQ(generation.name, "generation");
    EXPECT_EQ(generation.points, (std::vector<std::pair<double, double>>{{1000.0, 6e-4}, {100'000.0, 0.064}}));
}

}  // namespace
}  // namespace clade::bench
