#include <clade/experiment/run/scoring_watch.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace clade {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr double shortest_grace = 1.0;  // [s]

/// What was seen of the slots so far.
class Watcher {
public:
    Watcher(std::span<const ScoringSlot> slots, double longest)
        : slots_(slots), longest_(longest), seen_(slots.size()) {}

    /// The genomes that are overdue, if that is to be told now.
    std::optional<OverdueGenomes> look(Clock::time_point now) {
        OverdueGenomes overdue;
        bool tell = false;
        for (std::size_t i = 0; i < slots_.size(); ++i) {
            Seen& seen = seen_[i];
            const auto genome = slots_[i].genome();
            if (const std::uint64_t count = slots_[i].evaluations(); !genome || count != seen.count) {
                seen = {count, now, longest_};
                continue;
            }
            const double seconds = Seconds(now - seen.since).count();
            if (seconds < longest_) continue;
            overdue.genomes.push_back(*genome);
            overdue.seconds = std::max(overdue.seconds, seconds);
            if (seconds < seen.told_next) continue;
            seen.told_next *= 2.0;
            tell = true;
        }
        if (!tell) return std::nullopt;
        std::ranges::sort(overdue.genomes, {}, &GenomeInScoring::genome);
        return overdue;
    }

private:
    struct Seen {
        std::uint64_t count = 0;
        Clock::time_point since{};
        double told_next = 0.0;  // [s]
    };

    std::span<const ScoringSlot> slots_;
    double longest_;
    std::vector<Seen> seen_;
};

void watch(const std::stop_token& stop, Watcher watcher, Seconds pause, const ScoringWatch::Tell& tell) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
        if (const auto overdue = watcher.look(Clock::now())) tell(*overdue);
        never.wait_for(lock, stop, pause, [] { return false; });
    }
}

}  // namespace

ScoringWatch::ScoringWatch(std::span<const ScoringSlot> slots, double seconds, Tell tell) {
    const double longest = seconds + std::max(seconds, shortest_grace);
    thread_ =
        std::jthread([watcher = Watcher(slots, longest), pause = Seconds(std::clamp(seconds / 10.0, 0.05, 1.0)),
                      tell = std::move(tell)](const std::stop_token& stop) { watch(stop, watcher, pause, tell); });
}

}  // namespace clade
