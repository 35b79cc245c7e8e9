#include "bench/timing.hpp"

#include <gtest/gtest.h>

namespace clade::bench {
namespace {

TEST(Timing, MedianOfAnOddNumberIsTheMiddleOne) {
    const Timing timing = timing_of({5.0, 1.0, 3.0});
    EXPECT_EQ(timing.median, 3.0);
    EXPECT_EQ(timing.mean, 3.0);
    EXPECT_EQ(timing.min, 1.0);
}

TEST(Timing, MedianOfAnEvenNumberLiesBetweenTheMiddleTwo) { EXPECT_EQ(timing_of({8.0, 1.0, 2.0, 4.0}).median, 3.0); }

TEST(Timing, TheFirstRepetitionIsNotCounted) {
    int prepared = 0;
    int worked = 0;
    EXPECT_EQ(time_calls(
                  10, [&] { ++prepared; }, [&] { ++worked; })
                  .size(),
              9U);
    EXPECT_EQ(prepared, 10);
    EXPECT_EQ(worked, 10);
}

TEST(Timing, ShortCallsAreRepeatedAndGiveTheTimeOfOne) {
    volatile int calls = 0;  // is written each time
    const auto seconds = time_short_calls(3, 1e-3, [&] { calls = calls + 1; });
    EXPECT_EQ(seconds.size(), 2U);
    EXPECT_GT(calls, 1000);
    for (const double value : seconds) EXPECT_LT(value, 1e-5);
}

TEST(Timing, IsSaidInAUnitThatFits) {
    EXPECT_EQ(time_text(1.234e-9), "1.23 ns");
    EXPECT_EQ(time_text(1.234e-6), "1.23 us");
    EXPECT_EQ(time_text(0.1234), "123 ms");
    EXPECT_EQ(time_text(12.34), "12.3 s");
}

}  // namespace
}  // namespace clade::bench
