// The run log among processes: writers that are killed, readers meanwhile, readers without rights.
#include "tests/experiment/run_log_fixture.hpp"

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <memory>

namespace clade {
namespace {

/// Runs `body` in a process of its own and gives its id. The body says its progress through the pipe's end.
template <class Body>
pid_t start_process(Body&& body) {
    const pid_t child = ::fork();
    if (child != 0) return child;
    int code = 1;
    try {
        code = body();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
    }
    ::_exit(code);
}

int exit_code_of(pid_t child) {
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/// A pipe that counts: one byte a generation.
struct Pipe {
    Pipe() {
        if (::pipe(ends) != 0) throw Error("no pipe");
    }
    ~Pipe() {
        ::close(ends[0]);
        if (ends[1] >= 0) ::close(ends[1]);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    void tell() const { (void)!::write(ends[1], "+", 1); }
    [[nodiscard]] bool hear() const {
        char byte = 0;
        return ::read(ends[0], &byte, 1) == 1;
    }
    void listen_only() {
        ::close(ends[1]);
        ends[1] = -1;
    }

    int ends[2] = {-1, -1};
};

TEST_F(RunLogTest, KilledWriterLosesAtMostTheGenerationInFlight) {
    std::uint32_t before = 0;
    for (int round = 0; round < 12; ++round) {
        Pipe pipe;
        const pid_t child = start_process([&]() -> int {
            RunLog log = before == 0 ? RunLog::create(file()) : RunLog(file(), Mode::append);
            for (std::uint32_t generation = before;; ++generation) {
                append(log, generation);
                pipe.tell();
            }
        });
        pipe.listen_only();
        std::uint32_t told = 0;
        while (told < 5U + 17U * static_cast<std::uint32_t>(round) && pipe.hear()) ++told;
        ::kill(child, SIGKILL);
        EXPECT_EQ(exit_code_of(child), -SIGKILL);
        while (pipe.hear()) ++told;
        const RunLog log(file(), Mode::read);
        expect_contiguous(log);
        const std::uint32_t count = log.last_generation()->generation + 1;
        EXPECT_GE(count, before + told);
        EXPECT_LE(count, before + told + 1);
        EXPECT_EQ(log.genomes(count - 1).size(), population);
        before = count;
    }
    EXPECT_EQ(text_of(file(), "PRAGMA integrity_check"), "ok");
}

TEST_F(RunLogTest, UnfinishedNameThatAKilledWriterLeftIsRemoved) {
    write_log(file(), 2);
    fs::create_hard_link(file(), file("run.sqlite.new"));
    append(*std::make_unique<RunLog>(file(), Mode::append), 2);
    EXPECT_FALSE(fs::exists(file("run.sqlite.new")));
    EXPECT_EQ(RunLog(file(), Mode::read).generations().size(), 3U);
}

TEST_F(RunLogTest, ReaderSeesWholeGenerationsWhileAnotherWrites) {
    Pipe pipe;
    const pid_t child = start_process([&] {
        RunLog log = RunLog::create(file());
        for (std::uint32_t generation = 0; generation < 200; ++generation) {
            append(log, generation);
            pipe.tell();
        }
        return 0;
    });
    pipe.listen_only();
    ASSERT_TRUE(pipe.hear());
    {
        const RunLog log(file(), Mode::read);
        std::size_t seen = 1;
        while (pipe.hear()) {
            ++seen;
            expect_contiguous(log);
            const std::uint32_t last = log.last_generation()->generation;
            EXPECT_GE(last + 1, seen);
            EXPECT_EQ(log.genomes(last).size(), population);
            EXPECT_EQ(log.species(last).size(), 2U);
        }
        EXPECT_EQ(exit_code_of(child), 0);
        EXPECT_EQ(log.generations().size(), 200U);
    }
    EXPECT_EQ(RunLog(file(), Mode::read).generations().size(), 200U);
}

/// Runs `body` in a process that may not write to the folder or its files, whoever runs the tests.
template <class Body>
int exit_code_without_rights(const fs::path& folder, Body&& body) {
    for (const auto& entry : fs::directory_iterator(folder)) fs::permissions(entry.path(), fs::perms(0444));
    fs::permissions(folder, fs::perms(0555));
    return exit_code_of(start_process([&] {
        if (::geteuid() == 0 && ::setuid(65534) != 0) return 2;
        if (::access(folder.c_str(), W_OK) == 0) return 3;
        return body();
    }));
}

/// 0 if all can be read.
int read_without_rights(const fs::path& file) {
    return exit_code_without_rights(file.parent_path(), [&] {
        read_everything(file);
        return RunLog(file, Mode::read).generations().size() == 3 ? 0 : 4;
    });
}

void write_log_and_be_killed(const fs::path& file) {
    const pid_t child = start_process([&]() -> int {
        RunLog log = RunLog::create(file);
        for (std::uint32_t generation = 0; generation < 3; ++generation) append(log, generation);
        return ::kill(::getpid(), SIGKILL);
    });
    EXPECT_EQ(exit_code_of(child), -SIGKILL);
    EXPECT_TRUE(fs::exists(file.string() + "-wal"));
}

TEST_F(RunLogTest, FolderThatCannotBeWrittenCanBeRead) {
    write_log(file(), 3);
    EXPECT_EQ(read_without_rights(file()), 0);
}

TEST_F(RunLogTest, FolderThatCannotBeWrittenCanBeReadInWriteAheadMode) {
    write_log(file(), 3);
    execute(file(), "PRAGMA journal_mode = WAL");  // as a writer leaves it that was read from when it ended
    ASSERT_FALSE(fs::exists(file("run.sqlite-wal")));
    EXPECT_EQ(read_without_rights(file()), 0);
}

TEST_F(RunLogTest, KilledWritersLogCanBeReadInAFolderThatCannotBeWritten) {
    write_log_and_be_killed(file());
    EXPECT_EQ(read_without_rights(file()), 0);
}

TEST_F(RunLogTest, KilledWritersLogThatCannotBePutInOrderSaysWhatToDo) {
    write_log_and_be_killed(file());
    fs::remove(file("run.sqlite-shm"));  // a copy without it
    EXPECT_EQ(exit_code_without_rights(folder_,
                                       [&] {
                                           const std::string message = opening(file());
                                           return message.find("copy the run's folder") != std::string::npos ? 0 : 4;
                                       }),
              0);
    fs::permissions(folder_, fs::perms::owner_all);
    for (const auto& entry : fs::directory_iterator(folder_)) fs::permissions(entry.path(), fs::perms(0644));
    EXPECT_EQ(RunLog(file(), Mode::read).generations().size(), 3U);
}

TEST_F(RunLogTest, LogThatCannotBeWrittenIsRefusedWhenOpenedToAppend) {
    write_log(file(), 3);
    const auto append_without_rights = [&] {
        const std::string message = opening(file(), Mode::append);
        return message.find("readonly") != std::string::npos ? 0 : 4;
    };
    EXPECT_EQ(exit_code_without_rights(folder_, append_without_rights), 0);
}

TEST_F(RunLogTest, ReaderTakesBackHalfATransactionOfARollbackJournal) {
    write_log(file(), 3);
    const pid_t child = start_process([&]() -> int {
        SqliteDatabase database(file(), SqliteDatabase::Access::write);
        database.execute(
            "PRAGMA cache_size = 1; BEGIN; UPDATE generation SET best = -1; DELETE FROM champion;"
            "DELETE FROM chunk; INSERT INTO run VALUES ('long', HEX(ZEROBLOB(1000000)), 0, 0)");
        return ::kill(::getpid(), SIGKILL);
    });
    EXPECT_EQ(exit_code_of(child), -SIGKILL);
    ASSERT_TRUE(fs::exists(file("run.sqlite-journal")));
    const RunLog log(file(), Mode::read);
    EXPECT_EQ(log.generation(1)->fitness.best, 4.5);
    EXPECT_EQ(log.genomes(2).size(), population);
}

}  // namespace
}  // namespace clade
