// What a clade_evolver is.
#pragma once

#include "c_interface/clade.h"

#include <clade/evolution/evolver.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace clade::c_interface {

/// The columns of a population that its store does not hold flat: where the rows of genomes begin, and their structure,
/// which genomes share there.
struct FlatStructure {
    std::vector<std::size_t> node_begin{};        ///< [genome_count + 1]
    std::vector<std::size_t> connection_begin{};  ///< [genome_count + 1]
    std::vector<std::uint32_t> node_id{};         ///< [node_count]
    std::vector<std::uint32_t> innovation{};      ///< [connection_count], so the next two
    std::vector<std::uint32_t> source{};
    std::vector<std::uint32_t> target{};
};

[[nodiscard]] FlatStructure flat_structure(const GenomeStore& genomes);

}  // namespace clade::c_interface

struct clade_evolver {
    clade::Evolver evolver;
    clade::c_interface::FlatStructure flat{};
    std::string champion{};
    clade::ByteWriter saved{};
};
