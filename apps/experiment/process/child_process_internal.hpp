// A program that is talked to over its stdin and stdout, in a process group of its own.
//
// Nothing waits without an end: who reads says for how long. What the program writes to stderr is read along the way, so
// it never blocks the program.
#pragma once

#include <clade/evaluation/deadline.hpp>

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// How long a reply is waited for.
struct Patience {
    double seconds = 0.0;                ///< wall time
    std::string_view key{};              ///< the parameter that says so, for messages
    const Deadline* deadline = nullptr;  ///< asked meanwhile; null: none
};

/// What is started.
struct ChildSetup {
    std::vector<std::string> command{};                 ///< program and arguments; not empty
    std::string directory{};                            ///< where it runs; empty: the working directory
    std::function<void(std::string_view)> on_stderr{};  ///< gets what it writes to stderr, in pieces
    std::size_t longest_reply = std::size_t{1} << 26;   ///< [bytes] of a reply, more is an error
};

/// For one thread at a time. What goes wrong is an Error that says what became of the program, and its last words.
class ChildProcess {
public:
    /// Throws Error if it cannot be started.
    explicit ChildProcess(ChildSetup setup);

    /// Closes its stdin, gives it a moment to end, and ends it and its own children.
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    /// Text for its stdin. It is written while a reply is waited for.
    void send(std::string_view bytes) { outgoing_.append(bytes); }

    /// The next line, without its end. Throws Error if the program has ended, TimeLimitError if it takes too long.
    [[nodiscard]] std::string read_line(const Patience& patience);

    /// So many bytes. Throws as read_line() does.
    [[nodiscard]] std::string read_bytes(std::size_t count, const Patience& patience);

    /// Whether it has said more than was read.
    [[nodiscard]] bool has_more() const noexcept { return incoming_.size() > taken_; }

    /// Its stdin ends, by which it is asked to end.
    void close_input() noexcept;

    /// It is ended at once, without a moment of its own.
    void kill_at_once() noexcept { gently_ = false; }

private:
    void wait_for(std::size_t bytes, const Patience& patience);
    void listen(std::chrono::milliseconds longest);
    void write_some();
    void read_some();
    void read_stderr();
    [[nodiscard]] std::string taken(std::size_t count);
    /// How it has ended: "exit code 3", "signal 11"; empty if it has not.
    [[nodiscard]] std::string ending() const;
    [[noreturn]] void fail_ended();
    [[nodiscard]] std::string last_words() const;

    ChildSetup setup_;
    pid_t id_ = -1;
    int input_ = -1;   // its stdin
    int output_ = -1;  // its stdout
    int errors_ = -1;  // its stderr
    std::string outgoing_;
    std::size_t written_ = 0;  // of outgoing_
    std::string incoming_;
    std::size_t taken_ = 0;  // of incoming_
    std::string tail_;       // the end of what it wrote to stderr
    bool ended_ = false;     // its stdout has ended
    bool gently_ = true;
};

}  // namespace clade
