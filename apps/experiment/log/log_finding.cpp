#include <clade/experiment/log/log_finding.hpp>

namespace clade {

std::string to_text(const LogFinding& finding) {
    std::string place;
    const auto add = [&](const std::string& text) { place += (place.empty() ? "" : ", ") + text; };
    if (finding.generation) add("generation " + std::to_string(*finding.generation));
    if (!finding.table.empty()) add("table '" + finding.table + "'");
    if (!finding.column.empty()) add("column '" + finding.column + "'");
    return place.empty() ? finding.problem : place + ": " + finding.problem;
}

}  // namespace clade
