#include <clade/evolution/species/genome_distance.hpp>

#include <clade/core/special_values_internal.hpp>
#include <clade/evolution/species/distance_kernels_internal.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace clade {
namespace {

/// Genes of `a` beyond the last gene of `b`.
std::size_t genes_beyond(std::span<const Innovation> a, std::span<const Innovation> b) {
    if (b.empty()) return a.size();
    return static_cast<std::size_t>(a.end() - std::upper_bound(a.begin(), a.end(), b.back()));
}

/// Mean over the matching nodes of the differences of their numbers, and 1 for each function that differs.
double node_difference(const GenomeView& a, const GenomeView& b) {
    double sum = 0.0;
    std::size_t matching = 0;
    std::size_t j = 0;
    for (std::size_t i = 0; i < a.node_count(); ++i) {
        while (j < b.node_count() && b.node_id[j] < a.node_id[i]) ++j;
        if (j == b.node_count()) break;
        if (b.node_id[j] != a.node_id[i]) continue;
        float numbers = 0.0F;
        double functions = 0.0;
        visit_node_numbers([&](const GeneColumn&, auto x, auto y) { numbers += std::fabs(x[i] - y[j]); }, a, b);
        visit_node_functions([&](const GeneColumn&, auto x, auto y) { functions += x[i] != y[j] ? 1.0 : 0.0; }, a, b);
        sum += numbers;
        sum += functions;
        ++matching;
    }
    return matching == 0 ? 0.0 : sum / static_cast<double>(matching);
}

/// What matching genes two genomes have.
struct Overlap {
    std::uint32_t matching = 0;
    float weight_difference = 0.0F;  // summed in the order of innovations
};

Overlap overlap_of(const GenomeView& a, const GenomeView& b) {
    Overlap overlap;
    std::size_t j = 0;
    for (std::size_t i = 0; i < a.connection_count(); ++i) {
        while (j < b.connection_count() && b.innovation[j] < a.innovation[i]) ++j;
        if (j == b.connection_count()) break;
        if (b.innovation[j] != a.innovation[i]) continue;
        ++overlap.matching;
        overlap.weight_difference += std::fabs(a.weight[i] - b.weight[j]);
    }
    return overlap;
}

double combine(const GenomeView& a, const GenomeView& b, const Overlap& overlap, const SpeciationParams& params) {
    const std::size_t different = a.connection_count() + b.connection_count() - 2 * std::size_t{overlap.matching};
    double structure = 0.0;
    if (params.excess_coefficient == params.disjoint_coefficient) {
        structure = params.disjoint_coefficient * static_cast<double>(different);
    } else {
        const std::size_t excess = genes_beyond(a.innovation, b.innovation) + genes_beyond(b.innovation, a.innovation);
        structure = params.excess_coefficient * static_cast<double>(excess) +
                    params.disjoint_coefficient * static_cast<double>(different - excess);
    }
    const std::size_t larger = std::max(a.connection_count(), b.connection_count());
    const bool normalised = params.normalisation == Normalisation::gene_count &&
                            larger >= static_cast<std::size_t>(params.small_genome) && larger > 0;
    double distance = normalised ? structure / static_cast<double>(larger) : structure;
    if (overlap.matching > 0) {
        distance += params.weight_coefficient * (static_cast<double>(overlap.weight_difference) / overlap.matching);
    }
    if (params.node_coefficient > 0.0) distance += params.node_coefficient * node_difference(a, b);
    return distance;
}

/// Whether the kernels know the formula.
bool is_plain(const SpeciationParams& params) {
    return params.excess_coefficient == params.disjoint_coefficient && params.node_coefficient <= 0.0;
}

PlainDistance plain_distance(const SpeciationParams& params) {
    const bool normalised = params.normalisation == Normalisation::gene_count;
    return {params.disjoint_coefficient, params.weight_coefficient,
            normalised ? std::max(1.0, static_cast<double>(params.small_genome)) : infinity};
}

}  // namespace

double genome_distance(const GenomeView& a, const GenomeView& b, const SpeciationParams& params) {
    return combine(a, b, overlap_of(a, b), params);
}

void SpreadRepresentatives::assign(const GenomeStore& representatives, const SpeciationParams& params) {
    representatives_ = &representatives;
    params_ = params;
    stride_ = (representatives.size() + species_per_block - 1) / species_per_block * species_per_block;
    const TopologyView all = representatives.topologies().all();
    const auto highest = std::max_element(all.innovation.begin(), all.innovation.end());
    column_.assign(highest == all.innovation.end() ? 0 : raw(*highest) + std::size_t{1}, 0);
    std::uint32_t row_count = 1;  // row 0 is what no representative has
    for (const Innovation innovation : all.innovation) {
        std::uint32_t& row = column_[raw(innovation)];
        if (row == 0) row = row_count++;
    }
    size_.assign(stride_, 0.0);
    plain_ = plain_distance(params);
    weight_.assign(row_count * stride_, 0.0F);
    present_.assign(row_count * stride_, 0);
    for (std::size_t species = 0; species < representatives.size(); ++species) {
        const GenomeView genome = representatives[species];
        size_[species] = static_cast<double>(genome.connection_count());
        for (std::size_t i = 0; i < genome.connection_count(); ++i) {
            const std::size_t at = column_[raw(genome.innovation[i])] * stride_ + species;
            weight_[at] = genome.weight[i];
            present_[at] = 0xffffffffU;
        }
    }
}

template <class Visit>
void SpreadRepresentatives::visit_distances(const GenomeView& genome, SimdLevel simd, Visit&& visit) const {
    const std::size_t species_count = representatives_->size();
    const DistanceKernels& kernels = distance_kernels_at(simd);
    const auto count = static_cast<double>(genome.connection_count());
    BlockOverlap overlap{};
    alignas(64) std::array<double, species_per_block> distance{};
    for (std::size_t begin = 0; begin < species_count; begin += species_per_block) {
        kernels.overlap({reinterpret_cast<const std::uint32_t*>(genome.innovation.data()), genome.weight.data(),
                         genome.connection_count(), column_.data(), column_.size(), weight_.data() + begin,
                         present_.data() + begin, stride_},
                        overlap);
        if (is_plain(params_)) kernels.distances(plain_, count, size_.data() + begin, overlap, distance.data());
        const std::size_t end = std::min(begin + species_per_block, species_count);
        for (std::size_t species = begin; species < end; ++species) {
            const std::size_t lane = species - begin;
            if (!is_plain(params_)) {
                distance[lane] =
                    combine(genome, (*representatives_)[species],
                            {static_cast<std::uint32_t>(overlap.matching[lane]), overlap.difference[lane]}, params_);
            }
            if (!visit(static_cast<std::uint32_t>(species), distance[lane])) return;
        }
    }
}

std::optional<std::uint32_t> SpreadRepresentatives::first_within(const GenomeView& genome, double threshold,
                                                                 SimdLevel simd) const {
    std::optional<std::uint32_t> found;
    visit_distances(genome, simd, [&](std::uint32_t species, double distance) {
        if (distance < threshold) found = species;
        return !found;
    });
    return found;
}

std::uint32_t SpreadRepresentatives::first_within_or_nearest(const GenomeView& genome, double threshold,
                                                             SimdLevel simd) const {
    std::uint32_t found = 0;
    double least = infinity;
    visit_distances(genome, simd, [&](std::uint32_t species, double distance) {
        if (distance < least) {
            least = distance;
            found = species;
        }
        return least >= threshold;
    });
    return found;
}

}  // namespace clade
