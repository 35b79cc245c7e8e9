// The line of a genome back to generation 0, and the mutations with which fitness rose.
#pragma once

#include "clade/inspect/inspect_subject.hpp"
#include "terminal/format.hpp"

namespace clade::inspect {

/// Throws InputError with the ids that there are.
void print_lineage(const Subject& subject, GenomeId id, Format format);

}  // namespace clade::inspect
