// The messages of the protocol, in each of its two forms (apps/docs/processes.md).
//
//   genomes -> results          style networks
//   reset -> observations       style world
//   step -> steps
#pragma once

#include <clade/evaluation/task.hpp>
#include <clade/experiment/process/child_process_internal.hpp>
#include <clade/experiment/process/worker_hello_internal.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace clade {

/// What a step of several episodes gave: the numbers of an episode lie together.
struct WorkerSteps {
    std::vector<float> observations{};  ///< [episodes x inputs]
    std::vector<double> rewards{};      ///< [episodes]
    std::vector<std::uint8_t> over{};   ///< [episodes]: terminated or truncated
    std::vector<double> behaviour{};    ///< [episodes x behaviour]

    /// Makes room for so many.
    void resize(std::size_t episodes, const WorkerHello& hello);
};

/// A network and the seed that it is to be scored with.
struct WorkerGenome {
    const NetworkProgram* program = nullptr;
    std::uint64_t seed = 0;
};

/// What a worker said of one genome.
struct WorkerResult {
    bool given = false;
    double fitness = 0.0;
    std::vector<double> scores{};
    std::vector<double> behaviour{};
    bool failed = false;
    std::string error{};  ///< why, in the worker's words
};

/// Writes requests, whole and with their framing; reads replies. Each request has a number that its reply must repeat: so a
/// reply too many is never taken for the next one. Throws Error for replies that are not what was asked for.
class WorkerDialect {
public:
    explicit WorkerDialect(const WorkerHello& hello) : hello_(hello) {}
    virtual ~WorkerDialect() = default;

    [[nodiscard]] virtual std::string genomes(std::span<const WorkerGenome> genomes) = 0;
    [[nodiscard]] virtual std::string reset(std::span<const std::uint64_t> seeds) = 0;
    /// `actions` [lanes x outputs, or 1]: those of a lane lie together.
    [[nodiscard]] virtual std::string step(std::span<const std::uint32_t> lanes, std::span<const float> actions) = 0;

    /// The body of the next message.
    [[nodiscard]] virtual std::string receive(ChildProcess& process, const Patience& patience) const = 0;

    virtual void read_results(const std::string& message, std::span<WorkerResult> results) const = 0;
    virtual void read_observations(const std::string& message, std::span<float> observations) const = 0;
    virtual void read_steps(const std::string& message, WorkerSteps& steps) const = 0;

protected:
    [[nodiscard]] const WorkerHello& hello() const noexcept { return hello_; }

    /// The number of a new request.
    [[nodiscard]] std::uint32_t next_request() noexcept { return ++request_; }

    /// Throws Error if a reply is not to the last request.
    void require_last(std::uint64_t request) const;

    /// The result of this index, which is given now. Throws Error for an index beyond the genomes or given before.
    static WorkerResult& claim(std::span<WorkerResult> results, std::uint64_t index);

    /// Throws Error unless each genome got a result.
    static void require_all(std::span<const WorkerResult> results);

private:
    const WorkerHello& hello_;
    std::uint32_t request_ = 0;
};

/// Where a function is in the worker's list. Throws LogicError, as no genome is to blame, if it is not there.
[[nodiscard]] std::size_t known_function(const std::vector<std::string>& known, std::string_view name,
                                         std::string_view key);

}  // namespace clade
