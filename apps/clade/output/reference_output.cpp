#include "clade/output/reference_output.hpp"

#include "terminal/text_table.hpp"
#include "terminal/wrapping.hpp"

#include <algorithm>

namespace clade {
namespace {

constexpr std::size_t widest = 120;  // [characters] longer lines are hard to read

/// "  population_size: 150" for "evolution.population_size".
std::string as_in_yaml(const ReferenceRow& row) {
    const auto depth = static_cast<std::size_t>(std::count(row.key.begin(), row.key.end(), '.'));
    const std::size_t dot = row.key.rfind('.');
    const std::string name = dot == std::string::npos ? row.key : row.key.substr(dot + 1);
    return std::string(2 * depth, ' ') + name + ':' + (row.default_value.empty() ? "" : " " + row.default_value);
}

/// What may be written, e.g. "integer, at least 2"; empty for a block.
std::string rule_of(const ReferenceRow& row) {
    if (row.type == "block") return "";
    if (row.rule.empty()) return row.type;
    return row.type == "choice" ? row.rule : row.type + ", " + row.rule;
}

/// The meaning, then the rule, e.g. "Genomes of a generation. (integer, at least 2)".
std::string meaning_and_rule(const ReferenceRow& row) {
    std::string rule = rule_of(row);
    if (!row.changes_results) rule += std::string(rule.empty() ? "" : "; ") + "changes no result";
    return rule.empty() ? row.meaning : row.meaning + " (" + rule + ")";
}

/// A key in a line of its own, its meaning below: for a terminal too narrow for both side by side.
std::string stacked(const std::vector<ReferenceRow>& rows, std::size_t width) {
    std::string text;
    for (const ReferenceRow& row : rows) {
        const std::string key = as_in_yaml(row);
        const std::string margin(std::min(key.find_first_not_of(' ') + 4, width / 2), ' ');
        text += key + '\n';
        for (const std::string& line : wrapped_lines(meaning_and_rule(row), room_beside(margin.size(), width))) {
            text += margin + line + '\n';
        }
    }
    return text;
}

std::size_t widest_key(const std::vector<ReferenceRow>& rows) {
    std::size_t widest_one = 0;
    for (const ReferenceRow& row : rows) widest_one = std::max(widest_one, display_width(as_in_yaml(row)));
    return widest_one;
}

}  // namespace

std::string reference_table(const std::vector<ReferenceRow>& rows, std::size_t width) {
    constexpr std::size_t least_meaning = 24;  // [characters] narrower ones are hard to read
    if (widest_key(rows) + least_meaning > width) return stacked(rows, width);
    TextTable table;
    table.column("key: default", TextTable::Align::left);
    table.column("meaning", TextTable::Align::left, true);
    for (const ReferenceRow& row : rows) table.row({as_in_yaml(row), meaning_and_rule(row)});
    return table.text(std::min(width, widest));
}

std::string reference_csv(const std::vector<ReferenceRow>& rows) {
    std::string text = "key,type,default,rule,meaning,changes_results\n";
    for (const ReferenceRow& row : rows) {
        text += csv_cell(row.key) + ',' + csv_cell(row.type) + ',' + csv_cell(row.default_value) + ',' +
                csv_cell(row.rule) + ',' + csv_cell(row.meaning) + ',' + (row.changes_results ? "true" : "false") +
                '\n';
    }
    return text;
}

nlohmann::ordered_json reference_json(const std::vector<ReferenceRow>& rows) {
    auto json = nlohmann::ordered_json::array();
    for (const ReferenceRow& row : rows) {
        json.push_back({{"key", row.key},
                        {"type", row.type},
                        {"default", row.default_value},
                        {"rule", row.rule},
                        {"meaning", row.meaning},
                        {"changes_results", row.changes_results}});
    }
    return json;
}

const TaskRegistry::Entry& known_task(const TaskRegistry& registry, std::string_view name) {
    try {
        return registry.at(name);
    } catch (const Error& error) {
        throw InputError(error.what());
    }
}

}  // namespace clade
