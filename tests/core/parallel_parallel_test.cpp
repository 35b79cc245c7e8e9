#include <clade/core/parallel.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <vector>

namespace clade {
namespace {

class ParallelWith : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Threads, ParallelWith, testing::Values(1, 2, 3, 8));

TEST_P(ParallelWith, VisitsEveryIndexExactlyOnce) {
    const Parallel parallel(GetParam());
    for (const std::size_t count : {0U, 1U, 2U, 63U, 64U, 65U, 1000U, 100001U}) {
        for (const std::size_t grain : {1U, 64U, 100000U}) {
            std::vector<int> visits(count, 0);
            parallel.for_ranges(count, grain, [&](std::size_t begin, std::size_t end, std::size_t) {
                ASSERT_LT(begin, end);
                for (std::size_t i = begin; i < end; ++i) ++visits[i];
            });
            ASSERT_EQ(std::accumulate(visits.begin(), visits.end(), std::size_t{0}), count);
            for (const int visit : visits) ASSERT_EQ(visit, 1);
        }
    }
}

TEST(ParallelThreads, AreAsManyAsTheSchedulerHasAtMost) {
    testing::internal::CaptureStderr();
    const Parallel parallel(1000);
    std::atomic<std::size_t> done{0};
    parallel.for_ranges(100, 1, [&](std::size_t begin, std::size_t end, std::size_t) { done += end - begin; });
    EXPECT_EQ(parallel.threads(), 256U);
    EXPECT_EQ(done, 100U);
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST_P(ParallelWith, NumbersWorkersBelowTheThreadsAndKeepsThemApart) {
    const Parallel parallel(GetParam());
    ASSERT_EQ(parallel.threads(), static_cast<std::size_t>(GetParam()));
    std::vector<std::atomic<int>> busy(parallel.threads());
    std::atomic<bool> shared{false};
    parallel.for_ranges(20000, 1, [&](std::size_t, std::size_t, std::size_t worker) {
        ASSERT_LT(worker, parallel.threads());
        if (busy[worker].fetch_add(1) != 0) shared = true;
        busy[worker].fetch_sub(1);
    });
    EXPECT_FALSE(shared);
}

TEST_P(ParallelWith, RethrowsTheExceptionOfABody) {
    const Parallel parallel(GetParam());
    const auto throwing = [](std::size_t begin, std::size_t end, std::size_t) {
        if (begin <= 777 && 777 < end) throw std::runtime_error("index 777");
    };
    EXPECT_THROW(parallel.for_ranges(10000, 1, throwing), std::runtime_error);
    std::atomic<std::size_t> done{0};
    parallel.for_ranges(100, 1, [&](std::size_t begin, std::size_t end, std::size_t) { done += end - begin; });
    EXPECT_EQ(done, 100U);
}

TEST_P(ParallelWith, InvokesEachTaskOnceWithLoopsOfTheirOwnWithin) {
    const Parallel parallel(GetParam());
    std::vector<int> calls(7, 0);
    std::atomic<std::size_t> steps{0};
    std::vector<std::function<void()>> tasks;
    for (int& call : calls) {
        tasks.emplace_back([&] {
            ++call;
            parallel.for_ranges(1000, 1,
                                [&](std::size_t begin, std::size_t end, std::size_t) { steps += end - begin; });
        });
    }
    parallel.invoke(tasks);
    EXPECT_EQ(calls, std::vector<int>(7, 1));
    EXPECT_EQ(steps, 7000U);
    tasks.emplace_back([] { throw std::runtime_error("task 7"); });
    EXPECT_THROW(parallel.invoke(tasks), std::runtime_error);
    parallel.invoke({});
}

TEST(Parallel, UsesAllCoresForZero) { EXPECT_GE(Parallel(0).threads(), 1U); }

TEST(Parallel, RunsSmallLoopsInTheCallingThread) {
    const Parallel parallel(8);
    const auto caller = std::this_thread::get_id();
    parallel.for_ranges(64, 64, [&](std::size_t begin, std::size_t end, std::size_t worker) {
        EXPECT_EQ(std::this_thread::get_id(), caller);
        EXPECT_EQ(begin, 0U);
        EXPECT_EQ(end, 64U);
        EXPECT_EQ(worker, 0U);
    });
}

TEST(Parallel, TwoEnginesKeepTheirOwnLimits) {
    const Parallel narrow(2);
    const Parallel wide(8);
    std::atomic<std::size_t> narrow_highest{0};
    const auto note = [](std::atomic<std::size_t>& highest, std::size_t worker) {
        std::size_t seen = highest;
        while (worker > seen && !highest.compare_exchange_weak(seen, worker)) {
        }
    };
    std::thread other([&] {
        wide.for_ranges(5000, 1, [&](std::size_t, std::size_t, std::size_t worker) { ASSERT_LT(worker, 8U); });
    });
    narrow.for_ranges(5000, 1, [&](std::size_t, std::size_t, std::size_t worker) { note(narrow_highest, worker); });
    other.join();
    EXPECT_LT(narrow_highest, 2U);
    EXPECT_EQ(narrow.threads(), 2U);
    EXPECT_EQ(wide.threads(), 8U);
}

TEST(Parallel, LoopsWithinLoopsFinish) {
    const Parallel parallel(3);
    std::atomic<std::size_t> sum{0};
    parallel.for_ranges(20, 1, [&](std::size_t begin, std::size_t end, std::size_t) {
        for (std::size_t i = begin; i < end; ++i) {
            parallel.for_ranges(50, 1, [&](std::size_t b, std::size_t e, std::size_t) { sum += e - b; });
        }
    });
    EXPECT_EQ(sum, 1000U);
}

TEST(Parallel, NeverExceedsTheSimdLevelOfTheProcessor) {
    EXPECT_LE(Parallel(1, SimdLevel::avx512).simd(), best_simd_level());
    EXPECT_EQ(Parallel(1, SimdLevel::baseline).simd(), SimdLevel::baseline);
}

}  // namespace
}  // namespace clade
