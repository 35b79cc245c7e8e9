// What a thread is scoring, for those who watch from outside: another thread, or, where the slot is in a file that is
// mapped into memory, whoever reads the file after a crash.
#pragma once

#include <clade/core/language_standard.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace clade {

/// A genome that is being scored.
struct GenomeInScoring {
    std::uint32_t generation = 0;
    std::uint32_t genome = 0;  ///< position in the generation

    bool operator==(const GenomeInScoring&) const = default;
};

/// Written by one thread, read by any. A cache line of its own; writing is one store.
class alignas(64) ScoringSlot {
public:
    void begin(std::uint32_t generation, std::size_t genome) noexcept {
        genome_.store((std::uint64_t{generation} << 32U | static_cast<std::uint32_t>(genome)) + 1,
                      std::memory_order_relaxed);
    }
    void end() noexcept { genome_.store(0, std::memory_order_relaxed); }

    /// Another evaluation begins, perhaps of the same genome.
    void count_evaluation() noexcept {
        evaluations_.store(evaluations_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }

    /// The genome that is being scored, if any.
    [[nodiscard]] std::optional<GenomeInScoring> genome() const noexcept {
        return unpacked(genome_.load(std::memory_order_relaxed));
    }

    /// The genome that the first eight bytes of a slot stand for.
    [[nodiscard]] static std::optional<GenomeInScoring> unpacked(std::uint64_t packed) noexcept {
        if (packed == 0) return std::nullopt;
        return GenomeInScoring{static_cast<std::uint32_t>((packed - 1) >> 32U), static_cast<std::uint32_t>(packed - 1)};
    }

    /// Tells two evaluations of one genome apart; counted where evaluations have a limit of time.
    [[nodiscard]] std::uint64_t evaluations() const noexcept { return evaluations_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> genome_{0};  // generation, position, and 1 more; 0: none
    std::atomic<std::uint64_t> evaluations_{0};
};

static_assert(std::atomic<std::uint64_t>::is_always_lock_free, "a lock would not outlive the process");

}  // namespace clade
