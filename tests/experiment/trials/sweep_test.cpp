// What --vary means, grids and samples; comparing sets; a sweep's folder.
#include "tests/support/folder_test.hpp"

#include <clade/evaluation/tasks/builtin_tasks.hpp>
#include <clade/experiment/trials/sweep.hpp>
#include <clade/experiment/trials/trials_comparison.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace clade {
namespace {

std::string refusal(const std::vector<std::string>& texts) {
    try {
        (void)parse_varied_keys(texts);
    } catch (const InputError& error) {
        return error.what();
    }
    return "";
}

const auto never_whole = [](const std::string&) { return false; };

TEST(VariedKey, SplitsValuesButNotListsAndTexts) {
    const VariedKey key = parse_varied_key("a.b=1,[2, 3],'x,y',{c: 4, d: 5},six");
    EXPECT_EQ(key.key, "a.b");
    EXPECT_EQ(key.values, (std::vector<std::string>{"1", "[2, 3]", "'x,y'", "{c: 4, d: 5}", "six"}));
    EXPECT_FALSE(key.is_range());
}

TEST(VariedKey, ReadsRanges) {
    const VariedKey even = parse_varied_key("a=-1.5..3");
    EXPECT_TRUE(even.is_range());
    EXPECT_EQ(even.low, -1.5);
    EXPECT_EQ(even.high, 3.0);
    EXPECT_FALSE(even.logarithmic);
    EXPECT_TRUE(parse_varied_key("a=1e-3..10:log").logarithmic);
}

TEST(VariedKey, SaysEverythingThatIsWrong) {
    EXPECT_EQ(refusal({"a", "=1", "b=1,,2", "c=1,1", "d=2..1", "e=0..1:log", "f=1..x", "g=1", "g=2"}),
              "--vary a: must be KEY=VALUES, such as evolution.population_size=100,200\n"
              "--vary =1: must be KEY=VALUES, such as evolution.population_size=100,200\n"
              "--vary b=1,,2: a value is missing\n"
              "--vary c=1,1: '1' stands there twice\n"
              "--vary d=2..1: the second number of a range must be the larger\n"
              "--vary e=0..1:log: a logarithmic range must begin above 0\n"
              "--vary f=1..x: a range is two numbers, such as 0.1..10 or 0.1..10:log\n"
              "--vary g=2: this key is varied twice");
}

TEST(SweepGrid, HasEveryCombinationOnce) {
    const auto keys = parse_varied_keys({"a=1,2", "b=x,y,z"});
    const std::vector<Combination> expected{{"1", "x"}, {"1", "y"}, {"1", "z"}, {"2", "x"}, {"2", "y"}, {"2", "z"}};
    EXPECT_EQ(grid(keys, 6), expected);
    EXPECT_THROW((void)grid(keys, 5), InputError);
    EXPECT_THROW((void)grid(parse_varied_keys({"a=1..2"}), 100), InputError);
}

TEST(SweepSample, TakesEachCombinationAtMostOnceAndRepeatsWithItsSeed) {
    const auto keys = parse_varied_keys({"a=1,2,3", "b=x,y,z"});
    std::set<std::vector<Combination>> samples;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto drawn = sample(keys, 4, seed, never_whole);
        EXPECT_EQ(std::set(drawn.begin(), drawn.end()).size(), 4U);
        EXPECT_EQ(sample(keys, 4, seed, never_whole), drawn);
        samples.insert(drawn);
    }
    EXPECT_GT(samples.size(), 15U);
    auto all = sample(keys, 100, 1, never_whole);
    std::sort(all.begin(), all.end());
    EXPECT_EQ(all, grid(keys, 9));
}

TEST(SweepSample, DrawsEvenlyOnTheScaleOfARange) {
    const auto keys = parse_varied_keys({"even=0..10", "log=0.01..100:log"});
    std::size_t low_half = 0;
    std::size_t low_decades = 0;
    constexpr std::size_t count = 400;
    for (const Combination& combination : sample(keys, count, 1, never_whole)) {
        const double even = std::stod(combination[0]);
        const double logarithmic = std::stod(combination[1]);
        EXPECT_TRUE(even >= 0.0 && even <= 10.0) << even;
        EXPECT_TRUE(logarithmic >= 0.01 && logarithmic <= 100.0) << logarithmic;
        low_half += even < 5.0 ? 1 : 0;
        low_decades += logarithmic < 1.0 ? 1 : 0;
    }
    // Four standard deviations of a binomial count.
    EXPECT_NEAR(static_cast<double>(low_half), count / 2.0, 4.0 * std::sqrt(count) / 2.0);
    EXPECT_NEAR(static_cast<double>(low_decades), count / 2.0, 4.0 * std::sqrt(count) / 2.0);
}

TEST(SweepSample, RoundsWhereAKeyTakesWholeNumbers) {
    const auto whole = [](const std::string& key) { return key == "a"; };
    const auto drawn = sample(parse_varied_keys({"a=1..3"}), 10, 1, whole);
    EXPECT_EQ(std::set(drawn.begin(), drawn.end()), (std::set<Combination>{{"1"}, {"2"}, {"3"}}));
}

std::vector<TrialResult> results(const std::vector<std::uint64_t>& evaluations, std::size_t unsolved, double fitness) {
    std::vector<TrialResult> all;
    for (const std::uint64_t count : evaluations) {
        all.push_back({.run = {}, .outcome = "solved", .solved = true, .evaluations = count, .fitness = fitness});
    }
    for (std::size_t i = 0; i < unsolved; ++i) {
        all.push_back({.run = {}, .outcome = "generations", .evaluations = 10, .fitness = fitness});
    }
    return all;
}

TEST(TrialsComparison, RanksUnsolvedTrialsLastWhateverTheyCost) {
    const TrialsComparison comparison =
        compare_trials({results({100, 200}, 0, 1.0), results({300}, 1, 1.0)}, FitnessDirection::maximise);
    EXPECT_EQ(comparison.rank, TrialRank::evaluations);
    ASSERT_EQ(comparison.pairs.size(), 1U);
    EXPECT_DOUBLE_EQ(comparison.pairs[0].ranks.a12, 1.0);
    EXPECT_DOUBLE_EQ(comparison.ranked[0].median, 150.0);
    EXPECT_TRUE(std::isinf(comparison.ranked[1].median));
}

TEST(TrialsComparison, TurnsToFitnessWhereNothingIsSolved) {
    for (const FitnessDirection direction : {FitnessDirection::maximise, FitnessDirection::minimise}) {
        const TrialsComparison comparison = compare_trials({results({}, 3, 5.0), results({}, 3, 4.0)}, direction);
        EXPECT_EQ(comparison.rank, TrialRank::fitness);
        EXPECT_DOUBLE_EQ(comparison.pairs[0].ranks.a12, direction == FitnessDirection::maximise ? 1.0 : 0.0);
        EXPECT_DOUBLE_EQ(comparison.ranked[0].median, 5.0);
    }
}

TEST(TrialsComparison, CorrectsForTheNumberOfPairs) {
    const auto a = results({1, 2, 3, 4, 5, 6}, 0, 1.0);
    const auto b = results({11, 12, 13, 14, 15, 16}, 0, 1.0);
    const auto c = results({}, 6, 1.0);
    const TrialsComparison comparison = compare_trials({a, b, c}, FitnessDirection::maximise);
    ASSERT_EQ(comparison.pairs.size(), 3U);
    EXPECT_EQ(comparison.pairs[1].a, 0U);
    EXPECT_EQ(comparison.pairs[1].b, 2U);
    const double alone = compare_trials({a, b}, FitnessDirection::maximise).pairs[0].ranks_p;
    EXPECT_NEAR(alone, 2.0 / 924.0, 1e-12);  // of 12 choose 6
    EXPECT_GE(comparison.pairs[0].ranks_p, alone * 2.0);
    EXPECT_NEAR(comparison.pairs[1].success_p, 3.0 * 2.0 / 924.0, 1e-9);
    EXPECT_DOUBLE_EQ(comparison.pairs[0].success_p, 1.0);
}

class SweepFolder : public FolderTest {
protected:
    const Vocabulary vocabulary_{builtin_tasks(), {}};
};

TEST_F(SweepFolder, IsOpenedAsItWasMade) {
    Sweep made{
        .folder = folder_, .name = "xor", .keys = {"evolution.population_size"}, .combinations = {{"50"}, {"60"}}};
    for (const Combination& combination : made.combinations) {
        ExperimentConfig config = load_config({CLADE_SOURCE_DIR "/configs/xor.yaml",
                                               {"seed=3", made.keys[0] + "=" + combination[0]},
                                               vocabulary_.tasks,
                                               vocabulary_.functions});
        made.sets.push_back({.folder = {}, .config = config, .trials = 2});
    }
    create_sweep(made);
    const Sweep opened = open_sweep(folder_, vocabulary_, {});
    EXPECT_EQ(opened.name, made.name);
    EXPECT_EQ(opened.keys, made.keys);
    EXPECT_EQ(opened.combinations, made.combinations);
    ASSERT_EQ(opened.sets.size(), 2U);
    EXPECT_EQ(opened.sets[1].config.evolution.population_size, 60);
    EXPECT_EQ(opened.sets[1].trials, 2U);
    EXPECT_EQ(opened.sets[1].seed(0), 3U);
    replace_file(folder_ / "sweep.json", std::string_view("{}"));
    EXPECT_THROW((void)open_sweep(folder_, vocabulary_, {}), FormatError);
    std::filesystem::remove(folder_ / "sweep.json");
    EXPECT_THROW((void)open_sweep(folder_, vocabulary_, {}), InputError);
}

}  // namespace
}  // namespace clade
