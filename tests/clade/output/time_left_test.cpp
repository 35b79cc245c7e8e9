#include "clade/output/time_left.hpp"

#include <gtest/gtest.h>

namespace clade {
namespace {

/// 30 of 100 generations, 10 of them in the 5 seconds of this session, each of 200 evaluations.
constexpr Pace resumed{.generations = 30,
                       .evaluations = 6000,
                       .seconds_before = 20.0,
                       .session_generations = 10,
                       .session_evaluations = 2000,
                       .session_seconds = 5.0};

/// Limits on generations, evaluations and seconds.
StopParams limits(std::optional<std::uint64_t> generations, std::optional<std::uint64_t> evaluations,
                  std::optional<double> seconds) {
    StopParams stop;
    stop.generations = generations;
    stop.evaluations = evaluations;
    stop.seconds = seconds;
    return stop;
}

TEST(SecondsLeft, FollowsThePaceOfThisSession) {
    EXPECT_EQ(seconds_left(limits(100, {}, {}), resumed), 35.0);
    EXPECT_EQ(seconds_left(limits({}, 10'000, {}), resumed), 10.0);
    EXPECT_EQ(seconds_left(limits({}, {}, 60.0), resumed), 35.0);
}

TEST(SecondsLeft, IsThatOfTheRuleThatEndsTheRunFirst) {
    EXPECT_EQ(seconds_left(limits(100, 10'000, 60.0), resumed), 10.0);
    EXPECT_EQ(seconds_left(limits(32, 10'000, 60.0), resumed), 1.0);
}

TEST(SecondsLeft, IsNeverNegative) { EXPECT_EQ(seconds_left(limits(30, 1, 1.0), resumed), 0.0); }

TEST(SecondsLeft, IsUnknownWithoutALimitOrAPace) {
    EXPECT_EQ(seconds_left(limits({}, {}, {}), resumed), std::nullopt);
    EXPECT_EQ(seconds_left(limits(100, 10'000, {}), Pace{}), std::nullopt);
    EXPECT_EQ(seconds_left(limits(100, {}, 60.0), Pace{}), 60.0);
}

TEST(RoughTime, IsInWholeSecondsRoundedUp) {
    EXPECT_EQ(rough_time(0.0), "0 s");
    EXPECT_EQ(rough_time(0.2), "1 s");
    EXPECT_EQ(rough_time(59.5), "1 min 0 s");
    EXPECT_EQ(rough_time(191.4), "3 min 12 s");
}

}  // namespace
}  // namespace clade
