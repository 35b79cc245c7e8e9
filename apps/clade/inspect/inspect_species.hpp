// The history of one species: one row per generation.
#pragma once

#include "clade/inspect/inspect_subject.hpp"
#include "terminal/format.hpp"

namespace clade::inspect {

/// Throws InputError with the species that there are.
void print_species(const Subject& subject, SpeciesId id, Format format);

}  // namespace clade::inspect
