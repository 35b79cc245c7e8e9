// Ids of nodes, innovations, genomes and species: distinct types that the compiler does not mix up.
//
// An id is a lasting identity, never a position: looking a row up by id is a named operation.
#pragma once

#include <clade/core/language_standard.hpp>

#include <cstdint>
#include <limits>

namespace clade {

/// A node's identity within a run. Inputs, then the bias input if there is one, then outputs, then hidden nodes.
enum class NodeId : std::uint32_t {};

/// The historical marking of a connection: equal numbers mean equal structure (Stanley & Miikkulainen 2002, 3.2).
enum class Innovation : std::uint32_t {};

/// A species' identity within a run; never used twice.
enum class SpeciesId : std::uint32_t {};

/// A genome's identity within a run: generation x population size + position.
enum class GenomeId : std::uint64_t {};

inline constexpr GenomeId no_genome{std::numeric_limits<std::uint64_t>::max()};

/// The number behind an id, for printing, hashing and tables.
constexpr std::uint32_t raw(NodeId id) noexcept { return static_cast<std::uint32_t>(id); }
constexpr std::uint32_t raw(Innovation id) noexcept { return static_cast<std::uint32_t>(id); }
constexpr std::uint32_t raw(SpeciesId id) noexcept { return static_cast<std::uint32_t>(id); }
constexpr std::uint64_t raw(GenomeId id) noexcept { return static_cast<std::uint64_t>(id); }

}  // namespace clade
