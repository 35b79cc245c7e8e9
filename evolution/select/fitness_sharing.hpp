// From merit to numbers of offspring: which species may reproduce, their shares, and whole numbers that sum to the
// population.
//
// Merit is higher for better genomes (merit.hpp), minus infinity for failed ones.
#pragma once

#include <clade/evolution/evolution_params.hpp>
#include <clade/evolution/species/speciation.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace clade {

/// Marks the species that may reproduce [species count]: those that progressed within the limit and the protected best
/// ones; only those and the `surviving_species` best when the whole population has not progressed for
/// `population_stagnation` generations.
[[nodiscard]] std::vector<std::uint8_t> reproducing_species(const Speciation& speciation, std::span<const double> merit,
                                                            const StagnationParams& params, std::uint32_t generation,
                                                            std::uint32_t population_stagnation);

/// The shared fitness of each species [species count]: finite and at least 0; 0 for those that may not reproduce.
[[nodiscard]] std::vector<double> shared_fitness(const Speciation& speciation, std::span<const double> merit,
                                                 Sharing sharing, std::span<const std::uint8_t> reproducing,
                                                 const Parallel& parallel = Parallel(1));

/// Splits `total` in proportion to the shares by largest remainders, each marked taker getting at least `minimum`
/// (or as much as there is for all). The result sums to `total`. Equal shares if all are 0. @pre a taker is marked.
[[nodiscard]] std::vector<std::uint32_t> apportion(std::span<const double> shares, std::span<const std::uint8_t> takers,
                                                   std::uint32_t total, std::uint32_t minimum);

}  // namespace clade
