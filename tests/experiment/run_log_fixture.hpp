// Small run logs to test with, in a folder of their own, and what can be done to them.
#pragma once

#include "tests/support/messages.hpp"

#include <clade/core/special_values_internal.hpp>
#include <clade/evolution/generation_record.hpp>
#include <clade/experiment/log/run_log.hpp>
#include <clade/experiment/log/sqlite_internal.hpp>

#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

namespace clade {

namespace fs = std::filesystem;
using Mode = RunLog::Mode;

inline constexpr std::size_t population = 40;

/// A folder of its own for each test, gone afterwards.
class RunLogTest : public testing::Test {
protected:
    RunLogTest() : folder_(testing::TempDir() + "run_log_test." + std::to_string(::getpid())) {
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }
    ~RunLogTest() override {
        std::error_code ignored;
        fs::permissions(folder_, fs::perms::owner_all, ignored);
        fs::remove_all(folder_, ignored);
    }
    RunLogTest(const RunLogTest&) = delete;
    RunLogTest& operator=(const RunLogTest&) = delete;

    [[nodiscard]] fs::path file(const std::string& name = "run.sqlite") const { return folder_ / name; }

    fs::path folder_;
};

/// A genome of one node and two connections.
inline GenomeStore small_genome(float weight) {
    GenomeStore store(GenomeShape{2, 1});
    const GenomeSize size{1, 2};
    store.place({&size, 1});
    const GenomeRows rows = store.rows(0);
    set_node(rows, 0, {.node_id = NodeId{2}, .bias = 0.5F});
    set_connection(rows, 0, {Innovation{0}, NodeId{0}, NodeId{2}, weight, 1});
    set_connection(rows, 1, {Innovation{1}, NodeId{1}, NodeId{2}, -0.25F, 0});
    return store;
}

/// The genes of the champion change every third generation.
inline GenomeStore champion_of(std::uint32_t generation) { return small_genome(static_cast<float>(generation / 3)); }

inline GenerationRecord record_of(std::uint32_t generation) {
    std::mt19937_64 random(generation);
    GenerationRecord record;
    record.generation = generation;
    record.fitness = {3.5 + generation, 2.0, 1.75, 0.5, -1.0};
    record.complexity = {1.5, 7.25, 2, 9};
    record.failed_count = 1;
    record.threshold = 3.0 + 0.1 * generation;
    record.species = {{SpeciesId{2}, 5, 30, 1, 28, 3.5, 2.25, GenomeId{generation * population + 3}},
                      {SpeciesId{7}, 1, 10, 0, 12, 1.5, -0.5, GenomeId{generation * population + 31}}};
    record.champion = 3;
    record.champion_genome = champion_of(generation);
    record.digest = 0xfedcba9876543210U + generation;
    record.restarted = generation == 2;
    for (std::size_t i = 0; i < population; ++i) {
        record.genome_fitness.push_back(static_cast<double>(random()) / 1e18);
        record.genome_species.push_back(i < 30 ? 2 : 7);
        record.parent_a.push_back(generation == 0 ? raw(no_genome) : (generation - 1) * population + random() % 30);
        record.parent_b.push_back(raw(no_genome));
        record.operators.push_back(static_cast<std::uint16_t>(random() % 1024));
    }
    record.genome_fitness[5] = nan;
    return record;
}

inline ScoreTable scores_of(std::uint32_t generation) {
    return {.evaluated = population - generation,
            .reused = generation,
            .failures = {{5, FailureKind::exception, "no sensor in generation " + std::to_string(generation)}}};
}

inline GenerationNotes notes_of(std::uint32_t /*generation*/) {
    return {.seconds = {{"evaluate", 0.25}, {"speciate", 0.125}, {"inherit", 1e-6}}};
}

inline void append(RunLog& log, std::uint32_t generation) {
    log.append(record_of(generation), scores_of(generation), notes_of(generation));
}

inline void write_log(const fs::path& file, std::uint32_t generations) {
    RunLog log = RunLog::create(file);
    log.set("name", "xor");
    for (std::uint32_t generation = 0; generation < generations; ++generation) append(log, generation);
}

inline void execute(const fs::path& file, const std::string& sql) {
    SqliteDatabase(file, SqliteDatabase::Access::write).execute(sql.c_str());
}

inline std::string text_of(const fs::path& file, const std::string& sql) {
    SqliteDatabase database(file, SqliteDatabase::Access::write);
    SqliteStatement statement(database, sql);
    std::string text;
    auto rows = statement.rows();
    if (rows.next()) rows.read(text);
    return text;
}

inline std::string opening(const fs::path& file, Mode mode = Mode::read) {
    return message_of<Error>([&] { RunLog log(file, mode); });
}

inline std::string creating(const fs::path& file) {
    return message_of<Error>([&] { (void)RunLog::create(file); });
}

inline std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline void write_bytes(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

/// Reads all that a log has.
inline void read_everything(const fs::path& file) {
    const RunLog log(file, Mode::read);
    (void)log.all_entries();
    for (const GenerationRow& row : log.generations()) {
        (void)log.species(row.generation);
        (void)log.champion_json(row.generation);
        (void)log.genomes(row.generation);
        (void)log.merit(row.generation);
        (void)log.score_columns(row.generation);
        (void)log.measures(row.generation);
        (void)log.refined(row.generation);
        (void)log.race(row.generation);
        (void)log.failures(row.generation);
    }
    (void)log.species_history(SpeciesId{2});
}

inline void expect_contiguous(const RunLog& log) {
    std::uint64_t evaluations = 0;
    std::uint32_t expected = 0;
    for (const GenerationRow& row : log.generations()) {
        ASSERT_EQ(row.generation, expected++);
        evaluations += row.evaluated;
        ASSERT_EQ(row.evaluations_total, evaluations);
    }
}

}  // namespace clade
