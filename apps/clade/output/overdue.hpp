// What the program does about an evaluation that does not end.
#pragma once

#include "clade/output/live_line.hpp"

#include <clade/evaluation/scoring/failure_params.hpp>

#include <string_view>

namespace clade {

/// Says it, and where on_failure is stop, ends the program with exit code 1: a thread in an endless loop cannot be stopped
/// otherwise. Every generation that was logged is safe; the file `scoring` stays.
void say_overdue(LiveLine& line, OnFailure on_failure, std::string_view message);

}  // namespace clade
