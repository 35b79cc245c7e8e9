#include <clade/experiment/process/child_process_internal.hpp>

#include <clade/core/error.hpp>
#include <clade/core/fields.hpp>
#include <clade/core/text.hpp>
#include <clade/experiment/process/spawn_internal.hpp>

#include <poll.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): of POSIX
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <thread>
#include <utility>

namespace clade {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t tail_length = 300;                 // [bytes] of stderr in messages
constexpr std::size_t piece_length = 65'536;             // [bytes] of one read
constexpr auto moment = std::chrono::milliseconds(500);  // to end by itself
constexpr std::chrono::milliseconds between_looks{50};   // at the deadline
constexpr double longest_wait = 1e9;                     // [s] what a clock can count
constexpr std::size_t any_line = 0;

}  // namespace

ChildProcess::ChildProcess(ChildSetup setup) : setup_(std::move(setup)) {
    const SpawnedProcess spawned = spawn(setup_.command, setup_.directory);
    id_ = spawned.id;
    input_ = spawned.input;
    output_ = spawned.output;
    errors_ = spawned.errors;
}

ChildProcess::~ChildProcess() {
    close_input();
    const auto end = Clock::now() + (gently_ ? moment : std::chrono::milliseconds(0));
    for (auto nap = std::chrono::microseconds(200); ending().empty() && Clock::now() < end; nap *= 2) {
        read_stderr();
        std::this_thread::sleep_for(std::min<std::chrono::microseconds>(nap, std::chrono::milliseconds(20)));
    }
    read_stderr();
    ::kill(-id_, SIGKILL);  // its own children, too; its number is not another's before it is waited for
    while (::waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
    }
    ::close(output_);
    ::close(errors_);
}

void ChildProcess::close_input() noexcept {
    if (input_ >= 0) ::close(std::exchange(input_, -1));
}

std::string ChildProcess::ending() const {
    siginfo_t info{};
    const bool told = ::waitid(P_PID, static_cast<id_t>(id_), &info, WEXITED | WNOHANG | WNOWAIT) == 0;
    if (!told || info.si_pid != id_) return "";
    return (info.si_code == CLD_EXITED ? "exit code " : "signal ") + std::to_string(info.si_status);
}

std::string ChildProcess::read_line(const Patience& patience) {
    wait_for(any_line, patience);
    std::string line = taken(incoming_.find('\n', taken_) + 1 - taken_);
    line.pop_back();
    if (line.ends_with('\r')) line.pop_back();
    return line;
}

std::string ChildProcess::read_bytes(std::size_t count, const Patience& patience) {
    if (count > 0) wait_for(count, patience);
    return taken(count);
}

std::string ChildProcess::taken(std::size_t count) {
    std::string text = incoming_.substr(taken_, count);
    taken_ += count;
    if (taken_ == incoming_.size()) {
        incoming_.clear();
        taken_ = 0;
    }
    return text;
}

/// Writes what is to be sent, and reads until there are so many bytes, or a line.
void ChildProcess::wait_for(std::size_t bytes, const Patience& patience) {
    const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                        std::chrono::duration<double>(std::min(patience.seconds, longest_wait)));
    std::size_t looked_at = taken_;
    const auto is_there = [&] {
        if (bytes != any_line) return incoming_.size() - taken_ >= bytes;
        const bool found = incoming_.find('\n', looked_at) != std::string::npos;
        looked_at = incoming_.size();
        return found;
    };
    write_some();
    while (!is_there()) {
        if (incoming_.size() - taken_ > setup_.longest_reply) {
            throw Error("its reply is longer than " + std::to_string(setup_.longest_reply >> 20) + " MB" +
                        last_words());
        }
        if (ended_) fail_ended();
        if (patience.deadline != nullptr) patience.deadline->check();
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
        if (left.count() <= 0) {
            throw TimeLimitError("it gave no reply within " + number_text(patience.seconds) + " s (" +
                                 std::string(patience.key) + ")" + last_words());
        }
        listen(std::min(left, between_looks));
    }
}

/// Reads and writes what can be, once something can.
void ChildProcess::listen(std::chrono::milliseconds longest) {
    const bool writes = written_ < outgoing_.size();
    std::array<pollfd, 3> looks{{{output_, POLLIN, 0}, {errors_, POLLIN, 0}, {writes ? input_ : -1, POLLOUT, 0}}};
    if (::poll(looks.data(), looks.size(), static_cast<int>(longest.count())) <= 0) return;
    if (looks[1].revents != 0) read_stderr();
    if (looks[2].revents != 0) write_some();
    if (looks[0].revents != 0) read_some();
}

void ChildProcess::write_some() {
    const SignalPipeGuard no_signal;
    while (written_ < outgoing_.size() && input_ >= 0) {
        const ssize_t count = ::write(input_, outgoing_.data() + written_, outgoing_.size() - written_);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && errno == EAGAIN) return;
        if (count < 0) return close_input();  // it reads no more: its stdout will end, or the time
        written_ += static_cast<std::size_t>(count);
    }
    outgoing_.clear();
    written_ = 0;
}

void ChildProcess::read_some() {
    const std::size_t before = incoming_.size();
    incoming_.resize(before + piece_length);
    const ssize_t count = ::read(output_, incoming_.data() + before, piece_length);
    incoming_.resize(before + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    ended_ = count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR);
}

/// One piece: a program that never stops writing must not be listened to for ever.
void ChildProcess::read_stderr() {
    if (errors_ < 0) return;
    std::array<char, 4096> piece{};
    const ssize_t count = ::read(errors_, piece.data(), piece.size());
    if (count == 0) ::close(std::exchange(errors_, -1));
    if (count <= 0) return;
    const std::string_view text(piece.data(), static_cast<std::size_t>(count));
    if (setup_.on_stderr) setup_.on_stderr(text);
    tail_.append(text);
    if (tail_.size() > tail_length) tail_.erase(0, tail_.size() - tail_length);
}

void ChildProcess::fail_ended() {
    // Its stdout has ended, so it is about to end, too, if it does not only close it.
    for (int look = 0; look < 100 && ending().empty(); ++look) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    for (int piece = 0; piece < 16; ++piece) read_stderr();
    const std::string how = ending();
    throw Error((how.empty() ? "it closed its stdout" : "it ended with " + how) + last_words());
}

std::string ChildProcess::last_words() const {
    const std::size_t end = tail_.find_last_not_of(" \r\n\t");
    if (end == std::string::npos) return "";
    const std::string text = tail_.substr(0, end + 1);
    const std::size_t line = text.find_last_of('\n') + 1;  // npos + 1 is 0
    return "; its stderr ends with: " + printable(std::string_view(text).substr(line), tail_length);
}

}  // namespace clade
