// The kernels of data sets against plain double arithmetic, and each SIMD level against the others.
#include <clade/evaluation/tasks/data/data_kernels_internal.hpp>

#include <clade/core/random/random.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace clade {
namespace {

constexpr std::array kernel_levels{SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512};

/// Rows of random outputs and labels, some outputs equal.
struct Rows {
    Rows(std::size_t row_count, std::size_t class_count) {
        Stream stream({row_count, 0, Purpose::episode}, class_count);
        for (std::size_t i = 0; i < row_count * class_count; ++i) {
            outputs.push_back(static_cast<float>(static_cast<int>(stream.below(41)) - 20) * 0.25F);
        }
        for (std::size_t i = 0; i < row_count; ++i) {
            label.push_back(stream.below(static_cast<std::uint32_t>(class_count)));
        }
        for (std::size_t c = 0; c < class_count; ++c) weight.push_back(0.5F + static_cast<float>(c));
    }

    [[nodiscard]] ClassifiedRows view() const {
        return {.outputs = outputs.data(),
                .label = label.data(),
                .class_weight = weight.data(),
                .row_count = label.size(),
                .class_count = weight.size(),
                .sharpness = 1.5F};
    }

    std::vector<float> outputs;
    std::vector<std::uint32_t> label;
    std::vector<float> weight;
};

ClassificationSums in_doubles(const Rows& rows) {
    ClassificationSums sums{0.0, 0.0, 0.0, true};
    const std::size_t count = rows.label.size();
    for (std::size_t row = 0; row < count; ++row) {
        double total = 0.0;
        std::size_t said = 0;
        for (std::size_t c = 0; c < rows.weight.size(); ++c) {
            total += std::exp(1.5 * double{rows.outputs[c * count + row]});
            if (rows.outputs[c * count + row] > rows.outputs[said * count + row]) said = c;
        }
        const auto weight = double{rows.weight[rows.label[row]]};
        const double wanted = 1.5 * double{rows.outputs[rows.label[row] * count + row]};
        sums.weight += weight;
        sums.entropy += weight * (std::log(total) - wanted);
        sums.right += said == rows.label[row] ? weight : 0.0;
    }
    return sums;
}

TEST(DataKernels, SumWhatDoublePrecisionSums) {
    for (const std::size_t classes : {2U, 3U, 10U}) {
        for (const std::size_t count : {1U, 15U, 16U, 17U, 455U}) {
            const Rows rows(count, classes);
            const ClassificationSums expected = in_doubles(rows);
            for (const SimdLevel level : kernel_levels) {
                const ClassificationSums sums = data_kernels_at(level).classification_sums(rows.view());
                EXPECT_TRUE(sums.finite);
                EXPECT_DOUBLE_EQ(sums.weight, expected.weight);
                EXPECT_DOUBLE_EQ(sums.right, expected.right) << "ties go to the first class";
                EXPECT_NEAR(sums.entropy, expected.entropy, 1e-6 * expected.entropy + 1e-6);
            }
        }
    }
}

TEST(DataKernels, GiveTheSameBitsAtEverySimdLevel) {
    for (const std::size_t count : {1U, 7U, 16U, 100U, 1001U}) {
        const Rows rows(count, 5);
        const std::vector<double> targets(rows.outputs.end() - static_cast<std::ptrdiff_t>(count), rows.outputs.end());
        const EstimatedRows estimates{.outputs = rows.outputs.data(),
                                      .targets = targets.data(),
                                      .row_count = count,
                                      .offset = 0.1,
                                      .scale = 1.0 / 3.0};
        const ClassificationSums first = data_kernels_at(SimdLevel::baseline).classification_sums(rows.view());
        const double error = data_kernels_at(SimdLevel::baseline).squared_error(estimates);
        for (const SimdLevel level : kernel_levels) {
            EXPECT_EQ(data_kernels_at(level).classification_sums(rows.view()).entropy, first.entropy);
            EXPECT_EQ(data_kernels_at(level).squared_error(estimates), error);
        }
    }
}

TEST(DataKernels, SumSquaredErrorsOfScaledOutputs) {
    const std::vector<float> outputs(19, 2.0F);
    std::vector<double> targets(19, 6.0);
    targets.back() = 9.0;
    for (const SimdLevel level : kernel_levels) {
        EXPECT_EQ(data_kernels_at(level).squared_error({outputs.data(), targets.data(), 19, 1.0, 2.0}), 18.0 + 16.0);
    }
}

TEST(DataKernels, FindAnOutputThatIsNotFiniteWhereverItIs) {
    for (const float bad : {std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity(),
                            std::numeric_limits<float>::quiet_NaN()}) {
        for (const std::size_t at : {0U, 15U, 16U, 18U, 19U, 37U, 56U}) {  // of 19 rows and 3 classes
            Rows rows(19, 3);
            rows.outputs[at] = bad;
            for (const SimdLevel level : kernel_levels) {
                EXPECT_FALSE(data_kernels_at(level).classification_sums(rows.view()).finite) << at;
            }
        }
    }
}

}  // namespace
}  // namespace clade
