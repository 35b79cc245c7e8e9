// A generation: its fitness, species, best genomes and the results of each operator; or one of its species alone.
#pragma once

#include "clade/inspect/inspect_subject.hpp"
#include "terminal/format.hpp"

#include <cstdint>

namespace clade::inspect {

/// Throws InputError with the generations that there are.
void print_generation(const Subject& subject, std::uint32_t generation, Format format);

/// The genomes of a species in one generation. Throws InputError with the generations or species that there are.
void print_members(const Subject& subject, SpeciesId id, std::uint32_t generation, Format format);

}  // namespace clade::inspect
