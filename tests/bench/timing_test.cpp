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

}  // namespace
}  // namespace clade::bench
