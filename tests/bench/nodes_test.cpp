#include "bench/nodes.hpp"
#include "bench/nodes_report.hpp"
#include "bench/other_systems.hpp"
#include "tests/support/prose.hpp"
#include "tests/support/say_nothing.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace clade::bench {
namespace {

NodesRow row(std::string system, std::size_t n, double median) {
    return {std::move(system), n, 1, {median, median, median}};
}

NodesResults results() {
    return {.rows = {row("clade", 1000, 1e-6), row("fill", 1000, 5e-7), row("clade-fresh", 1000, 2e-6),
                     row("fill-fresh", 1000, 2e-6), row("python", 1000, 1e-2), row("numba", 1000, 1e-3)},
            .versions = {{"python", "3.11"}},
            .absent = {{"julia", "Julia is not installed"}}};
}

TEST(Nodes, TimesEverySystemOfCladeForEachCount) {
    const auto rows = time_clade_nodes({.counts = {1, 5000}, .repetitions = 3, .parallel = Parallel(2)}, say_nothing);
    std::vector<std::string> systems;
    for (const NodesRow& r : rows) {
        systems.push_back(r.system + " " + std::to_string(r.n));
        EXPECT_GE(r.timing.min, 0.0);
        EXPECT_LE(r.timing.min, r.timing.median);
        EXPECT_EQ(r.threads, 2U);
    }
    EXPECT_EQ(systems, (std::vector<std::string>{"clade 1", "fill 1", "clade-fresh 1", "fill-fresh 1", "clade 5000",
                                                 "fill 5000", "clade-fresh 5000", "fill-fresh 5000"}));
}

TEST(NodesReport, HoldsARowAMeasurement) {
    const Report report = nodes_report(results(), 100);
    ASSERT_EQ(report.rows.size(), 6U);
    EXPECT_EQ(report.rows[0].dump(),
              R"({"system":"clade","n":1000,"threads":1,"median_s":1e-06,"mean_s":1e-06,"min_s":1e-06})");
    EXPECT_EQ(rows_csv(report.rows).substr(0, 40), "system,n,threads,median_s,mean_s,min_s\nc");
}

TEST(NodesReport, GivesRatiosToPurePythonBesideThePublishedOnes) {
    const std::string text = nodes_report(results(), 100).text;
    EXPECT_NE(text.find("nodes  clade  clade-fresh  numba  seed's numba  seed's julia"), std::string::npos) << text;
    EXPECT_NE(text.find(" 1000  10000         5000     10          31.2          20.3"), std::string::npos) << text;
}

TEST(NodesReport, SaysWhatFractionOfTheBandwidthIsReached) {
    EXPECT_NE(nodes_report(results(), 200).text.find("clade takes 2.00 times that: 50 % of the bandwidth"),
              std::string::npos);
}

TEST(NodesReport, BreaksItsProseWhereTheTerminalEnds) {
    EXPECT_LE(longest_prose_line(nodes_report(results(), 70).text), 70U);
}

TEST(NodesReport, NamesAbsentSystemsAndGuessesNothing) {
    const Report report = nodes_report(results(), 100);
    EXPECT_NE(report.text.find("julia: absent, Julia is not installed"), std::string::npos);
    EXPECT_EQ(report.facts["absent"]["julia"], "Julia is not installed");
    for (const auto& r : report.rows) EXPECT_NE(r["system"], "julia");
}

TEST(OtherSystems, AreAbsentWithAReasonWhereTheirInterpreterIs) {
    const std::string path = std::getenv("PATH");
    setenv("PATH", "/usr/sbin", 1);
    const OtherSystemResult result = time_other_system("julia", {.counts = {1}, .repetitions = 2}, say_nothing);
    setenv("PATH", path.c_str(), 1);
    EXPECT_TRUE(result.rows.empty());
    EXPECT_EQ(result.absent, "Julia is not installed");
}

TEST(OtherSystems, AreTimedWithTheSameCountsAndDiscardRule) {
    for (const std::string_view system : other_systems()) {
        const OtherSystemResult result = time_other_system(system, {.counts = {1, 50}, .repetitions = 3}, say_nothing);
        if (!result.absent.empty()) continue;  // not installed here
        ASSERT_EQ(result.rows.size(), 2U) << system;
        EXPECT_EQ(result.rows[1].n, 50U);
        EXPECT_GT(result.rows[1].timing.min, 0.0);
        EXPECT_FALSE(result.versions.empty());
    }
}

}  // namespace
}  // namespace clade::bench
