// The distance kernel, compiled once for each SIMD level: lanes are species, so the sums run in the order of the genes
// whatever the width.
#include <clade/evolution/species/distance_kernels_internal.hpp>

#include <cstring>

namespace clade {
namespace {

void overlap(const DistancePass& given, BlockOverlap& result) {
    const DistancePass pass = given;  // a copy, which the compiler keeps in registers
    alignas(64) std::int32_t matches[species_per_block] = {};
    alignas(64) float sums[species_per_block] = {};
    for (std::size_t gene = 0; gene < pass.count; ++gene) {
        const std::uint32_t innovation = pass.innovation[gene];
        if (innovation >= pass.column_count) break;  // sorted: the rest is excess to every representative
        const std::size_t row = pass.column[innovation] * pass.stride;
        const float* weights = pass.weights + row;
        const std::uint32_t* present = pass.present + row;
        const float weight = pass.weight[gene];
        for (std::size_t lane = 0; lane < species_per_block; ++lane) {
            const float signed_difference = weight - weights[lane];
            std::uint32_t bits = 0;
            std::memcpy(&bits, &signed_difference, sizeof bits);
            bits &= present[lane] & 0x7fffffffU;  // absolute value, or 0 where the gene is missing
            float magnitude = 0.0F;
            std::memcpy(&magnitude, &bits, sizeof magnitude);
            sums[lane] += magnitude;
            matches[lane] += static_cast<std::int32_t>(present[lane] & 1U);
        }
    }
    std::memcpy(result.matching, matches, sizeof matches);
    std::memcpy(result.difference, sums, sizeof sums);
}

void distances(const PlainDistance& formula, double count, const double* sizes, const BlockOverlap& overlap,
               double* result) {
    for (std::size_t lane = 0; lane < species_per_block; ++lane) {
        const auto matching = static_cast<double>(overlap.matching[lane]);
        const double larger = count > sizes[lane] ? count : sizes[lane];
        const double structure = formula.structure_coefficient * (count + sizes[lane] - 2.0 * matching);
        const double distance = larger >= formula.least_normalised ? structure / larger : structure;
        const double mean = static_cast<double>(overlap.difference[lane]) / matching;
        result[lane] = matching > 0.0 ? distance + formula.weight_coefficient * mean : distance;
    }
}

}  // namespace

namespace CLADE_KERNEL_NAMESPACE {
const DistanceKernels distance_kernels{overlap, distances};
}

}  // namespace clade
