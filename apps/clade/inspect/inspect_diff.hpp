// Two genomes of a run, gene by gene.
#pragma once

#include "clade/inspect/inspect_subject.hpp"
#include "terminal/format.hpp"

namespace clade::inspect {

/// Throws InputError with the ids that there are.
void print_diff(const Subject& subject, GenomeId a, GenomeId b, Format format);

}  // namespace clade::inspect
