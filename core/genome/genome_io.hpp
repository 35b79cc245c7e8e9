// One genome as JSON text, and back: a champion that can be read by people, kept, and run elsewhere.
//
// Numbers are written so that they read back to the same bits. Functions are written by name.
#pragma once

#include <clade/core/functions/functions.hpp>
#include <clade/core/genome/genome_store.hpp>

#include <string>
#include <string_view>

namespace clade {

/// What a network needs beside its genome.
enum class NetworkKind { feed_forward, recurrent };
template <>
struct EnumNames<NetworkKind> {
    static constexpr std::array<std::string_view, 2> names{"feed_forward", "recurrent"};
};

/// A genome that stands alone: a store of one, and the kind of network it describes.
struct SavedGenome {
    GenomeStore store;
    NetworkKind network = NetworkKind::feed_forward;
};

/// @pre genome < store.size().
[[nodiscard]] std::string genome_to_json(const GenomeStore& store, std::size_t genome, NetworkKind network,
                                         const FunctionSet& functions = {});

/// Throws FormatError if the text is not a sound genome: the first broken rules are named.
[[nodiscard]] SavedGenome genome_from_json(std::string_view text, const FunctionSet& functions = {});

}  // namespace clade
