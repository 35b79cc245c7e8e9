// Vectorised sums over rows, for the measures of data tasks.
//
// Row r adds to partial sum r % 16, and the sixteen are added up in their order: the same order, so the same bits, at
// every SIMD level.
#pragma once

#include <clade/core/kernels_internal.hpp>

#include <cstddef>
#include <cstdint>

namespace clade {

/// Outputs of a network for rows of known classes.
struct ClassifiedRows {
    const float* outputs;        ///< [class_count][row_count]
    const std::uint32_t* label;  ///< [row_count], below class_count
    const float* class_weight;   ///< [class_count]
    std::size_t row_count;
    std::size_t class_count;
    float sharpness;  ///< outputs are multiplied by this before the softmax
};

/// Each row counts by its class's weight. If any output is not finite, nothing but `finite` has a meaning.
struct ClassificationSums {
    double weight;
    double entropy;  ///< of -ln(probability of the row's class)
    double right;    ///< of the rows whose largest output, the first of equal ones, is that of their class
    bool finite;
};

/// Outputs of a network for one target.
struct EstimatedRows {
    const float* outputs;   ///< [row_count]
    const double* targets;  ///< [row_count]
    std::size_t row_count;
    double offset;
    double scale;  ///< the estimate is offset + scale x output
};

/// The kernels of one SIMD level.
struct DataKernels {
    ClassificationSums (*classification_sums)(const ClassifiedRows& rows);

    /// Sum of the squared errors; NaN or infinite if an output is.
    double (*squared_error)(const EstimatedRows& rows);
};

CLADE_DECLARE_KERNELS(DataKernels, data_kernels)

}  // namespace clade
