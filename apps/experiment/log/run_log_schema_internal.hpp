// The tables and views of a run log, as SQL. The comments stay in the file: `sqlite3 run.sqlite .schema` shows them.
#pragma once

namespace clade {

inline constexpr int run_log_application_id = 0x434c4144;  // "CLAD", in the file's header at byte 68
inline constexpr int run_log_format = 2;                   // user_version, and format_version in the run table

inline constexpr const char* run_log_tables = R"sql(
CREATE TABLE run (            -- facts of the run: name, seed, task, objective, config, outcome, ...
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE generation (     -- a row a generation; a NULL fitness is not a number: every genome failed
    generation INTEGER PRIMARY KEY,
    best REAL, mean REAL, median REAL, deviation REAL, worst REAL,
    mean_hidden REAL, mean_connections REAL,          -- over all genomes; enabled connections
    best_hidden INTEGER NOT NULL, best_connections INTEGER NOT NULL,
    species_count INTEGER NOT NULL,
    threshold REAL,                                   -- compatibility threshold
    population INTEGER NOT NULL,                      -- genomes
    evaluated INTEGER NOT NULL,                       -- networks scored
    reused INTEGER NOT NULL,                          -- unchanged genomes whose known fitness was taken over
    evaluations_total INTEGER NOT NULL,               -- networks scored up to and with this generation
    failed_count INTEGER NOT NULL,                    -- genomes whose fitness was not a finite number
    restarted INTEGER NOT NULL,                       -- 1: every species had stopped; the next one is a new first
    champion INTEGER NOT NULL,                        -- id of the best genome
    digest TEXT NOT NULL                              -- of the generation's genomes
);

CREATE TABLE stage (          -- seconds of each stage of a generation
    generation INTEGER NOT NULL, stage TEXT NOT NULL, seconds REAL,
    PRIMARY KEY (generation, stage)
) WITHOUT ROWID;

CREATE TABLE species (        -- a row a species and generation
    generation INTEGER NOT NULL, id INTEGER NOT NULL,
    age INTEGER NOT NULL, size INTEGER NOT NULL, stagnation INTEGER NOT NULL, offspring INTEGER NOT NULL,
    best REAL, mean REAL,     -- NULL: every member failed
    champion INTEGER NOT NULL,
    PRIMARY KEY (generation, id)
) WITHOUT ROWID;
CREATE INDEX species_by_id ON species (id);

CREATE TABLE champion (       -- the best genome of each generation, as JSON
    generation INTEGER PRIMARY KEY, id INTEGER NOT NULL, json TEXT NOT NULL
);

CREATE TABLE measure (        -- what was measured of a champion to say whether it solves the task
    generation INTEGER NOT NULL, name TEXT NOT NULL, value REAL,
    PRIMARY KEY (generation, name)
) WITHOUT ROWID;

CREATE TABLE chunk (          -- a value a genome, in the order of the generation; run.format says how they are packed
    generation INTEGER NOT NULL, "column" TEXT NOT NULL, codec TEXT NOT NULL, count INTEGER NOT NULL,
    data BLOB NOT NULL,
    UNIQUE (generation, "column")
);
)sql";

/// Came later than the rest: a log of before has no such table until it is written to again.
inline constexpr const char* run_log_refinement_table = R"sql(
CREATE TABLE IF NOT EXISTS refinement (   -- a row a genome of a generation whose weights were to be improved
    generation INTEGER NOT NULL,
    genome INTEGER NOT NULL,              -- position in the generation
    before REAL NOT NULL, after REAL NOT NULL,  -- fitness
    evaluations INTEGER NOT NULL,         -- candidates scored; part of generation.evaluated
    weights INTEGER NOT NULL, biases INTEGER NOT NULL,  -- how many numbers `data` has of each; 0: nothing better found
    codec TEXT NOT NULL, data BLOB NOT NULL,  -- float32: the weights of all connections, the biases of all nodes
    PRIMARY KEY (generation, genome)
) WITHOUT ROWID;
)sql";

/// Came later, as the table of refinement did.
inline constexpr const char* run_log_race_table = R"sql(
CREATE TABLE IF NOT EXISTS race (         -- a row a round of a generation's race; without racing none
    generation INTEGER NOT NULL,
    round INTEGER NOT NULL,               -- 1, 2, ...
    genomes INTEGER NOT NULL,             -- that played in it
    episodes INTEGER NOT NULL,            -- that each of them played in it
    PRIMARY KEY (generation, round)
) WITHOUT ROWID;
)sql";

/// Came later than the rest, too.
inline constexpr const char* run_log_statistic_table = R"sql(
CREATE TABLE IF NOT EXISTS statistic (    -- numbers of a generation that the program's own hook gave
    generation INTEGER NOT NULL, name TEXT NOT NULL, value REAL,
    PRIMARY KEY (generation, name)
) WITHOUT ROWID;
)sql";

inline constexpr const char* run_log_views = R"sql(
CREATE VIEW fitness_over_generations AS
SELECT generation, best, mean, median, deviation, worst, failed_count, evaluations_total FROM generation;

CREATE VIEW complexity_over_generations AS
SELECT generation, species_count, threshold, mean_hidden, mean_connections, best_hidden, best_connections
FROM generation;

CREATE VIEW species_lifetimes AS
SELECT id, MIN(generation) AS first_generation, MAX(generation) AS last_generation, MAX(size) AS largest_size,
       CASE (SELECT value FROM run WHERE key = 'objective') WHEN 'minimise' THEN MIN(best) ELSE MAX(best) END AS best
FROM species GROUP BY id;

CREATE VIEW champions AS
SELECT generation, champion.id, best AS fitness, best_hidden AS hidden, best_connections AS connections, json
FROM champion JOIN generation USING (generation);

CREATE VIEW seconds_by_stage AS
SELECT stage, SUM(seconds) AS seconds, AVG(seconds) AS mean_seconds, MAX(seconds) AS longest_seconds
FROM stage GROUP BY stage ORDER BY SUM(seconds) DESC;

CREATE VIEW seconds_over_generations AS
SELECT generation, SUM(seconds) AS seconds FROM stage GROUP BY generation;

CREATE VIEW bytes_by_column AS
SELECT "column", COUNT(*) AS chunks, SUM(count) AS genomes, SUM(LENGTH(data)) AS bytes
FROM chunk GROUP BY "column";
)sql";

inline constexpr const char* run_log_format_text =
    "A genome's id is generation x population + position in the generation; -1 is no genome. A NaN is NULL, except in "
    "chunks. A chunk is one zstd frame of `count` little-endian numbers, one a genome: fitness float64 (as the task "
    "gave it), species uint32, parent_a and parent_b uint64 (ids; 2^64-1 is no genome), operators uint16, and, where "
    "the "
    "task gives any, score.NAME and behaviour.NAME float64. Operators "
    "are bits: 1 elite, 2 crossover, 4 interspecies, 8 average, 16 attributes, 32 add_node, 64 add_connection, "
    "128 delete_node, 256 delete_connection, 512 toggle_connection.";

}  // namespace clade
