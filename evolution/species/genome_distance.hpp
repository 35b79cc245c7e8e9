// Compatibility distance of two genomes (Stanley & Miikkulainen 2002, 3.3, equation 1), in two forms that agree bit for
// bit:
//
//   distance = (c1 E + c2 D) / N + c3 W + c4 V
//
// E excess, D disjoint connections, W mean weight difference of matching connections, V mean difference of matching
// nodes; N the connection count of the larger genome, or 1 for two small genomes or without normalisation.
//
// genome_distance() merges two gene lists. SpreadRepresentatives spreads the representatives of all species into arrays
// indexed by innovation, so that the distances of a genome to 16 species are one pass over the genome's own genes:
//
//   weight_  | gene a: species 0..15 | gene b: species 0..15 | ...
//   present_ | the same, a mask of all ones where the representative has the gene
//
// A gene costs one look-up and, for every 16 species, a load, a subtraction and three logical operations.
#pragma once

#include <clade/core/genome/genome_store.hpp>
#include <clade/core/parallel.hpp>
#include <clade/evolution/evolution_params.hpp>
#include <clade/evolution/species/plain_distance.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace clade {

[[nodiscard]] double genome_distance(const GenomeView& a, const GenomeView& b, const SpeciationParams& params);

class SpreadRepresentatives {
public:
    /// `representatives` must outlive this object's use; one genome a species, in the order of the species.
    void assign(const GenomeStore& representatives, const SpeciationParams& params);

    /// The first species whose representative is nearer to `genome` than `threshold`.
    [[nodiscard]] std::optional<std::uint32_t> first_within(const GenomeView& genome, double threshold,
                                                            SimdLevel simd) const;

    /// The same, or if there is none the nearest species, the first of equally near ones. @pre there are species.
    [[nodiscard]] std::uint32_t first_within_or_nearest(const GenomeView& genome, double threshold,
                                                        SimdLevel simd) const;

private:
    /// Calls visit(species, distance) in the order of the species until it returns false.
    template <class Visit>
    void visit_distances(const GenomeView& genome, SimdLevel simd, Visit&& visit) const;

    const GenomeStore* representatives_ = nullptr;
    SpeciationParams params_;
    std::size_t stride_ = 0;  // species, rounded up to whole blocks of 16
    std::vector<std::uint32_t>
        column_;                 // [highest innovation + 1], row of the arrays below; 0: no representative has it
    std::vector<float> weight_;  // [rows x stride]
    std::vector<std::uint32_t> present_;  // [rows x stride]
    std::vector<double> size_;            // [stride], connections of each representative
    PlainDistance plain_{};               // used where the parameters allow it
};

}  // namespace clade
