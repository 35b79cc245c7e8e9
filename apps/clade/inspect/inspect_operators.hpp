// How often the children of each operator improved on their parent, over the run.
#pragma once

#include "clade/inspect/inspect_subject.hpp"
#include "terminal/format.hpp"

namespace clade::inspect {

void print_operators(const Subject& subject, Format format);

}  // namespace clade::inspect
