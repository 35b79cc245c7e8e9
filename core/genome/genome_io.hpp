// A genome as JSON text, and back: to save a champion, read it, and run it elsewhere.
//
// Numbers are written so that they read back to the same bits. Functions are written by name.
#pragma once

#include <clade/core/functions/functions.hpp>
#include <clade/core/genome/genome_store.hpp>
#include <clade/core/network_params.hpp>

#include <string>
#include <string_view>

namespace clade {

/// A genome that stands alone: a store of one, and how it is run as a network.
struct SavedGenome {
    GenomeStore store{};
    NetworkParams network{};
};

/// @pre genome < store.size().
[[nodiscard]] std::string genome_to_json(const GenomeStore& store, std::size_t genome, const NetworkParams& network,
                                         const FunctionSet& functions = {});

/// Of a genome, or of a model (clade/evaluation/model/model.hpp), whose genome is read alone. Throws FormatError if the
/// text is not a sound genome: the first broken rules are named.
[[nodiscard]] SavedGenome genome_from_json(std::string_view text, const FunctionSet& functions = {});

}  // namespace clade
