// The overview of `clade inspect`: the run's facts, its generations and its champion.
#pragma once

#include "clade/inspect/inspect_subject.hpp"
#include "terminal/format.hpp"

namespace clade::inspect {

void print_overview(const Subject& subject, Format format);

}  // namespace clade::inspect
