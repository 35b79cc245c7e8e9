// All that the report of a run shows, as one JSON document for its page (apps/viewer).
#pragma once

#include "clade/inspect/inspect_subject.hpp"

#include <nlohmann/json.hpp>

namespace clade::report {

/// Sections without content are null. Throws as RunLog does.
[[nodiscard]] nlohmann::ordered_json run_report(const inspect::Subject& subject);

}  // namespace clade::report
