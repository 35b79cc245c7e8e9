// How the ranks of one job reach each other. Derive to carry messages in your own way: apps/mpi does it by MPI, the tests
// within one process.
//
// A job has ranks 0 .. size() - 1, each a process of the same program. Messages between two ranks keep their order.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace clade {

/// A message that has arrived.
struct RankMessage {
    std::size_t from = 0;  ///< the rank that sent it
    std::vector<std::byte> bytes{};
};

/// One rank's end of the connections to all others. For one thread at a time.
class RankLink {
public:
    virtual ~RankLink() = default;

    [[nodiscard]] virtual std::size_t rank() const noexcept = 0;
    [[nodiscard]] virtual std::size_t size() const noexcept = 0;

    /// Copies a message and begins to send it; does not wait for the other rank. Throws Error if that rank is lost.
    virtual void send(std::size_t to, std::span<const std::byte> bytes) = 0;

    /// The next message that has arrived from any rank, if there is one. Throws Error if a rank is lost.
    [[nodiscard]] virtual std::optional<RankMessage> receive() = 0;

    /// Leaves the job. Every rank does so in the end, and waits for the others.
    virtual void leave() = 0;

    /// Ends the processes of all ranks at once, this one with the exit code: where a rank is lost, or hangs.
    [[noreturn]] virtual void abort(int exit_code) = 0;
};

}  // namespace clade
