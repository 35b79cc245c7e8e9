// A row's new value depends on key, row and old value alone.
#include <clade/core/genome/attribute.hpp>
#include <clade/core/random/xoshiro_internal.hpp>

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

namespace clade {
namespace {

std::vector<AttributeParams> every_kind() {
    AttributeParams normal;
    normal.distribution = Distribution::normal;
    normal.perturb_distribution = PerturbDistribution::uniform;
    normal.perturb_rate = 0.9;
    normal.replace_rate = 0.1;
    normal.min = -8.0;
    normal.max = 8.0;
    std::vector<AttributeParams> kinds(6, normal);
    kinds[1].distribution = Distribution::uniform;
    kinds[2].perturb_distribution = PerturbDistribution::normal;
    kinds[3] = kinds[1];
    kinds[3].perturb_distribution = PerturbDistribution::normal;
    kinds[3].perturb_rate = 0.3;
    kinds[4].distribution = Distribution::choice;
    kinds[4].values = {-1.0, 0.5, 2.0};
    kinds[4].perturb_rate = 0.0;
    kinds[5] = kinds[4];
    for (int i = 0; i < 40; ++i) kinds[5].values.push_back(0.1 * i);
    return kinds;
}

constexpr SimdLevel levels[] = {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512};
const RandomKey key{77, 5, Purpose::mutate_bias};

std::vector<float> reference(const AttributeParams& params, std::size_t count, bool mutation) {
    std::vector<float> column(count);
    initialise(column, 0, params, key, SimdLevel::baseline);
    if (mutation) mutate(column, 0, params, key, SimdLevel::baseline);
    return column;
}

bool same_bits(std::span<const float> a, std::span<const float> b) {
    return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
}

TEST(AttributeKernels, GiveTheSameBitsAtEverySimdLevel) {
    for (const AttributeParams& params : every_kind()) {
        const auto born = reference(params, 10007, false);
        const auto changed = reference(params, 10007, true);
        for (const SimdLevel level : levels) {
            std::vector<float> column(10007);
            initialise(column, 0, params, key, level);
            EXPECT_TRUE(same_bits(column, born)) << name_of(level);
            mutate(column, 0, params, key, level);
            EXPECT_TRUE(same_bits(column, changed)) << name_of(level);
        }
    }
}

TEST(AttributeKernels, GiveTheSameBitsForAnySplitOfTheRange) {
    for (const AttributeParams& params : every_kind()) {
        const auto whole = reference(params, 2500, true);
        for (const SimdLevel level : levels) {
            for (const std::size_t piece : {1U, 3U, 16U, 31U, 33U, 100U, 777U, 1023U, 1024U, 1025U, 2048U}) {
                std::vector<float> column(2500);
                for (std::size_t begin = 0; begin < column.size(); begin += piece) {
                    const std::size_t size = std::min<std::size_t>(piece, column.size() - begin);
                    initialise(std::span(column).subspan(begin, size), begin, params, key, level);
                    mutate(std::span(column).subspan(begin, size), begin, params, key, level);
                }
                ASSERT_TRUE(same_bits(column, whole)) << name_of(level) << " pieces of " << piece;
            }
        }
    }
}

TEST(AttributeKernels, LeaveRowsOutsideTheRangeAlone) {
    for (const AttributeParams& params : every_kind()) {
        const auto whole = reference(params, 3000, false);
        for (const std::size_t begin : {1U, 15U, 16U, 63U, 1008U, 1023U, 1024U, 1025U}) {
            for (const std::size_t size : {0U, 1U, 2U, 17U, 1023U, 1024U, 1025U, 1900U}) {
                std::vector<float> column(3000, 99.0F);
                initialise(std::span(column).subspan(begin, size), begin, params, key);
                for (std::size_t row = 0; row < column.size(); ++row) {
                    const bool inside = row >= begin && row < begin + size;
                    ASSERT_EQ(column[row], inside ? whole[row] : 99.0F) << begin << ' ' << size << ' ' << row;
                }
            }
        }
    }
}

TEST(AttributeKernels, GiveTheSameBitsForAnyNumberOfThreads) {
    constexpr std::size_t count = 200001;
    for (const AttributeParams& params : every_kind()) {
        const auto whole = reference(params, count, true);
        for (const int threads : {1, 2, 3, 8}) {
            const Parallel parallel(threads);
            std::vector<float> column(count);
            const std::span<float> all(column);
            initialise(parallel, all.first(5), 0, params, key);
            initialise(parallel, all.subspan(5), 5, params, key);
            mutate(parallel, all.first(100), 0, params, key);
            mutate(parallel, all.subspan(100), 100, params, key);
            ASSERT_TRUE(same_bits(column, whole)) << threads;
        }
    }
}

TEST(AttributeKernels, GiveTheSameBitsBeyondTheFirstFourBillionRows) {
    const std::size_t far = (std::size_t{1} << 36) + 5;
    for (const AttributeParams& params : every_kind()) {
        std::vector<float> near_column(200);
        std::vector<float> baseline(200);
        initialise(near_column, 5, params, key, SimdLevel::baseline);
        initialise(baseline, far, params, key, SimdLevel::baseline);
        EXPECT_FALSE(same_bits(baseline, near_column));
        for (const SimdLevel level : levels) {
            std::vector<float> column(200);
            initialise(column, far, params, key, level);
            EXPECT_TRUE(same_bits(column, baseline)) << name_of(level);
        }
    }
}

TEST(AttributeKernels, GiveEachRowTheWordOfItsSequence) {
    AttributeParams params;
    params.distribution = Distribution::uniform;
    params.low = 0.0;
    params.high = 1.0;
    std::vector<float> column(3000);
    initialise(column, 0, params, key);
    for (std::uint32_t sequence = 0; sequence < 48; ++sequence) {
        const RandomBlock begin = threefry4x32({sequence, 0, 0, 0}, key.words(), threefry_rounds);
        XoshiroState<std::uint32_t> state{begin[0], begin[1], begin[2], begin[3]};
        for (std::size_t row = sequence / 16 * 1024 + sequence % 16; row < (sequence / 16 + 1) * 1024; row += 16) {
            const float expected = static_cast<float>(xoshiro_next(state) >> 1) * 0x1p-31F;
            if (row < column.size()) {
                ASSERT_EQ(column[row], expected) << row;
            }
        }
    }
}

TEST(AttributeKernels, MutateABirthValueAsTheyMutateAColumnOfIt) {
    for (const AttributeParams& params : every_kind()) {
        for (const SimdLevel level : levels) {
            std::vector<float> filled(5000, 0.5F);
            mutate(filled, 700, params, key, level);
            std::vector<float> created(5000, 99.0F);
            initialise_mutated(created, 700, 0.5F, params, key, level);
            EXPECT_TRUE(same_bits(created, filled)) << name_of(level);
            std::vector<float> in_parallel(5000, 99.0F);
            initialise_mutated(Parallel(3, level), in_parallel, 700, 0.5F, params, key);
            EXPECT_TRUE(same_bits(in_parallel, filled)) << name_of(level);
        }
    }
}

TEST(AttributeKernels, DoNothingForNoRows) {
    const std::span<float> none;
    initialise(none, 0, {}, key);
    mutate(none, 17, {}, key);
    initialise(Parallel(2), none, 0, {}, key);
    mutate(Parallel(2), none, 0, {}, key);
}

}  // namespace
}  // namespace clade
