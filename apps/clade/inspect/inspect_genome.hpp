// One genome: its parents and its genes, rebuilt from the log.
#pragma once

#include "clade/inspect/inspect_subject.hpp"
#include "terminal/format.hpp"

namespace clade::inspect {

/// Throws InputError with the ids that there are.
void print_genome(const Subject& subject, GenomeId id, Format format);

}  // namespace clade::inspect
