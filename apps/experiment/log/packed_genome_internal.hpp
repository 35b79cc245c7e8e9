// A genome as bytes that compress well, with all that its JSON says: for the log's champions.
//
//   the numbers of inputs, outputs, nodes and connections, uint32; bias_input and network_steps, uint32
//   the kind of network, the names of activations, the names of aggregations: texts, each after its length, uint64;
//   names are separated by blanks
//   column after column of nodes, then of connections (gene_columns.hpp), each in byte planes (chunk_codec_internal.hpp);
//   a function is its position among the names
#pragma once

#include <clade/core/functions/functions.hpp>
#include <clade/core/genome/genome_store.hpp>
#include <clade/core/network_params.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace clade {

/// @pre `genome` has one genome.
[[nodiscard]] std::vector<std::byte> pack_genome(const GenomeStore& genome, const NetworkParams& network,
                                                 const FunctionSet& functions);

/// The genome's JSON, as genome_to_json() writes it. Throws FormatError if the bytes are damaged.
[[nodiscard]] std::string packed_genome_json(std::span<const std::byte> packed);

}  // namespace clade
