// The kernels of data sets, compiled once for each SIMD level. Lanes are rows; the softmax of a row goes over classes in
// their order.
#include <clade/evaluation/tasks/data/data_kernels_internal.hpp>

#include <clade/core/functions/float_math_internal.hpp>

#include <cstring>

namespace clade {
namespace {

constexpr std::size_t lanes = CLADE_VECTOR_BYTES / sizeof(float);

constexpr std::size_t block = 16;  // rows, and partial sums

typedef FloatVectorOf<lanes>::Floats Lanes;
typedef FloatVectorOf<lanes>::Bits LaneBits;

template <class T>
CLADE_ALWAYS_INLINE T load(const void* from) {
    T value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

/// What each row of a block adds to the sums; rows that there are not add 0.
struct BlockTerms {
    alignas(64) float weight[block] = {};
    alignas(64) float entropy[block] = {};
    alignas(64) float right[block] = {};
    alignas(64) float poison[block] = {};  // NaN where an output is not finite, else 0
};

/// The terms of the rows from `row` on, as many as F has lanes, which are the block's from `at` on.
template <class F, class Bits>
CLADE_ALWAYS_INLINE void add_terms(const ClassifiedRows& rows, std::size_t row, std::size_t at, BlockTerms& terms) {
    const auto label = load<Bits>(rows.label + row);
    auto largest = load<F>(rows.outputs + row);
    F wanted = largest;
    F poison = largest - largest;
    F weight = spread<F>(rows.class_weight[0]);
    Bits said{};
    for (std::size_t c = 1; c < rows.class_count; ++c) {
        const auto output = load<F>(rows.outputs + c * rows.row_count + row);
        const Bits index = Bits{} + static_cast<std::uint32_t>(c);
        said = output > largest ? index : said;
        largest = larger_float(output, largest);
        wanted = label == index ? output : wanted;
        weight = label == index ? spread<F>(rows.class_weight[c]) : weight;
        poison = poison + (output - output);
    }
    F total{};
    for (std::size_t c = 0; c < rows.class_count; ++c) {
        total = total + exp_float(rows.sharpness * (load<F>(rows.outputs + c * rows.row_count + row) - largest));
    }
    const F entropy = weight * (log_float(total) + rows.sharpness * (largest - wanted));
    const F right = said == label ? weight : F{};
    std::memcpy(terms.weight + at, &weight, sizeof weight);
    std::memcpy(terms.entropy + at, &entropy, sizeof entropy);
    std::memcpy(terms.right + at, &right, sizeof right);
    std::memcpy(terms.poison + at, &poison, sizeof poison);
}

CLADE_ALWAYS_INLINE void add(const float* terms, double* partial) {
    for (std::size_t i = 0; i < block; ++i) partial[i] += static_cast<double>(terms[i]);
}

CLADE_ALWAYS_INLINE double sum_of(const double* partial) {
    double sum = 0.0;
    for (std::size_t i = 0; i < block; ++i) sum += partial[i];
    return sum;
}

ClassificationSums classification_sums(const ClassifiedRows& rows) {
    double weight[block] = {};
    double entropy[block] = {};
    double right[block] = {};
    double poison[block] = {};
    for (std::size_t row = 0; row < rows.row_count; row += block) {
        BlockTerms terms;
        if (rows.row_count - row >= block) {
            for (std::size_t at = 0; at < block; at += lanes) add_terms<Lanes, LaneBits>(rows, row + at, at, terms);
        } else {
            for (std::size_t at = 0; row + at < rows.row_count; ++at) {
                add_terms<float, std::uint32_t>(rows, row + at, at, terms);
            }
        }
        add(terms.weight, weight);
        add(terms.entropy, entropy);
        add(terms.right, right);
        add(terms.poison, poison);
    }
    return {sum_of(weight), sum_of(entropy), sum_of(right), sum_of(poison) == 0.0};
}

double squared_error(const EstimatedRows& rows) {
    double partial[block] = {};
    const auto add_rows = [&](std::size_t row, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            const double said = rows.offset + rows.scale * static_cast<double>(rows.outputs[row + i]);
            const double error = said - rows.targets[row + i];
            partial[i] += error * error;
        }
    };
    const std::size_t whole = rows.row_count / block * block;
    for (std::size_t row = 0; row < whole; row += block) add_rows(row, block);
    add_rows(whole, rows.row_count - whole);
    return sum_of(partial);
}

}  // namespace

namespace CLADE_KERNEL_NAMESPACE {
const DataKernels data_kernels{classification_sums, squared_error};
}

}  // namespace clade
