// The first page of `clade inspect`: what the run was, how it went, what came out.
#pragma once

#include "clade/inspect/inspect_subject.hpp"
#include "terminal/format.hpp"

namespace clade::inspect {

void print_overview(const Subject& subject, Format format);

}  // namespace clade::inspect
