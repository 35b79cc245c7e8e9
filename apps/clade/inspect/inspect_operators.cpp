#include "clade/inspect/inspect_operators.hpp"

#include "clade/history/operator_success.hpp"
#include "clade/inspect/inspect_values.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"
#include "terminal/wrapping.hpp"

#include <fmt/format.h>

#include <iostream>

namespace clade::inspect {
namespace {

using Counts = std::vector<history::OperatorCount>;

void print_json(const Subject& subject, const Counts& counts) {
    Json json{{"run", subject.run.folder.path.string()}, {"operators", Json::array()}};
    for (const history::OperatorCount& count : counts) {
        json["operators"].push_back({{"operator", count.name},
                                     {"genomes", count.genomes},
                                     {"improved", count.improved},
                                     {"improved_share", json_value(count.improved_share())},
                                     {"best_ever", count.best_ever},
                                     {"best", json_value(count.best)},
                                     {"mean", json_value(count.mean())}});
    }
    print(json);
}

void print_csv(const Counts& counts) {
    std::cout << "operator,genomes,improved,improved_share,best_ever,best,mean\n";
    for (const history::OperatorCount& count : counts) {
        std::cout << csv_line({count.name, std::to_string(count.genomes), std::to_string(count.improved),
                               csv_value(count.improved_share()), std::to_string(count.best_ever),
                               csv_value(count.best), csv_value(count.mean())});
    }
}

void print_table(const Counts& counts) {
    TextTable table;
    table.column("operator", TextTable::Align::left);
    table.columns({{"genomes", 3},
                   {"beat parent", TextTable::always},
                   {"share", TextTable::always},
                   {"best ever", 2},
                   {"best", 1},
                   {"mean", 1}});
    for (const history::OperatorCount& count : counts) {
        table.row({count.name, std::to_string(count.genomes), std::to_string(count.improved),
                   fmt::format("{:.2g}%", 100.0 * count.improved_share()), std::to_string(count.best_ever),
                   short_fitness(count.best), short_fitness(count.mean())});
    }
    std::cout
        << table.text(terminal_width(Output::out))
        << for_reading(
               "\nA genome counts for each of its operators. beat parent: fitter than its fitter parent. best ever: "
               "fitter than all genomes before.\n",
               Output::out);
}

}  // namespace

void print_operators(const Subject& subject, Format format) {
    const Counts counts = history::operator_success(subject.run.log, subject.direction);
    if (format == Format::json) return print_json(subject, counts);
    if (format == Format::csv) return print_csv(counts);
    print_table(counts);
}

}  // namespace clade::inspect
