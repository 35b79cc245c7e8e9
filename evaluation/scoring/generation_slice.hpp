// A part of a generation that is scored elsewhere: in another thread, or as bytes in another process.
//
//   generation    genomes 0 .. 9, each scored by the random numbers of its place
//   slice         genomes {2, 5, 7}: a store of three, and where each stands
//
// A genome has the same scores in a slice as in its generation. Topologies that genomes share are in a slice once, and
// their attributes column by column, as in every store.
#pragma once

#include <clade/core/byte_stream.hpp>
#include <clade/core/generation.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace clade {

/// Some genomes of a generation. Borrows nothing from it.
struct GenerationSlice {
    GenomeStore genomes{};
    std::uint32_t number = 0;  ///< of the generation
    std::uint64_t seed = 0;    ///< of the run
    NetworkParams network{};
    std::vector<std::size_t> places{};      ///< [genomes]; Generation::place_of()
    std::vector<std::uint32_t> held_out{};  ///< [genomes], or empty; Generation::held_out

    /// What a scorer takes; borrows this object and `functions`. No fitness is known.
    [[nodiscard]] Generation generation(const FunctionSet& functions) const {
        return {.genomes = genomes,
                .number = number,
                .seed = seed,
                .network = network,
                .functions = functions,
                .origins = places,
                .held_out = held_out};
    }
};

/// Copies the genomes at these indices of a generation, in this order. @pre each index < generation.genomes.size().
[[nodiscard]] GenerationSlice slice_of(const Generation& generation, std::span<const std::size_t> genomes);

/// A slice as bytes, and back: for another process of this program. Reading throws FormatError on damaged data.
void write_slice(const GenerationSlice& slice, ByteWriter& out);
[[nodiscard]] GenerationSlice read_slice(ByteReader& in);

}  // namespace clade
