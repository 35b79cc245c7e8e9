// Watches what the threads are scoring, in a thread of its own, and tells of an evaluation that does not end.
//
// A thread of a process cannot be stopped from outside, so this can only tell.
#pragma once

#include <clade/evaluation/scoring/scoring_slot.hpp>

#include <functional>
#include <span>
#include <thread>
#include <vector>

namespace clade {

/// Genomes whose evaluations do not end.
struct OverdueGenomes {
    std::vector<GenomeInScoring> genomes{};  ///< by position
    double seconds = 0.0;                    ///< for which the one that takes longest has been scored; wall time
};

/// As long as it lives.
class ScoringWatch {
public:
    using Tell = std::function<void(const OverdueGenomes&)>;

    /// Tells of genomes that have been scored for `seconds` and a grace of as much again, but at least a second; and again
    /// whenever the time has doubled. `tell` is called in another thread. @pre seconds > 0; the slots outlive it.
    ScoringWatch(std::span<const ScoringSlot> slots, double seconds, Tell tell);

private:
    std::jthread thread_;
};

}  // namespace clade
