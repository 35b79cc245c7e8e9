// The input of scoring: the genomes of a generation, and what their networks have in common.
#pragma once

#include <clade/core/functions/functions.hpp>
#include <clade/core/genome/genome_store.hpp>
#include <clade/core/network_params.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace clade {

/// A generation to be scored. Borrows everything: of Evolver::ask() it is valid until the next tell().
struct Generation {
    const GenomeStore& genomes;
    std::uint32_t number = 0;  ///< from 0 on
    std::uint64_t seed = 0;    ///< of the run
    NetworkParams network{};
    const FunctionSet& functions = builtin_functions();

    /// Empty, or for each genome the fitness of the genome that it is an unchanged copy of; NaN: not known. Never known
    /// where the scores have columns: a copy needs its numbers in these, too.
    std::span<const double> known_fitness{};

    /// Empty, or for each genome the position in the generation of the one that it is a variant of: it is scored in that
    /// one's place, by the same random numbers.
    std::span<const std::size_t> origins{};

    /// Empty, or for each genome the number of the held-out evaluation that it is scored by: by random numbers that no
    /// generation has. Equal numbers have equal ones.
    std::span<const std::uint32_t> held_out{};

    /// The position in the generation that a genome is scored for.
    [[nodiscard]] std::size_t place_of(std::size_t genome) const noexcept {
        return origins.empty() ? genome : origins[genome];
    }
};

}  // namespace clade
