// The threads of a rank that score slices, while another thread exchanges messages.
//
//   add() ->  | slice 7 | slice 5 |  ->  lane A: slice 3 ...
//                                        lane B: slice 4 ...   ->  | result 2 |  -> take()
//
// Two lanes share the threads of one Parallel: where the last genomes of a slice leave threads idle, these score the
// next slice. A rank of one thread has one lane.
#pragma once

#include <clade/evaluation/scoring/thread_scorer.hpp>
#include <clade/experiment/ranks/rank_messages.hpp>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <thread>
#include <vector>

namespace clade {

/// Scores slices in threads of its own. For one thread at a time.
class SliceLanes {
public:
    /// `task` and `functions` outlive this object. Throws as a ThreadScorer does.
    SliceLanes(const Task& task, const FunctionSet& functions, const ThreadScorerSetup& setup);
    /// Cancels what is there, and waits for the genomes that are being scored.
    ~SliceLanes();
    SliceLanes(const SliceLanes&) = delete;
    SliceLanes& operator=(const SliceLanes&) = delete;

    void add(SliceOrder order);

    /// A result, waited for no longer than that.
    [[nodiscard]] std::optional<SliceResult> take(std::chrono::microseconds longest = {});

    /// Drops all slices and results. Genomes that are being scored are finished, for nothing; wait_idle() waits for them.
    void cancel();
    void wait_idle();

    /// Scorer::show_in(). @pre nothing is being scored.
    void show_in(std::span<ScoringSlot> slots);

private:
    void run(ThreadScorer& scorer, const std::stop_token& over);

    const FunctionSet& functions_;
    std::vector<ThreadScorer> scorers_;  // one of each lane
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<SliceOrder> waiting_;
    std::deque<SliceResult> done_;
    std::size_t running_ = 0;
    std::stop_source cancel_;          // of the slices since the last cancel()
    std::vector<std::jthread> lanes_;  // last: they end before what they use
};

}  // namespace clade
