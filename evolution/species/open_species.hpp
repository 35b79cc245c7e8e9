// Which species a generation is divided into when their number is held.
//
// A sample of the generation decides. By threshold: the highest one at which the sample, divided as NEAT divides a
// generation, has that many species. By medoids: those of the last generation to which a genome is nearest, and new ones
// drawn from the genomes that are far from all of them (k-means++, Arthur & Vassilvitskii 2007).
//
// A threshold alone cannot hold the number: most distances of small genomes are a few whole numbers, so a little lower
// threshold may make hundreds of species out of one.
#pragma once

#include <clade/core/genome/genome_store.hpp>
#include <clade/core/parallel.hpp>
#include <clade/core/random/random.hpp>
#include <clade/evolution/evolution_params.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace clade {

/// Every genome joins the first of these species whose representative is nearer than the threshold, or if there is none
/// the nearest one.
struct OpenSpecies {
    double threshold = 0.0;
    std::vector<std::uint32_t> kept{};      ///< old species that stay, by their representatives' rows; ascending
    std::vector<std::uint32_t> founders{};  ///< genomes that found a species
};

/// At most `target`; fewer only if the sample has fewer genomes that differ, or the threshold's bounds forbid it. Looks for
/// a threshold from `threshold` on. @pre target > 0, the population has genomes.
[[nodiscard]] OpenSpecies open_by_threshold(const GenomeStore& population, const GenomeStore& representatives,
                                            const SpeciationParams& params, std::size_t target, double threshold,
                                            const Parallel& parallel);

/// At most `target`; fewer only if the sample has fewer genomes that differ. Its threshold is 0.
[[nodiscard]] OpenSpecies open_by_medoids(const GenomeStore& population, const GenomeStore& representatives,
                                          const SpeciationParams& params, std::size_t target, const RandomKey& key,
                                          const Parallel& parallel);

/// The member whose distances to the others have the lowest sum, the first of equal ones. Of a large species, the medoid
/// of a sample. @pre there are members.
[[nodiscard]] std::uint32_t medoid(const GenomeStore& population, std::span<const std::uint32_t> members,
                                   const SpeciationParams& params);

}  // namespace clade
