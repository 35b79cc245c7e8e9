// Files that are no run log, of another format, cut off or damaged: each is refused in a line of its own.
#include "tests/experiment/run_log_fixture.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <utility>
#include <vector>

namespace clade {
namespace {

// ---- what is no run log ----

TEST_F(RunLogTest, ExistingFileIsNeverWrittenOver) {
    write_bytes(file(), "precious");
    expect_contains(creating(file()), "exists already");
    EXPECT_EQ(bytes_of(file()), "precious");
}

TEST_F(RunLogTest, FolderThatIsMissingIsNamed) {
    expect_contains(creating(folder_ / "no" / "run.sqlite"), "no/run.sqlite: cannot be made: No such file");
}

TEST_F(RunLogTest, WhatIsNoRunLogIsRefused) {
    write_bytes(file("text"), std::string(5000, 'x'));
    write_bytes(file("short"), "SQLite format 3");
    write_bytes(file("empty"), "");
    for (const Mode mode : {Mode::read, Mode::append}) {
        expect_contains(opening(file("text"), mode), "text: is not an SQLite file");
        EXPECT_NE(opening(file("short"), mode), "nothing");
        expect_contains(opening(file("empty"), mode), "empty: is empty, so no run log");
        expect_contains(opening(file("missing"), mode), "missing: there is no such file");
        expect_contains(opening(folder_, mode), "is no file, so no run log");
    }
    EXPECT_FALSE(fs::exists(file("missing")));
    EXPECT_EQ(fs::file_size(file("empty")), 0U);
}

TEST_F(RunLogTest, AnotherProgramsDatabaseIsRefused) {
    write_bytes(file(), "");
    execute(file(), "CREATE TABLE generation (generation INTEGER)");
    expect_contains(opening(file()), "is an SQLite file, but no run log");
    expect_contains(opening(file(), Mode::append), "is an SQLite file, but no run log");
}

TEST_F(RunLogTest, AnotherFormatIsRefused) {
    write_log(file(), 1);
    execute(file(), "PRAGMA user_version = 3");
    expect_contains(opening(file()), "has run log format '3'; this version of Clade knows format 4");
    expect_contains(opening(file()), "; the version that wrote it can read it");
    expect_contains(opening(file(), Mode::append), "has run log format '3'");
    execute(file(), "INSERT INTO run VALUES ('clade_version', '0.9.0', 1, 0)");
    expect_contains(opening(file()), "; version 0.9.0, which wrote it, can read it");
    execute(file(), "PRAGMA user_version = 4; UPDATE run SET value = '1b' WHERE key = 'format_version'");
    expect_contains(opening(file()), "has run log format '1b'");
}

TEST_F(RunLogTest, LogThatLacksATableIsRefused) {
    write_log(file(), 1);
    execute(file(), "DROP TABLE chunk");
    expect_contains(message_of<FormatError>([&] { RunLog log(file(), Mode::read); }), "no such table: chunk");
}

// ---- damage ----

TEST_F(RunLogTest, DamagedChunksAreNamed) {
    write_log(file(), 2);
    const fs::path sound = file("sound.sqlite");
    fs::copy_file(file(), sound);
    const std::string where = " WHERE generation = 1 AND \"column\" = 'species'";
    const std::vector<std::pair<std::string, std::string>> cases{
        {"DELETE FROM chunk", "is missing"},
        {"UPDATE chunk SET codec = 'lz9'", "has the unknown codec 'lz9'"},
        {"UPDATE chunk SET count = 39", "has the wrong length"},
        {"UPDATE chunk SET count = -1", "has the wrong length"},
        {"UPDATE chunk SET data = x''", "is no zstd frame"},
        {"UPDATE chunk SET data = 'text'", "is no zstd frame"},
        {"UPDATE chunk SET data = (SELECT data FROM chunk WHERE \"column\" = 'fitness')", "has the wrong length"},
        {"UPDATE chunk SET data = SUBSTR(data, 1, LENGTH(data) - 1)", ""},
        {"UPDATE chunk SET data = data || x'00'", ""},
        // A frame that claims 2^40 bytes.
        {"UPDATE chunk SET data = x'28b52ffde0000000000001000003000000'", "has the wrong length"},
    };
    for (const auto& [change, reason] : cases) {
        fs::copy_file(sound, file(), fs::copy_options::overwrite_existing);
        execute(file(), change + where);
        const RunLog log(file(), Mode::read);
        EXPECT_EQ(log.genomes(0).size(), population);
        EXPECT_EQ(log.fitness(1).size(), population);
        const std::string message = message_of<FormatError>([&] { (void)log.genomes(1); });
        expect_contains(message, file().string() + ": generation 1: column 'species': " + reason);
    }
}

TEST_F(RunLogTest, HugeCountsAskForNoMemory) {
    write_log(file(), 1);
    // Both the row and the frame claim 2^40 genomes.
    execute(file(),
            "UPDATE generation SET population = 1 << 40; UPDATE chunk SET count = 1 << 40, "
            "data = x'28b52ffde0000000000008000003000000'");
    const std::string message = message_of<FormatError>([&] { (void)RunLog(file(), Mode::read).fitness(0); });
    expect_contains(message, "generation 0: column 'fitness': is too short for its length");
    execute(file(), "UPDATE generation SET population = -1; UPDATE chunk SET count = -1");
    EXPECT_THROW((void)RunLog(file(), Mode::read).fitness(0), FormatError);
}

TEST_F(RunLogTest, EveryDamagedByteOfAChunkIsNoticed) {
    write_log(file(), 1);
    SqliteDatabase database(file(), SqliteDatabase::Access::write);
    std::string frame;
    {
        SqliteStatement select(database, "SELECT data FROM chunk WHERE \"column\" = 'fitness'");
        auto rows = select.rows();
        ASSERT_TRUE(rows.next());
        rows.read(frame);
    }
    SqliteStatement update(database, "UPDATE chunk SET data = ? WHERE \"column\" = 'fitness'");
    const std::vector<double> sound = RunLog(file(), Mode::read).fitness(0);
    for (std::size_t i = 0; i < frame.size(); ++i) {
        std::string damaged = frame;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
        update.run(std::as_bytes(std::span(damaged)));
        const RunLog log(file(), Mode::read);
        try {
            // The frame's header has bits without meaning.
            const std::vector<double> values = log.fitness(0);
            EXPECT_EQ(std::memcmp(values.data(), sound.data(), sound.size() * sizeof(double)), 0) << "byte " << i;
        } catch (const FormatError&) {
        }
    }
}

TEST_F(RunLogTest, NumbersOutOfRangeAreNamed) {
    write_log(file(), 1);
    execute(file(), "UPDATE species SET age = -1 WHERE id = 7; UPDATE generation SET digest = 'xyz'");
    const RunLog log(file(), Mode::read);
    expect_contains(message_of<FormatError>([&] { (void)log.species(0); }), "age is out of range, -1");
    expect_contains(message_of<FormatError>([&] { (void)log.generations(); }), "column 'digest' is damaged");
}

TEST_F(RunLogTest, FailuresReadBack) {
    write_log(file(), 2);
    const RunLog log(file(), Mode::read);
    EXPECT_EQ(log.failures(1), scores_of(1).failures);
    EXPECT_TRUE(log.failures(7).empty()) << "there is no such generation";
    EXPECT_EQ(log.failure_counts().at("exception"), 2U);
}

TEST_F(RunLogTest, FailuresThatNoWriterLogsAreNamed) {
    write_log(file(), 2);
    execute(file(), "INSERT INTO failure VALUES (0, 1, 'gremlins', ''), (1, 40, 'exception', '')");
    const RunLog log(file(), Mode::read);
    expect_contains(message_of<FormatError>([&] { (void)log.failures(0); }), "has the unknown kind 'gremlins'");
    expect_contains(message_of<FormatError>([&] { (void)log.failures(1); }), "names a genome that is not there");
}

TEST_F(RunLogTest, TruncatedFileIsRefusedAtAnyLength) {
    write_log(file(), 3);
    const std::string sound = bytes_of(file());
    for (std::size_t size = 1; size < sound.size(); size += size < 600 ? 37 : 1021) {
        write_bytes(file(), sound.substr(0, size));
        const std::string message = message_of<Error>([&] { read_everything(file()); });
        EXPECT_NE(message, "nothing") << size << " of " << sound.size();
        expect_contains(message, file().string());
    }
    write_bytes(file(), sound.substr(0, sound.size() - 1));
    EXPECT_EQ(opening(file()), file().string() + ": is cut off: " + std::to_string(sound.size() - 1) + " bytes of " +
                                   std::to_string(sound.size()) + " are there");
}

TEST_F(RunLogTest, DamagedBytesAreAnErrorOrHarmless) {
    write_log(file(), 3);
    const std::string sound = bytes_of(file());
    std::mt19937_64 random(1);
    int noticed = 0;
    for (int round = 0; round < 600; ++round) {
        std::string damaged = sound;
        // The first page and the pages' heads matter most.
        const std::size_t page = 4096 * (random() % (sound.size() / 4096));
        const std::size_t at = round % 3 == 0 ? random() % 4096 : page + random() % (round % 3 == 1 ? 64 : 4096);
        damaged[at] = static_cast<char>(random());
        write_bytes(file(), damaged);
        fs::remove(file("run.sqlite-journal"));
        fs::remove(file("run.sqlite-wal"));
        fs::remove(file("run.sqlite-shm"));
        try {
            read_everything(file());
        } catch (const Error& error) {
            ++noticed;
            expect_contains(error.what(), file().string());
        }
    }
    EXPECT_GT(noticed, 40);
}

}  // namespace
}  // namespace clade
