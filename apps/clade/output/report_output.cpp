#include "clade/output/report_output.hpp"

#include "terminal/safe_output.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"

#include <fmt/format.h>

namespace clade {

std::string report_text(const TaskReport& report) {
    std::string text;
    for (const Measure& measure : report.measures) {
        text += fmt::format("{}: {}\n", one_line(measure.name), short_fitness(measure.value));
    }
    if (report.header.empty()) return text;
    TextTable table;
    for (const std::string& header : report.header) table.column(header, TextTable::Align::right, true);
    for (const auto& row : report.rows) table.row(row);
    if (!text.empty()) text += '\n';
    return text + table.text(terminal_width(Output::out));
}

void add_report(nlohmann::ordered_json& json, const TaskReport& report) {
    json["measures"] = nlohmann::ordered_json::object();
    for (const Measure& measure : report.measures) json["measures"][measure.name] = measure.value;
    if (!report.header.empty()) json["table"] = {{"header", report.header}, {"rows", report.rows}};
}

}  // namespace clade
