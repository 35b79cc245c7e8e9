// Which genome of a generation failed first, whatever the threads.
#pragma once

#include <clade/evaluation/scoring/scorer.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <limits>
#include <mutex>
#include <string>
#include <utility>

namespace clade {

/// What an exception says of a genome.
[[nodiscard]] GenomeFailure failure_of(std::size_t genome, const std::exception_ptr& exception);

/// The failure with the lowest genome index. Genomes behind it need not be scored any more, those before it must be:
/// so the same one is found whatever the threads.
class FirstFailure {
public:
    [[nodiscard]] bool precedes(std::size_t genome) const { return index_.load() < genome; }

    void add(std::size_t genome, std::exception_ptr exception);

    /// Calls score(), whose exception is a failure of the genome.
    template <class Score>
    void watch(std::size_t genome, const Score& score) {
        try {
            score();
        } catch (...) {
            add(genome, std::current_exception());
        }
    }

    /// The genome it happened to; @pre there was a failure.
    [[nodiscard]] std::size_t genome() const { return index_.load(); }

    [[nodiscard]] bool happened() const { return exception_ != nullptr; }

    /// Throws the exception nested in a ScoringError that names the genome by its place. @pre there was a failure.
    [[noreturn]] void rethrow(std::uint32_t generation, std::size_t place, const std::string& task) const;

private:
    std::mutex mutex_;
    std::atomic<std::size_t> index_ = std::numeric_limits<std::size_t>::max();
    std::exception_ptr exception_;
};

}  // namespace clade
