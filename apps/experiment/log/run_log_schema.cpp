#include <clade/experiment/log/run_log_schema_internal.hpp>

#include <clade/evolution/breed/reproduction_plan.hpp>
#include <clade/experiment/log/generation_row.hpp>
#include <clade/experiment/log/log_columns.hpp>

#include <string_view>
#include <type_traits>
#include <vector>

namespace clade {
namespace {

/// The SQL type that values of a C++ type are stored as; a NaN is NULL.
template <class T>
constexpr std::string_view sql_type() {
    if constexpr (std::is_same_v<T, double>) return "REAL";
    return "INTEGER NOT NULL";
}

/// The lines that define columns: a column a line, its meaning as a comment.
class ColumnLines {
public:
    template <class T>
    void operator()(const LogColumn& column, const T& /*value*/) {
        lines_ += "    " + std::string(column.name) + ' ' + std::string(sql_type<T>()) + ',';
        if (!column.meaning.empty()) lines_ += "  -- " + std::string(column.meaning);
        lines_ += '\n';
    }
    [[nodiscard]] const std::string& text() const { return lines_; }

private:
    std::string lines_;
};

std::string generation_table() {
    ColumnLines columns;
    visit_generation_columns(columns, GenerationRow{});
    std::string stages;
    for (const std::string_view stage : logged_stages) stages += "    " + stage_column(stage) + " INTEGER,\n";
    return "CREATE TABLE generation (\n" + columns.text() +
           "    -- Time of each stage in microseconds; NULL: there was none. log_us is that of the generation "
           "before.\n" +
           stages +
           "    parts BLOB NOT NULL,      -- checksums of the rows of other tables that belong to it; see run.format\n"
           "    chain INTEGER NOT NULL,   -- digest of the chain before and of the row's other values\n"
           "    PRIMARY KEY (generation)\n);\n";
}

/// The stages as rows.
std::string stage_view() {
    std::string text = "CREATE VIEW stage AS\n";
    for (const std::string_view stage : logged_stages) {
        const std::string column = stage_column(stage);
        text += (stage == logged_stages.front() ? "SELECT generation, '" : "UNION ALL SELECT generation, '") +
                std::string(stage) + "' AS stage, " + column + " / 1e6 AS seconds FROM generation WHERE " + column +
                " IS NOT NULL" + (stage == logged_stages.back() ? ";\n" : "\n");
    }
    return text;
}

std::string species_table() {
    ColumnLines columns;
    visit_species_columns(columns, SpeciesRecord{});
    return "CREATE TABLE species (        -- a row per species and generation\n    generation INTEGER NOT NULL,\n" +
           columns.text() + "    PRIMARY KEY (generation, id)\n) WITHOUT ROWID;\n";
}

constexpr std::string_view other_tables = R"sql(
CREATE TABLE run (            -- facts of the run: name, seed, task, direction, config, outcome, ...
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    fixed INTEGER NOT NULL,   -- 1: never changes; the chain of generations begins with these
    digest INTEGER NOT NULL   -- of key, value and fixed
) WITHOUT ROWID;

CREATE TABLE champion (       -- the best genome; a row where its genes are other than those of the generation before
    generation INTEGER PRIMARY KEY, codec TEXT NOT NULL, data BLOB NOT NULL
);

CREATE TABLE measure (        -- what was measured of a champion to say whether it solves the task
    generation INTEGER NOT NULL, name TEXT NOT NULL, value REAL,
    PRIMARY KEY (generation, name)
) WITHOUT ROWID;

CREATE TABLE statistic (      -- numbers of a generation that the program's own hook gave
    generation INTEGER NOT NULL, name TEXT NOT NULL, value REAL,
    PRIMARY KEY (generation, name)
) WITHOUT ROWID;

CREATE TABLE refinement (     -- a row per genome of a generation whose weights were to be improved
    generation INTEGER NOT NULL,
    genome INTEGER NOT NULL,              -- position in the generation
    before REAL NOT NULL, after REAL NOT NULL,  -- fitness
    evaluations INTEGER NOT NULL,         -- candidates scored; part of generation.evaluated
    weights INTEGER NOT NULL, biases INTEGER NOT NULL,  -- how many numbers `data` has of each; 0: nothing better found
    codec TEXT NOT NULL, data BLOB NOT NULL,  -- float32: the weights of all connections, the biases of all nodes
    PRIMARY KEY (generation, genome)
) WITHOUT ROWID;

CREATE TABLE race (           -- a row per round of a generation's race; without racing none
    generation INTEGER NOT NULL,
    round INTEGER NOT NULL,               -- 1, 2, ...
    genomes INTEGER NOT NULL,             -- that played in it
    episodes INTEGER NOT NULL,            -- that each of them played in it
    PRIMARY KEY (generation, round)
) WITHOUT ROWID;

CREATE TABLE failure (        -- a row per failed genome: one that could not be scored
    generation INTEGER NOT NULL,
    genome INTEGER NOT NULL,              -- position in the generation
    kind TEXT NOT NULL,                   -- exception, not_finite, time
    message TEXT NOT NULL,                -- of the exception, or the fitness; a line
    PRIMARY KEY (generation, genome)
) WITHOUT ROWID;

CREATE TABLE chunk (          -- a value per genome, in the order of generations; run.format says how they are packed
    generation INTEGER NOT NULL,          -- the first one
    generations INTEGER NOT NULL,         -- how many the chunk has
    "column" TEXT NOT NULL, codec TEXT NOT NULL, count INTEGER NOT NULL, data BLOB NOT NULL,
    UNIQUE (generation, "column")
);
)sql";

constexpr std::string_view views = R"sql(
CREATE VIEW fitness_over_generations AS
SELECT generation, best, mean, median, deviation, worst, failed_count, evaluations_total FROM generation;

CREATE VIEW complexity_over_generations AS
SELECT generation, species_count, threshold, mean_hidden, mean_connections, best_hidden, best_connections
FROM generation;

CREATE VIEW species_lifetimes AS
SELECT id, MIN(generation) AS first_generation, MAX(generation) AS last_generation, MAX(size) AS largest_size,
       CASE (SELECT value FROM run WHERE key = 'direction') WHEN 'minimise' THEN MIN(best) ELSE MAX(best) END AS best
FROM species GROUP BY id;

CREATE VIEW champions AS      -- genes: the generation whose row of `champion` has the genome
SELECT generation, champion AS id, best AS fitness, best_hidden AS hidden, best_connections AS connections,
       (SELECT MAX(c.generation) FROM champion AS c WHERE c.generation <= g.generation) AS genes
FROM generation AS g;

CREATE VIEW seconds_by_stage AS
SELECT stage, SUM(seconds) AS seconds, AVG(seconds) AS mean_seconds, MAX(seconds) AS longest_seconds
FROM stage GROUP BY stage ORDER BY SUM(seconds) DESC;

CREATE VIEW seconds_over_generations AS
SELECT generation, SUM(seconds) AS seconds FROM stage GROUP BY generation;

CREATE VIEW digest_over_generations AS
SELECT generation, PRINTF('%016x', digest) AS digest FROM generation;

CREATE VIEW bytes_by_column AS
SELECT "column", COUNT(*) AS chunks, SUM(count) AS genomes, SUM(LENGTH(data)) AS bytes
FROM chunk GROUP BY "column";
)sql";

}  // namespace

std::string run_log_schema() {
    return generation_table() + species_table() + std::string(other_tables) + stage_view() + std::string(views);
}

std::string run_log_format_text() {
    std::string text =
        "A genome's id is generation x population + position in the generation. "
        "A NaN is NULL, except in chunks. "
        "A chunk is one zstd frame of `count` little-endian numbers, one per genome, in byte planes: the first byte of "
        "each number, then the second of each, and so on. It has `generations` generations, one after the other. "
        "Columns: fitness float64 (as the task gave it), species uint32, parent_a and parent_b uint32 (positions in "
        "the generation before; 2^32-1 is no genome), operators uint16; where the task gives any, score.NAME and "
        "behaviour.NAME float64; and merit float64 where selection did not go by fitness. "
        "A champion is one zstd frame: uint32 inputs, outputs, nodes, connections, bias_input, network_steps; the kind "
        "of network, the names of activations, the names of aggregations, each text after its length as uint64; and in "
        "byte planes each column of nodes (id uint32, bias and response float32, activation and aggregation uint8, "
        "positions among the names) and of connections (innovation, source and target uint32, weight float32, enabled "
        "uint8). "
        "Digests are XXH3 (64 bits) of a row's values, each after a byte of its type. generation.parts has for chunk, "
        "species, champion, measure, statistic, refinement, race and failure the sum of their rows' digests modulo "
        "2^32. "
        "Operators are bits:";
    for (std::size_t bit = 0; bit < operator_names.size(); ++bit) {
        text += (bit == 0 ? " " : ", ") + std::to_string(1U << bit) + ' ' + std::string(operator_names[bit]);
    }
    return text + '.';
}

}  // namespace clade
