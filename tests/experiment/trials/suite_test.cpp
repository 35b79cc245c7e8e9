// What a suite records, and what it takes for a difference.
#include <clade/experiment/trials/suite.hpp>

#include "tests/support/messages.hpp"

#include <gtest/gtest.h>

namespace clade {
namespace {

/// Ten trials, of which so many are solved, the first after `evaluations` and each next one after one more.
SuiteResult solved_of_ten(const std::string& name, std::size_t solved, std::uint64_t evaluations = 1000) {
    SuiteResult result{.name = name};
    for (std::size_t i = 0; i < 10; ++i) {
        result.trials.push_back({.seed = i + 1, .solved = i < solved, .evaluations = evaluations + i});
    }
    return result;
}

/// Ten trials without a criterion, of accuracies around `mean`.
SuiteResult measured(double mean) {
    SuiteResult result{.name = "iris", .has_criterion = false, .measure = "test accuracy"};
    for (int i = 0; i < 10; ++i) {
        result.trials.push_back({.seed = 1, .evaluations = 10, .value = mean + 0.001 * static_cast<double>(i)});
    }
    return result;
}

TEST(RecordedTable, ReadsBackWhatItWrites) {
    const std::vector<SuiteResult> results{solved_of_ten("xor", 7), measured(0.9)};
    const std::string text = recorded_to_csv(results);
    EXPECT_TRUE(text.starts_with("configuration,seed,solved,evaluations,measure,value\nxor,1,1,1000,,\n")) << text;
    const std::vector<SuiteResult> read = recorded_from_csv(text, "recorded.csv");
    ASSERT_EQ(read.size(), 2U);
    EXPECT_EQ(recorded_to_csv(read), text);
    EXPECT_TRUE(all_as_recorded(results, read));
    EXPECT_EQ(read[1].measure, "test accuracy");
    EXPECT_FALSE(read[1].has_criterion);
}

TEST(RecordedTable, SaysInWhichLineItIsDamaged) {
    const std::string head = "configuration,seed,solved,evaluations,measure,value\n";
    const auto said = [&](const std::string& rows) {
        return message_of([&] { (void)recorded_from_csv(head + rows, "r.csv"); });
    };
    const std::string way_out = "; write it anew with 'clade suite --record'";
    EXPECT_EQ(said("xor,1,1,1000,,\nxor,2,yes,1000,,\n"), "r.csv:3: solved must be 0, 1 or empty, got 'yes'" + way_out);
    EXPECT_EQ(said("xor,1,1,1000,\n"), "r.csv:2: must have six fields" + way_out);
    EXPECT_EQ(said("xor,1,1,1000,,,\n"), "r.csv:2: must have six fields" + way_out);
    EXPECT_EQ(said("xor,x,1,1000,,\n"), "r.csv:2: must be a number, got 'x'" + way_out);
    EXPECT_EQ(said("xor,1,1,,,\n"), "r.csv:2: must be a number, got ''" + way_out);
    EXPECT_EQ(said("a,1,1,9,,\nb,1,1,9,,\na,2,1,9,,\n"),
              "r.csv:4: the trials of a configuration must follow each other" + way_out);
    EXPECT_EQ(said("a,1,1,9,,\na,2,,9,,\n"),
              "r.csv:3: all trials of a configuration must be judged by the same" + way_out);
    EXPECT_NE(message_of([] { (void)recorded_from_csv("", "r.csv"); }).find("r.csv:1: the header must be"),
              std::string::npos);
    EXPECT_NE(message_of([] { (void)recorded_to_csv({solved_of_ten("a,b", 1)}); }).find("got 'a,b'"),
              std::string::npos);
}

TEST(SuiteComparison, TellsFewerSolvedTrialsOnlyBeyondChance) {
    const auto compared = [](std::size_t now) {
        return compare_suites({solved_of_ten("xor", now)}, {solved_of_ten("xor", 10)});
    };
    EXPECT_TRUE(compared(10).empty());
    EXPECT_TRUE(compared(9).empty());
    const auto differences = compared(3);
    ASSERT_EQ(differences.size(), 1U) << "not also that they need more evaluations";
    EXPECT_EQ(differences[0].name, "xor");
    EXPECT_EQ(differences[0].aspect, SuiteAspect::solved);
    EXPECT_TRUE(differences[0].is_worse);
    EXPECT_NEAR(differences[0].p, 0.0031, 1e-4);
}

TEST(SuiteComparison, TellsAFallOfAllTogetherThatNoConfigurationShowsAlone) {
    std::vector<SuiteResult> now;
    std::vector<SuiteResult> then;
    for (const char* name : {"a", "b", "c", "d", "e", "f"}) {
        now.push_back(solved_of_ten(name, 7));
        then.push_back(solved_of_ten(name, 10));
    }
    const auto differences = compare_suites(now, then);
    ASSERT_FALSE(differences.empty());
    EXPECT_EQ(differences[0].name, "");
    EXPECT_TRUE(differences[0].is_worse);
    const auto better = compare_suites(then, now);
    ASSERT_FALSE(better.empty());
    EXPECT_FALSE(better[0].is_worse);
}

TEST(SuiteComparison, TellsMoreEvaluationsAndLowerMeasures) {
    const auto slower = compare_suites({solved_of_ten("xor", 10, 5000)}, {solved_of_ten("xor", 10)});
    ASSERT_EQ(slower.size(), 1U);
    EXPECT_EQ(slower[0].aspect, SuiteAspect::evaluations);
    EXPECT_TRUE(slower[0].is_worse);
    const auto lower = compare_suites({measured(0.8)}, {measured(0.9)});
    ASSERT_EQ(lower.size(), 1U);
    EXPECT_EQ(lower[0].aspect, SuiteAspect::measure);
    EXPECT_TRUE(lower[0].is_worse);
    EXPECT_FALSE(compare_suites({measured(0.9)}, {measured(0.8)})[0].is_worse);
}

TEST(SuiteComparison, LeavesOutWhatIsNotRecordedOrJudgedOtherwise) {
    EXPECT_TRUE(compare_suites({solved_of_ten("xor", 0)}, {solved_of_ten("parity", 10)}).empty());
    EXPECT_TRUE(compare_suites({solved_of_ten("iris", 0)}, {measured(0.9)}).empty());
    EXPECT_FALSE(all_as_recorded({solved_of_ten("xor", 0)}, {}));
    EXPECT_FALSE(all_as_recorded({solved_of_ten("xor", 0)}, {solved_of_ten("xor", 1)}));
}

TEST(SuiteResult, IsJudgedByTheFirstMeasureThatAllChampionsHave) {
    const TrialResult one{.seed = 1, .has_criterion = false, .measures = {{"test R2", 0.5}, {"test accuracy", 0.9}}};
    const TrialResult other{.seed = 2, .has_criterion = false, .measures = {{"test R2", 0.7}}};
    EXPECT_EQ(suite_result("a", {one, one}).measure, "test accuracy");
    EXPECT_EQ(suite_result("a", {one, other}).measure, "test R2");
    EXPECT_DOUBLE_EQ(suite_result("a", {one, other}).values().mean, 0.6);
    const TrialResult unknown{.seed = 3, .has_criterion = false};
    EXPECT_EQ(suite_result("a", {unknown}).measure, "");
}

}  // namespace
}  // namespace clade
