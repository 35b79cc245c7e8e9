#include "clade/commands/functions_command.hpp"

#include "clade/output/json_text.hpp"
#include "terminal/line_chart.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"
#include "terminal/wrapping.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <iostream>

namespace clade {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* of_a_program = "a function of this program";

template <class Table, class Formula>
void add_rows(const std::string& kind, const Table& table, const Formula& formula, std::vector<FunctionRow>& rows) {
    for (const std::string_view name : table.names()) {
        const auto function = *table.find(name);
        const bool builtin = table.added(function) == nullptr;
        rows.push_back({kind, std::string(name), builtin ? std::string(formula(function)) : of_a_program, builtin});
    }
}

/// All rows, or those of one name, which an activation and an aggregation may share. Throws InputError if there is none.
std::vector<FunctionRow> rows_of(const std::string& name, const FunctionSet& functions) {
    std::vector<FunctionRow> all = function_rows(functions);
    if (name.empty()) return all;
    std::vector<FunctionRow> found;
    std::vector<std::string_view> names;
    for (const FunctionRow& row : all) {
        names.emplace_back(row.name);
        if (row.name == name) found.push_back(row);
    }
    if (found.empty()) throw InputError(unknown_name("function", name, names));
    return found;
}

void print_json(const std::vector<FunctionRow>& rows) {
    Json json = Json::array();
    for (const FunctionRow& row : rows) {
        json.push_back({{"kind", row.kind}, {"name", row.name}, {"formula", row.formula}, {"builtin", row.builtin}});
    }
    std::cout << json_text(json);
}

void print_csv(const std::vector<FunctionRow>& rows) {
    std::cout << "kind,name,formula,builtin\n";
    for (const FunctionRow& row : rows) {
        std::cout << csv_cell(row.kind) << ',' << csv_cell(row.name) << ',' << csv_cell(row.formula) << ','
                  << (row.builtin ? "true" : "false") << '\n';
    }
}

void print_list(const std::vector<FunctionRow>& rows, const std::string& program) {
    for (const char* kind : {"activation", "aggregation"}) {
        TextTable table;
        table.column(kind, TextTable::Align::left);
        table.column("formula", TextTable::Align::left, true);
        for (const FunctionRow& row : rows) {
            if (row.kind == kind) table.row({row.name, row.formula});
        }
        std::cout << table.text(terminal_width(Output::out)) << '\n';
    }
    std::cout << for_reading(
        fmt::format("output of a node = activation(bias + response * aggregation(weight * input, ...))\n"
                    "To see a function's curve and slope: {} functions NAME\n",
                    quoted(program)),
        Output::out);
}

/// Value and, of a built-in function, slope over [-3, 3].
std::string curve(const std::string& name, const ActivationTable& table) {
    constexpr int points = 97;
    constexpr std::size_t widest = 80;
    ChartFrame frame{.width = std::min(terminal_width(Output::out), widest), .unicode = locale_is_utf8()};
    frame.axis = "x";
    frame.first = -3.0;
    frame.step = 0.0625;
    const Activation activation = *table.find(name);
    const ActivationFunction added = table.added(activation);
    std::vector<ChartSeries> series{{name, {}, Style::green}};
    if (added == nullptr) series.push_back({"slope", {}, Style::plain});
    for (int i = 0; i < points; ++i) {
        const auto x = static_cast<float>(frame.first + frame.step * i);
        series[0].values.push_back(added != nullptr ? added(x) : activate(activation, x));
        if (added == nullptr) series[1].values.push_back(activation_slope(activation, x));
    }
    return line_chart(series, frame);
}

/// "of 1, -4, 2.5, 3: -4".
std::string example(const std::string& name, const AggregationTable& table) {
    std::array<float, 4> values{1.0F, -4.0F, 2.5F, 3.0F};
    std::string text = fmt::format("of {:g}", fmt::join(values, ", "));
    const Aggregation aggregation = *table.find(name);
    const AggregationFunction added = table.added(aggregation);
    return text + fmt::format(": {:g}", added != nullptr ? added(values) : aggregate(aggregation, values));
}

void print_page(const FunctionRow& row, const FunctionSet& functions) {
    const bool activation = row.kind == "activation";
    std::vector<Fact> facts{{"kind", row.kind}, {"formula", row.formula}};
    facts.push_back({"gradient", row.builtin ? "has a derivative, as refine.method: adam needs"
                                             : "has no derivative, so not with refine.method: adam"});
    if (!activation) facts.push_back({"example", example(row.name, functions.aggregations)});
    std::cout << styled(row.name, Style::bold, Output::out) << "\n\n" << facts_text(facts, terminal_width(Output::out));
    if (activation) std::cout << '\n' << curve(row.name, functions.activations);
    std::cout << fmt::format("\nIn a configuration:\n  genome:\n    {}: {{initial: {}}}\n", row.kind, row.name);
}

}  // namespace

std::vector<FunctionRow> function_rows(const FunctionSet& functions) {
    std::vector<FunctionRow> rows;
    add_rows("activation", functions.activations, activation_formula, rows);
    add_rows("aggregation", functions.aggregations, aggregation_formula, rows);
    return rows;
}

int functions_command(const FunctionsOptions& options, const FunctionSet& functions) {
    const std::vector<FunctionRow> rows = rows_of(options.function, functions);
    if (options.format == Format::json) {
        print_json(rows);
    } else if (options.format == Format::csv) {
        print_csv(rows);
    } else if (options.function.empty()) {
        print_list(rows, options.program);
    } else {
        for (const FunctionRow& row : rows) print_page(row, functions);
    }
    return 0;
}

}  // namespace clade
