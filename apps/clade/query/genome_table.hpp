// The genomes of a run as rows of a table: an SQLite virtual table over the packed columns of the log.
//
//   genome(generation, position, id, fitness, species, parent_a, parent_b, operators, nodes, connections, enabled, scores...)
//
// A row per genome and generation, in the order of the ids. `operators` is a text such as crossover+attributes. nodes
// (outputs and hidden ones), connections and enabled (connections that are) are counted in rebuilt genomes, and rebuilt
// only for a query that asks for them. The scores of the task have columns of their names. It reads, and never writes.
#pragma once

#include "clade/history/rebuilder.hpp"

struct sqlite3;

namespace clade::query {

/// Makes `genome` known to a connection. `run` and `vocabulary` must outlive it. Gives SQLite's result code.
[[nodiscard]] int add_genome_table(sqlite3* database, const OpenedRun& run, const Vocabulary& vocabulary);

}  // namespace clade::query
