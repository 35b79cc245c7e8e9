#include "tests/support/messages.hpp"

#include <clade/core/error.hpp>
#include <clade/experiment/run/checkpoint.hpp>
#include <clade/experiment/run/run_folder.hpp>

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace clade {
namespace {

namespace fs = std::filesystem;

class RunFolderTest : public testing::Test {
protected:
    RunFolderTest() : folder_(testing::TempDir() + "run_folder_test." + std::to_string(::getpid())) {
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }
    ~RunFolderTest() override {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    RunFolderTest(const RunFolderTest&) = delete;
    RunFolderTest& operator=(const RunFolderTest&) = delete;

    fs::path folder_;
};

using CheckpointTest = RunFolderTest;

void write_bytes(const fs::path& file, std::string_view bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

/// A folder that looks like a run begun `seconds` after the others.
fs::path make_run(const fs::path& path, int seconds) {
    fs::create_directories(path);
    const RunFolder run{path};
    write_bytes(run.config(), "name: x\n");
    write_bytes(run.log(), "log");
    const auto base = fs::file_time_type::clock::now() - std::chrono::hours(1);
    fs::last_write_time(run.config(), base + std::chrono::seconds(seconds));
    return path;
}

std::size_t entries_in(const fs::path& folder) {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(folder)) ++count;
    return count;
}

std::vector<std::byte> state_of(std::size_t size) {
    std::vector<std::byte> state(size);
    for (std::size_t i = 0; i < size; ++i) state[i] = static_cast<std::byte>(i * 7);
    return state;
}

// ---- making and finding ----

TEST_F(RunFolderTest, NameTimeAndSeedMakeTheFolder) {
    const RunFolder run = create_run_folder(folder_ / "a" / "b", "xor", 42);
    EXPECT_TRUE(fs::is_directory(run.path));
    EXPECT_EQ(run.path.parent_path(), folder_ / "a" / "b");
    const std::string name = run.path.filename().string();
    ASSERT_EQ(name.size(), std::string("xor-20240101-120000-42").size()) << name;
    EXPECT_EQ(name.substr(0, 6), "xor-20");
    EXPECT_EQ(name.substr(12, 1), "-");
    EXPECT_EQ(name.substr(19), "-42");
    EXPECT_EQ(run.checkpoint(), run.path / "checkpoint.bin");
}

TEST_F(RunFolderTest, TakenNamesGetANumber) {
    std::set<fs::path> paths;
    std::vector<RunFolder> runs;
    for (int i = 0; i < 12; ++i) paths.insert(runs.emplace_back(create_run_folder(folder_, "xor", 1)).path);
    EXPECT_EQ(paths.size(), 12U);
    EXPECT_EQ(entries_in(folder_), 12U);
}

TEST_F(RunFolderTest, ThreadsThatAskAtOnceGetDifferentFolders) {
    std::vector<fs::path> paths(64);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < 8; ++t) {
        threads.emplace_back([&, t] {
            for (std::size_t i = 0; i < 8; ++i) paths[8 * t + i] = create_run_folder(folder_, "xor", 1).path;
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(std::set<fs::path>(paths.begin(), paths.end()).size(), paths.size());
}

TEST_F(RunFolderTest, NamesBecomeFileNames) {
    const auto begins = [&](std::string_view name, const std::string& expected) {
        const std::string made = create_run_folder(folder_, name, 1).path.filename().string();
        EXPECT_TRUE(made.starts_with(expected + "-2")) << made;
    };
    begins("a-Z_0.9", "a-Z_0.9");
    begins("../../etc/passwd", "-.-..-etc-passwd");
    begins("two words\n", "two-words-");
    begins("größe", "gr--e");
    begins("", "run");
    begins(std::string(1000, 'x'), std::string(128, 'x'));
    begins(std::string_view("\0x", 2), "-x");
    EXPECT_EQ(entries_in(folder_), 7U);
}

TEST_F(RunFolderTest, PlaceWhereNothingCanBeMadeIsNamed) {
    write_bytes(folder_ / "file", "x");
    const std::string message = message_of([&] { (void)create_run_folder(folder_ / "file", "xor", 1); });
    expect_contains(message, (folder_ / "file").string() + ": runs cannot be created there");
    expect_contains(message_of([&] { (void)create_run_folder(folder_ / "file" / "b", "xor", 1); }), "file/b");
    expect_contains(message_of([&] { (void)create_run_folder("/proc/nowhere", "xor", 1); }), "/proc/nowhere: ");
}

TEST_F(RunFolderTest, RunIsFoundByItsFolderAndByItsLog) {
    const fs::path path = make_run(folder_ / "xor", 0);
    EXPECT_EQ(find_run(path).path, path);
    EXPECT_EQ(find_run(path / "").config().lexically_normal(), path / "config.yaml");
    EXPECT_EQ(find_run(path / "run.sqlite").path, path);
}

TEST_F(RunFolderTest, NewestRunBelowIsTheOneStartedLast) {
    make_run(folder_ / "zebra", 1);
    make_run(folder_ / "apple", 3);
    make_run(folder_ / "mango", 2);
    fs::create_directories(folder_ / "not-a-run");
    write_bytes(RunFolder{folder_ / "zebra"}.log(), "written to later");
    EXPECT_EQ(find_run(folder_).path, folder_ / "apple");
}

TEST_F(RunFolderTest, OfRunsStartedInOneMomentTheHigherNumberIsNewest) {
    const auto moment = fs::file_time_type::clock::now();
    for (const char* name : {"xor-1-10", "xor-1", "xor-1-9", "xor-1-2"}) {
        fs::last_write_time(RunFolder{make_run(folder_ / name, 0)}.config(), moment);
    }
    EXPECT_EQ(find_run(folder_).path, folder_ / "xor-1-10");
}

TEST_F(RunFolderTest, WhatHasNoRunIsNamed) {
    write_bytes(folder_ / "file", "x");
    const std::string at = folder_.string();
    EXPECT_EQ(message_of([&] { (void)find_run(folder_); }),
              at + ": no run there: neither it nor a folder in it has a run.sqlite");
    EXPECT_EQ(message_of([&] { (void)find_run(folder_ / "none"); }), at + "/none: there is no such run");
    EXPECT_EQ(message_of([&] { (void)find_run(folder_ / "file"); }),
              at + "/file: is no run: a run is a folder with a run.sqlite");
    EXPECT_EQ(message_of([&] { (void)find_run({}); }), ".: there is no such run");
}

// ---- replacing files ----

TEST_F(RunFolderTest, ReplacedFileHasTheNewContentAndNothingElseStays) {
    const fs::path file = folder_ / "champion.json";
    replace_file(file, "first, longer");
    EXPECT_EQ(read_file(file), "first, longer");
    replace_file(file, std::string_view("a\0b", 3));
    EXPECT_EQ(read_file(file), std::string("a\0b", 3));
    replace_file(file, std::string_view());
    EXPECT_EQ(read_file(file), "");
    EXPECT_EQ(entries_in(folder_), 1U);
}

TEST_F(RunFolderTest, WhatAKilledWriterLeftIsTakenOver) {
    write_bytes(folder_ / "file.tmp", "half of a much longer content");
    replace_file(folder_ / "file", "new");
    EXPECT_EQ(read_file(folder_ / "file"), "new");
    EXPECT_EQ(entries_in(folder_), 1U);
}

TEST_F(RunFolderTest, FileThatCannotBeReplacedIsNamedAndStays) {
    expect_contains(message_of([&] { replace_file(folder_ / "no" / "file", "x"); }),
                    "no/file.tmp: cannot be written: No");
    fs::create_directories(folder_ / "taken" / "inside");
    expect_contains(message_of([&] { replace_file(folder_ / "taken", "x"); }), "taken: cannot be replaced: ");
    EXPECT_TRUE(fs::is_directory(folder_ / "taken" / "inside"));
    EXPECT_EQ(entries_in(folder_), 1U);
    fs::create_symlink("elsewhere", folder_ / "file.tmp");
    expect_contains(message_of([&] { replace_file(folder_ / "file", "x"); }), "file.tmp: cannot be written: ");
}

TEST_F(RunFolderTest, FileThatCannotBeReadIsNamed) {
    EXPECT_EQ(message_of([&] { (void)read_file(folder_ / "none"); }),
              (folder_ / "none").string() + ": cannot be read: No such file or directory");
    expect_contains(message_of([&] { (void)read_file(folder_); }), ": must be a regular file, got a directory");
}

TEST_F(RunFolderTest, FileThatDoesNotKnowItsSizeIsReadWhole) {
    EXPECT_NE(read_file("/proc/self/status").find("Pid:"), std::string::npos);
}

TEST_F(RunFolderTest, ConcurrentReplacementsAreWholeOnes) {
    const fs::path file = folder_ / "file";
    replace_file(file, std::string(50000, 'a'));
    std::vector<std::thread> threads;
    for (const char letter : {'a', 'b', 'c', 'd'}) {
        threads.emplace_back([&, letter] {
            for (int i = 0; i < 25; ++i) replace_file(file, std::string(50000, letter));
        });
    }
    for (int i = 0; i < 200; ++i) {
        const std::string content = read_file(file);
        ASSERT_EQ(content, std::string(50000, content.at(0)));
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(entries_in(folder_), 1U);
}

TEST_F(CheckpointTest, KilledWriterLeavesAWholeOne) {
    const fs::path file = folder_ / "checkpoint.bin";
    write_checkpoint(file, "config", state_of(100000));
    for (std::size_t round = 0; round < 10; ++round) {
        int pipe[2] = {-1, -1};
        ASSERT_EQ(::pipe(pipe), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            for (std::size_t size = 100000;; ++size) {
                write_checkpoint(file, "config", state_of(size));
                if (::write(pipe[1], "+", 1) != 1) ::_exit(1);
            }
        }
        char byte = 0;
        for (std::size_t i = 0; i <= round; ++i) EXPECT_EQ(::read(pipe[0], &byte, 1), 1);
        ::kill(child, SIGKILL);
        ::close(pipe[0]);
        ::close(pipe[1]);
        ::waitpid(child, nullptr, 0);
        const std::vector<std::byte> state = read_checkpoint(file, "config");
        EXPECT_GE(state.size(), 100000 + round);
        EXPECT_EQ(state, state_of(state.size()));
    }
    write_checkpoint(file, "config", state_of(3));
    EXPECT_EQ(entries_in(folder_), 1U);
}

// ---- checkpoints ----

TEST_F(CheckpointTest, StateReadsBack) {
    for (const std::size_t size : {0U, 1U, 100U, 1000000U}) {
        write_checkpoint(folder_ / "c", "config", state_of(size));
        EXPECT_EQ(read_checkpoint(folder_ / "c", "config"), state_of(size));
    }
}

TEST_F(CheckpointTest, EachKindOfTroubleHasItsOwnMessage) {
    const fs::path file = folder_ / "c";
    write_checkpoint(file, "config", state_of(100));
    const std::string sound = read_file(file);
    ASSERT_EQ(sound.size(), 148U);
    const auto trouble = [&](const std::string& bytes, std::string_view config = "config") {
        write_bytes(file, bytes);
        const std::string message = message_of<FormatError>([&] { (void)read_checkpoint(file, config); });
        const std::string prefix = file.string() + ": ";
        EXPECT_TRUE(message.starts_with(prefix)) << message;
        return message.substr(std::min(prefix.size(), message.size()));
    };
    std::string later = sound;
    later[8] = 5;
    std::string damaged = sound;
    damaged[100] = static_cast<char>(damaged[100] ^ 1);
    std::string damaged_header = sound;
    damaged_header[24] = static_cast<char>(damaged_header[24] ^ 1);
    EXPECT_EQ(trouble(""), "is empty, so no checkpoint");
    EXPECT_EQ(trouble("name: xor\n"), "is no checkpoint of Clade");
    EXPECT_EQ(trouble(sound.substr(0, 20)), "is cut off within its first 48 bytes");
    EXPECT_EQ(trouble(later), "has checkpoint version 5; this version of Clade knows version 4");
    EXPECT_EQ(trouble(damaged_header), "is damaged in its first bytes");
    EXPECT_EQ(trouble(sound.substr(0, 60)), "is cut off: it holds 12 of 100 bytes of state");
    EXPECT_EQ(trouble(sound + "x"), "is damaged: it has data after its end");
    EXPECT_EQ(trouble(damaged), "is damaged: its digest does not fit");
    EXPECT_EQ(trouble(sound, "other"), "belongs to another run");
}

TEST_F(CheckpointTest, DamageAtAnyByteIsNoticed) {
    const fs::path file = folder_ / "c";
    write_checkpoint(file, "config", state_of(50));
    const std::string sound = read_file(file);
    for (std::size_t i = 0; i < sound.size(); ++i) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            std::string damaged = sound;
            damaged[i] = static_cast<char>(static_cast<unsigned char>(damaged[i]) ^ (1U << bit));
            write_bytes(file, damaged);
            EXPECT_THROW((void)read_checkpoint(file, "config"), FormatError) << "byte " << i << ", bit " << bit;
        }
    }
}

TEST_F(CheckpointTest, AnyLengthButItsOwnIsNoticed) {
    const fs::path file = folder_ / "c";
    write_checkpoint(file, "config", state_of(50));
    const std::string sound = read_file(file);
    for (std::size_t size = 0; size < sound.size(); ++size) {
        write_bytes(file, sound.substr(0, size));
        EXPECT_THROW((void)read_checkpoint(file, "config"), FormatError) << size;
    }
}

TEST_F(CheckpointTest, MissingFileIsAnErrorButNoDamage) {
    const std::string message = message_of([&] { (void)read_checkpoint(folder_ / "none", "config"); });
    EXPECT_EQ(message, (folder_ / "none").string() + ": cannot be read: No such file or directory");
    EXPECT_THROW((void)read_checkpoint(folder_, "config"), Error);
}

}  // namespace
}  // namespace clade
