// A worker: a program that has said what it is, and answers requests.
#pragma once

#include <clade/experiment/process/child_process_internal.hpp>
#include <clade/experiment/process/process_params.hpp>
#include <clade/experiment/process/worker_dialect_internal.hpp>
#include <clade/experiment/process/worker_hello_internal.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace clade {

/// What workers are started with.
struct WorkerSetup {
    ProcessParams params{};
    std::string directory{};                            ///< where they run
    std::function<void(std::string_view)> on_output{};  ///< gets the lines that they write to stderr
};

/// For one thread at a time. What goes wrong is an Error that begins with "worker NAME: "; after it the worker is no
/// longer sound, and only fit to be destroyed.
class Worker {
public:
    /// Starts it and waits for its hello. `number` is for people. Throws Error; FormatError for another protocol, or a
    /// hello that is wrong.
    Worker(const WorkerSetup& setup, std::size_t number);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    [[nodiscard]] const WorkerHello& hello() const noexcept { return hello_; }

    /// Requests end, too, when this says so; null: never.
    void set_deadline(const Deadline* deadline) noexcept { deadline_ = deadline; }

    void score(std::span<const WorkerGenome> genomes, std::span<WorkerResult> results);
    void reset(std::span<const std::uint64_t> seeds, std::span<float> observations);
    void step(std::span<const std::uint32_t> lanes, std::span<const float> actions, WorkerSteps& steps);

    /// Whether its last reply was as it must be, or none was asked for.
    [[nodiscard]] bool is_sound() const noexcept { return sound_; }

    /// Whether it has ever given a reply.
    [[nodiscard]] bool has_replied() const noexcept { return has_replied_; }

    /// Asks it to end, without waiting.
    void close_input() noexcept { process_->close_input(); }

private:
    template <class Read>
    void ask(const std::string& request, const Read& read);
    template <class Action>
    void named(const Action& action) const;
    void keep_lines(std::string_view text);

    const WorkerSetup& setup_;
    std::string name_;
    std::string line_;  // of its stderr, not yet complete
    std::unique_ptr<ChildProcess> process_;
    WorkerHello hello_;
    std::unique_ptr<WorkerDialect> dialect_;
    const Deadline* deadline_ = nullptr;
    bool sound_ = true;
    bool has_replied_ = false;
};

}  // namespace clade
