// What the run log's writer and its readers have in common: the columns of its wide tables, in one order.
#pragma once

#include <clade/core/genome/ids.hpp>

#include <cstdint>
#include <string_view>

namespace clade {

/// The one list of the generation table's columns, in the order that visit_columns() has.
inline constexpr std::string_view generation_columns =
    "generation, best, mean, median, deviation, worst, mean_hidden, mean_connections, best_hidden, best_connections, "
    "species_count, threshold, population, evaluated, reused, evaluations_total, failed_count, restarted, champion, "
    "digest";

template <class Row, class Text, class Visitor>
void visit_columns(Row& row, Text& digest, Visitor&& visit) {
    visit(row.generation, row.fitness.best, row.fitness.mean, row.fitness.median, row.fitness.deviation,
          row.fitness.worst, row.complexity.mean_hidden, row.complexity.mean_connections, row.complexity.best_hidden,
          row.complexity.best_connections, row.species_count, row.threshold, row.population, row.evaluated, row.reused,
          row.evaluations_total, row.failed_count, row.restarted, row.champion, digest);
}

inline constexpr std::string_view species_columns =
    "generation, id, age, size, stagnation, offspring, best, mean, champion";

template <class Generation, class Record, class Visitor>
void visit_species(Generation& generation, Record& record, Visitor&& visit) {
    visit(generation, record.id, record.age, record.size, record.stagnation, record.offspring, record.best, record.mean,
          record.champion);
}

/// A genome's number in the run: as Evolver::id_of() has it.
inline GenomeId genome_id(std::uint32_t generation, std::uint64_t population, std::uint64_t index) {
    return GenomeId{generation * population + index};
}

}  // namespace clade
