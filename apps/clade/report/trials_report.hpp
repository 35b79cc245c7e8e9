// All that the report of a set of trials shows, as one JSON document for its page (apps/viewer).
#pragma once

#include "clade/output/trials_output.hpp"

#include <nlohmann/json.hpp>

namespace clade::report {

/// Throws as read_trials() does.
[[nodiscard]] nlohmann::ordered_json trials_report(const EndedTrials& ended, const Vocabulary& vocabulary);

}  // namespace clade::report
