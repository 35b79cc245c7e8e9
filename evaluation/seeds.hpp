// Seeds of an evaluation; they do not depend on the thread.
#pragma once

#include <clade/core/language_standard.hpp>

#include <cstddef>
#include <cstdint>

namespace clade {

/// Each seed depends on what is named and on nothing else.
struct Seeds {
    std::uint64_t run = 0;         ///< the run's seed: the same in every generation
    std::uint64_t generation = 0;  ///< run and generation: the same for every genome of a generation
    std::uint64_t genome = 0;      ///< run, generation and the genome's place in it: each its own
};

/// The seeds of one evaluation: a function of these three numbers alone.
[[nodiscard]] Seeds evaluation_seeds(std::uint64_t run_seed, std::uint32_t generation, std::size_t genome);

/// The seeds of a held-out evaluation, by its number: `generation` and `genome` are apart from those of every evaluation
/// of the run, `run` is the same. All genomes meet the same.
[[nodiscard]] Seeds held_out_seeds(std::uint64_t run_seed, std::uint32_t number);

}  // namespace clade
