#include "clade/inspect/inspect_importance.hpp"

#include "clade/inspect/inspect_values.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"
#include "terminal/wrapping.hpp"

#include <clade/core/special_values_internal.hpp>
#include <clade/evaluation/tasks/data/permutation_importance.hpp>
#include <clade/experiment/run/champion_choice.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iostream>

namespace clade::inspect {
namespace {

constexpr std::size_t repeats = 10;

PermutationImportance importance_in(const Subject& subject) {
    const OpenedRun& run = subject.run;
    const std::string folder = run.folder.path.string();
    (void)champion_of(subject);
    const auto task = make_task(run.config, logged_inputs(run.config, run.log));
    const auto* data = dynamic_cast<const DataTask*>(task.get());
    if (data == nullptr) {
        throw InputError(fmt::format("{}: --importance needs a task with columns of data; '{}' has none", folder,
                                     task->traits().name));
    }
    if (data->data().validation.row_count() == 0) {
        throw InputError(folder +
                         ": --importance needs validation rows; this run was made with validation_fraction: 0");
    }
    const auto row = champion_row(run.log, subject.direction);
    Network network =
        network_of(logged_champion(run.log, *row, subject.vocabulary.functions), *task, run.config, subject.vocabulary);
    return permutation_importance(*data, network, repeats, *run.config.seed);
}

void print_json(const Subject& subject, const PermutationImportance& result) {
    Json json{{"run", subject.run.folder.path.string()},
              {"validation_fitness", json_value(result.fitness)},
              {"repeats", repeats},
              {"columns", Json::array()}};
    for (const ColumnImportance& one : result.columns) {
        json["columns"].push_back(
            {{"column", one.column}, {"mean", json_value(one.mean)}, {"deviation", json_value(one.deviation)}});
    }
    print(json);
}

void print_csv(const PermutationImportance& result) {
    std::cout << "column,mean,deviation\n";
    for (const ColumnImportance& one : result.columns) {
        std::cout << csv_line({one.column, csv_value(one.mean), csv_value(one.deviation)});
    }
}

void print_table(const PermutationImportance& result) {
    TextTable table;
    table.column("column", TextTable::Align::left, true);
    table.columns({{"importance", TextTable::always}, {"deviation", TextTable::always}});
    for (const ColumnImportance& one : result.columns) {
        table.row({one.column, short_fitness(one.mean), short_fitness(one.deviation)});
    }
    std::cout << table.text(terminal_width(Output::out))
              << for_reading(fmt::format("\nimportance: by how much the champion's fitness on the validation rows, {}, "
                                         "gets worse where the values of the column are shuffled among them; mean and "
                                         "standard deviation of {} times. About 0: the champion does without it.\n",
                                         short_fitness(result.fitness), repeats),
                             Output::out);
}

}  // namespace

void print_importance(const Subject& subject, Format format) {
    PermutationImportance result = importance_in(subject);
    std::ranges::stable_sort(result.columns, std::ranges::greater{},
                             [](const ColumnImportance& one) { return std::isnan(one.mean) ? -infinity : one.mean; });
    if (format == Format::json) return print_json(subject, result);
    if (format == Format::csv) return print_csv(result);
    print_table(result);
}

}  // namespace clade::inspect
