// How much the champion needs each column of its data.
#pragma once

#include "clade/inspect/inspect_subject.hpp"
#include "terminal/format.hpp"

namespace clade::inspect {

/// Throws InputError for a task without data, or without validation rows, and for a run without a champion.
void print_importance(const Subject& subject, Format format);

}  // namespace clade::inspect
