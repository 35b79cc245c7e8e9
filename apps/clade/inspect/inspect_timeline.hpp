// The lives of all species: when each was born, of which, how large it was, and why it ended.
#pragma once

#include "clade/inspect/inspect_subject.hpp"
#include "terminal/format.hpp"

namespace clade::inspect {

void print_timeline(const Subject& subject, Format format);

}  // namespace clade::inspect
