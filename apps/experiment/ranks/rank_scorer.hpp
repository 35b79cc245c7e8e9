// Scores a generation on all ranks of a job: this process and the others. Breeding, the log and everything else stay on
// rank 0.
//
//   rank 0    cut -> send -> score a slice of its own -> receive, send the next ... -> the ScoreTable is complete
//   others              score, send the scores, score the slice that waits already ...
//
// Scores depend on the genomes and their places alone, so the result is that of a ThreadScorer for any number of ranks.
// Each rank has two slices, so that none waits for the next one. Generations that take less time than a message are
// scored here.
#pragma once

#include <clade/evaluation/scoring/scorer.hpp>
#include <clade/evaluation/scoring/thread_scorer.hpp>
#include <clade/experiment/ranks/nap.hpp>
#include <clade/experiment/ranks/rank_team.hpp>
#include <clade/experiment/ranks/slice_lanes.hpp>
#include <clade/experiment/ranks/slice_ledger.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace clade {

/// How a RankScorer hands out work.
struct RankScorerParams {
    std::vector<std::size_t> threads{};  ///< of each rank, this one first
    double timeout = 600.0;              ///< after which a rank that does not answer is told of [s]
    double least_slice = 0.001;          ///< time that a slice takes at least [s], so that messages are few
};

/// A Scorer over ranks, on rank 0.
class RankScorer final : public EpisodeScorer {
public:
    /// The team is prepared; task and functions outlive this object, and `setup` is that of a ThreadScorer of this rank.
    RankScorer(std::shared_ptr<RankTeam> team, const Task& task, const FunctionSet& functions,
               const ThreadScorerSetup& setup, RankScorerParams params);
    ~RankScorer() override;

    /// As ThreadScorer::score(). What a task throws on another rank is the message of the exception here, with rank and
    /// host behind it.
    void score(const Generation& generation, ScoreTable& scores) override;
    void score_with_gradient(const Generation& generation, ScoreTable& scores, PopulationGradient& gradient) override;
    void play(const Generation& generation, const Episodes& episodes, ScoreTable& scores) override;
    [[nodiscard]] const Task& task() const noexcept override { return task_; }

    void cancel_with(std::stop_token token) override { cancel_ = std::move(token); }
    void show_in(std::span<ScoringSlot> slots) override { lanes_.show_in(slots); }

private:
    using Clock = std::chrono::steady_clock;

    /// What is known of a rank.
    struct Rank {
        Clock::time_point heard{};  // of it last, or when it was given work after it had none
        bool silent = false;        // it has not answered for too long, and gets no more
    };

    /// The scoring of a generation.
    struct Round {
        SliceLedger ledger;
        const SliceTarget& target;
        double part = 1.0;  // of each evaluation that is asked for
    };

    void spread(const Generation& generation, std::vector<std::size_t> genomes, const SliceTarget& target);
    [[nodiscard]] std::vector<std::size_t> reuse_known(const Generation& generation, ScoreTable& scores) const;
    void hand_out(Round& round);
    void give(Round& round, std::size_t rank);
    bool take_results(Round& round, std::chrono::microseconds longest);
    bool take_messages(Round& round);
    void settle(Round& round, std::size_t rank, const SliceResult& result);
    void watch_silence(Round& round);
    [[noreturn]] void give_up(const Generation& generation, const Round& round);
    void throw_failure(const SliceLedger& ledger) const;

    std::shared_ptr<RankTeam> team_;
    const Task& task_;
    RankScorerParams params_;
    SliceLanes lanes_;
    std::vector<Rank> ranks_;
    double seconds_per_cost_ = 0.0;  // of one thread; 0: not measured yet
    std::uint64_t next_id_ = 0;
    std::stop_token cancel_;
};

}  // namespace clade
