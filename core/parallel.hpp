// Parallel loops over ranges of indices; the only place that uses threads.
//
// Everything parallel in Clade goes through here, so that the thread limit is one engine's own, the result of a loop
// can depend only on its indices, and the thread sanitizer sees where work is handed over. Only the constructor needs TBB
// to be linked: a program that makes no Parallel, because it only runs networks, does without.
#pragma once

#include <clade/core/simd.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <span>

namespace clade {

/// The threads and the SIMD level to use. A handle: copies share the threads.
class Parallel {
public:
    /// body(begin, end, worker): the half-open range to do; `worker` < threads() is not used by two ranges at once.
    using Body = std::function<void(std::size_t, std::size_t, std::size_t)>;

    static constexpr int most_threads = 256;

    /// `threads` at least 1, or 0 for all cores that the process may use; at most most_threads are taken.
    explicit Parallel(int threads = 0, SimdLevel simd = best_simd_level());

    /// Splits [0, count) into ranges of about `grain` and calls `body` for each, in any order, on any worker.
    /// Runs in the calling thread where count <= grain. The first exception of a body is rethrown here.
    void for_ranges(std::size_t count, std::size_t grain, const Body& body) const {
        if (count == 0) return;
        if (arena_ && count > grain) {
            arena_->for_ranges(count, grain, body);
        } else {
            body(0, count, 0);
        }
    }

    /// Does each of these once, in any order, on any worker. The first exception is rethrown here.
    void invoke(std::span<const std::function<void()>> tasks) const {
        for_ranges(tasks.size(), 1, [&](std::size_t begin, std::size_t end, std::size_t) {
            for (std::size_t i = begin; i < end; ++i) tasks[i]();
        });
    }

    [[nodiscard]] std::size_t threads() const noexcept { return threads_; }
    [[nodiscard]] SimdLevel simd() const noexcept { return simd_; }

private:
    /// Several threads. Abstract, so that those who call a loop do not need to link them.
    struct Arena {
        virtual ~Arena() = default;
        virtual void for_ranges(std::size_t count, std::size_t grain, const Body& body) = 0;
    };
    class Threads;

    std::size_t threads_;
    SimdLevel simd_;
    std::shared_ptr<Arena> arena_;
};

}  // namespace clade
