// The program as a user meets it: started in a folder of its own, judged by exit code, output and what it leaves behind.
#pragma once

#include "tests/support/folder_test.hpp"

#include <clade/core/error.hpp>
#include <clade/experiment/log/run_log.hpp>
#include <clade/experiment/run/run_folder.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace clade {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

inline const std::string xor_config = CLADE_SOURCE_DIR "/configs/xor.yaml";

struct Result {
    int code = 0;  ///< as a shell gives it: 128 + the signal for a program that a signal ended
    std::string out;
    std::string err;
};

/// Undoes that signals are ignored, as they are for a program that a script has begun in the background.
inline void take_signals_as_usual() {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::signal(signal, SIG_DFL);
}

/// A program that was started in `folder`; its output goes to files there. Killed if nobody waits for it.
class Process {
public:
    Process(const fs::path& folder, Words words) : out_(folder / "stdout"), err_(folder / "stderr") {
        std::vector<char*> arguments;
        for (std::string& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        id_ = ::fork();
        if (id_ != 0) return;
        take_signals_as_usual();
        const auto send = [](const fs::path& file, int end) {
            const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
            return ::dup2(descriptor, end) == end && ::close(descriptor) == 0;
        };
        if (::chdir(folder.c_str()) == 0 && send(out_, STDOUT_FILENO) && send(err_, STDERR_FILENO)) {
            ::execv(arguments[0], arguments.data());
        }
        ::_exit(127);
    }
    ~Process() {
        if (id_ <= 0) return;
        ::kill(id_, SIGKILL);
        ::waitpid(id_, nullptr, 0);
    }
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    void send(int signal) const { ::kill(id_, signal); }

    [[nodiscard]] bool has_ended() const {
        siginfo_t info{};
        return ::waitid(P_PID, static_cast<id_t>(id_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0;
    }

    Result wait() {
        int status = 0;
        ::waitpid(id_, &status, 0);
        id_ = 0;
        const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        Result result{code, read_file(out_), read_file(err_)};
        fs::remove(out_);
        fs::remove(err_);
        return result;
    }

private:
    fs::path out_;
    fs::path err_;
    pid_t id_ = 0;
};

class Program : public FolderTest {
protected:
    void SetUp() override {
        FolderTest::SetUp();
        ::setenv("TERM", "xterm-256color", 1);  // colours were possible, if there were a terminal
        ::unsetenv("NO_COLOR");
        ::unsetenv("COLUMNS");
    }

    [[nodiscard]] std::unique_ptr<Process> start(Words words) const {
        words.insert(words.begin(), CLADE_PROGRAM);
        return std::make_unique<Process>(folder_, std::move(words));
    }
    [[nodiscard]] Result clade(Words words) const { return start(std::move(words))->wait(); }
    [[nodiscard]] Result shell(const std::string& command) const {
        return Process(folder_, {"/bin/sh", "-c", command}).wait();
    }

    /// Evolves XOR for a few generations and gives the run's folder.
    fs::path run_xor(Words more = {}) {
        Words words{"run", xor_config, "--seed", "7", "--threads", "1", "--set", "stop.generations=5"};
        words.insert(words.end(), more.begin(), more.end());
        const std::vector<fs::path> before = runs();
        const Result result = clade(words);
        EXPECT_EQ(result.code, 0) << result.err;
        for (const fs::path& run : runs()) {
            if (std::find(before.begin(), before.end(), run) == before.end()) return run;
        }
        ADD_FAILURE() << "no new run";
        return {};
    }

    [[nodiscard]] std::vector<fs::path> runs() const {
        std::vector<fs::path> found;
        if (!fs::exists(folder_ / "runs")) return found;
        for (const auto& entry : fs::directory_iterator(folder_ / "runs")) found.push_back(entry.path());
        return found;
    }

    [[nodiscard]] bool is_empty() const { return fs::is_empty(folder_); }

    [[nodiscard]] nlohmann::json inspected(const fs::path& run) const {
        const Result result = clade({"inspect", run.string(), "--format", "json"});
        EXPECT_EQ(result.code, 0) << result.err;
        return nlohmann::json::parse(result.out, nullptr, false);
    }

    /// Waits until the only run has logged `count` generations; false if `process` ends before, or after a minute.
    [[nodiscard]] bool has_logged(const Process& process, std::size_t count) const {
        const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        while (std::chrono::steady_clock::now() < end && !process.has_ended()) {
            try {
                for (const fs::path& run : runs()) {
                    const auto last = RunLog(RunFolder{run}.log(), RunLog::Mode::read).last_generation();
                    if (last && last->generation + 1 >= count) return true;
                }
            } catch (const Error&) {
                // The log is being made.
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        return false;
    }
};

}  // namespace clade
