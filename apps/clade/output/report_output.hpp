// A task's report on a champion, as text and as JSON.
#pragma once

#include <clade/evaluation/task.hpp>

#include <nlohmann/json.hpp>

#include <string>

namespace clade {

/// Measures, then the table.
[[nodiscard]] std::string report_text(const TaskReport& report);

/// Adds "measures", a number a name, and, if the report has a table, "table" with "header" and "rows".
void add_report(nlohmann::ordered_json& json, const TaskReport& report);

}  // namespace clade
