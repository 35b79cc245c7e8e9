// The distance kernel, compiled once for each SIMD level: lanes are species, so the sums run in the order of the genes
// whatever the width.
#include <clade/evolution/distance_kernels_internal.hpp>

#include <cstring>

namespace clade {
namespace {

void block(const DistancePass& pass, std::uint32_t* matching, float* difference) {
    alignas(64) std::uint32_t matches[species_per_block] = {};
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
            matches[lane] += present[lane] & 1U;
        }
    }
    std::memcpy(matching, matches, sizeof matches);
    std::memcpy(difference, sums, sizeof sums);
}

}  // namespace

namespace CLADE_KERNEL_NAMESPACE {
const DistanceKernels distance_kernels{block};
}

}  // namespace clade
