// Attributes: the numbers of genes (weight, bias, response), their initial values and their mutation.
//
// The work is done by bulk kernels: one pass over a contiguous column, vectorised, with run-time dispatch. A row's new
// value depends only on (key, row, old value): not on how the column is split over calls or threads, nor on the SIMD
// level. Rows are the positions in the whole column.
//
// Each row takes one word of 32 bits, from xoshiro128++ sequences of 64 words which Threefry4x32-13 begins
// (core/genome/attribute_kernels.cpp says how they lie): both pass BigCrush, and any row can be reached without the others.
#pragma once

#include <clade/core/fields.hpp>
#include <clade/core/parallel.hpp>
#include <clade/core/random/random.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace clade {

enum class Distribution { normal, uniform, choice };
template <>
struct EnumNames<Distribution> {
    static constexpr std::array<std::string_view, 3> names{"normal", "uniform", "choice"};
};

enum class PerturbDistribution { uniform, normal };
template <>
struct EnumNames<PerturbDistribution> {
    static constexpr std::array<std::string_view, 2> names{"uniform", "normal"};
};

/// Birth and mutation of one attribute.
///
/// A gene that mutates is replaced by a newborn value with probability `replace_rate`, perturbed with probability
/// `perturb_rate`, else kept. The defaults were chosen on several tasks (apps/docs/method.md). Stanley & Miikkulainen 2002,
/// 4.1, have the rates 0.9 and 0.1, and leave distributions and bounds open.
struct AttributeParams {
    Distribution distribution = Distribution::uniform;
    double mean = 0.0;
    double deviation = 1.0;
    double low = -5.0;
    double high = 5.0;
    std::vector<double> values{};
    double perturb_rate = 0.6;
    PerturbDistribution perturb_distribution = PerturbDistribution::uniform;
    double perturb_power = 1.0;
    double replace_rate = 0.05;
    double min = -5.0;
    double max = 5.0;

    bool operator==(const AttributeParams&) const = default;

    /// Whether mutation can change anything.
    [[nodiscard]] bool mutates() const noexcept { return perturb_rate > 0.0 || replace_rate > 0.0; }
};

/// An attribute that every gene is born with and keeps.
[[nodiscard]] AttributeParams constant_attribute(double value, double min, double max);

void visit_fields(AttributeParams& p, FieldVisitor& field);

/// The rules that span several fields; `prefix` is the key of the attribute's block.
void check(const AttributeParams& p, std::string_view prefix, IssueSink& issues);

/// The value nearest to `value` that the attribute may have: within the bounds, or one of the possible values.
[[nodiscard]] float nearest_allowed(const AttributeParams& params, double value) noexcept;

/// One newborn value, for a gene that appears alone.
[[nodiscard]] float newborn(const AttributeParams& params, Stream& stream) noexcept;

/// Writes newborn values to rows [first, first + rows.size()) of a column. Normal values beyond [min, max] are limited
/// to it. Serial: one call does its range.
void initialise(std::span<float> rows, std::size_t first, const AttributeParams& params, const RandomKey& key,
                SimdLevel simd = best_simd_level());

/// Mutates rows [first, first + rows.size()) of a column in place. Changed values lie in [min, max]. Rates count in
/// steps of 2^-31.
void mutate(std::span<float> rows, std::size_t first, const AttributeParams& params, const RandomKey& key,
            SimdLevel simd = best_simd_level());

/// What filling the rows with `value` and mutating them gives, in one pass that only writes.
void initialise_mutated(std::span<float> rows, std::size_t first, float value, const AttributeParams& params,
                        const RandomKey& key, SimdLevel simd = best_simd_level());

/// The same over a whole range of a column, split over threads where that pays.
void initialise(const Parallel& parallel, std::span<float> rows, std::size_t first, const AttributeParams& params,
                const RandomKey& key);
void mutate(const Parallel& parallel, std::span<float> rows, std::size_t first, const AttributeParams& params,
            const RandomKey& key);
void initialise_mutated(const Parallel& parallel, std::span<float> rows, std::size_t first, float value,
                        const AttributeParams& params, const RandomKey& key);

}  // namespace clade
