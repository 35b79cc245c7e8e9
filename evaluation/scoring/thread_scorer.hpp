// Scores each genome of a generation with an evaluator of the task, on all threads.
#pragma once

#include <clade/core/parallel.hpp>
#include <clade/evaluation/network/decoder.hpp>
#include <clade/evaluation/scoring/failure_params.hpp>
#include <clade/evaluation/scoring/scorer.hpp>
#include <clade/evaluation/task.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

namespace clade {

/// The setup of a ThreadScorer.
struct ThreadScorerSetup {
    Parallel parallel{};                       ///< all cores
    std::shared_ptr<const Decoder> decoder{};  ///< null: direct
    FailureParams failure{};                   ///< an exception stops; no limit of time
};

/// Scores every genome of a generation with an evaluator of a task.
class ThreadScorer final : public EpisodeScorer {
public:
    /// `task` must outlive this object; a temporary does not compile. The other form shares ownership. Throws Error if
    /// the task is null.
    explicit ThreadScorer(const Task& task, ThreadScorerSetup setup = {});
    explicit ThreadScorer(const Task&& task, ThreadScorerSetup setup = {}) = delete;
    explicit ThreadScorer(std::shared_ptr<const Task> task, ThreadScorerSetup setup = {});
    ThreadScorer(ThreadScorer&& other) noexcept;
    ~ThreadScorer() override;

    [[nodiscard]] const Task& task() const noexcept override { return *task_; }

    /// Columns are the task's scores ("score.NAME"), then its behaviour ("behaviour.NAME").
    ///
    /// A known fitness is reused if the task is deterministic and reports nothing but the fitness.
    ///
    /// Throws Error if the genomes do not fit the task or the decoder, or the evaluator does not fit its task. An exception
    /// of the task, or an evaluation that takes longer than failure.seconds_per_genome, is handled as failure.on_failure
    /// says. If that is `stop`: throws it nested in a ScoringError that names generation, genome (the lowest place if
    /// several fail) and task. Else the fitness is NaN, as are the genome's numbers in the columns. NaN and infinities
    /// that the task gives are kept. An evaluation counts once, tried again or not. The time is looked at when the task
    /// asks (Evaluator::check_deadline()) and when it has returned: one that never does is waited for.
    ///
    /// An exception of make_evaluator() or begin_generation() and a LogicError of any call always stop.
    void score(const Generation& generation, ScoreTable& scores) override;

    /// One pass, forward and backward, counts as one evaluation. Throws Error also if the task is not differentiable, or if
    /// a network is recurrent or has a function that a user added.
    void score_with_gradient(const Generation& generation, ScoreTable& scores, PopulationGradient& gradient) override;

    void cancel_with(std::stop_token token) override { cancel_ = std::move(token); }
    void show_in(std::span<ScoringSlot> slots) override { slots_ = slots; }

    /// Scores that are of another number of genomes are begun anew, e.g. where another scorer has played the episodes
    /// before.
    void play(const Generation& generation, const Episodes& episodes, ScoreTable& scores) override;

private:
    struct Worker;

    void prepare(const Generation& generation, ScoreTable& scores);
    void check(const Generation& generation) const;
    void keep_columns(std::span<const double> scores_found, std::span<const double> behaviour, std::size_t genome,
                      ScoreTable& scores) const;
    void keep_columns(const Evaluator& evaluator, std::size_t genome, ScoreTable& scores) const;
    template <class Score>
    void for_shares(const Generation& generation, std::size_t count, std::size_t share, const Score& score);
    template <class Score>
    void for_genomes(const Generation& generation, std::span<const std::size_t> genomes, const Score& score);
    template <class Evaluate>
    void attempt(Worker& worker, const Generation& generation, std::size_t genome, ScoreTable& scores,
                 const Evaluate& evaluate);
    void evaluate_alone(Worker& worker, const Generation& generation, std::size_t genome, ScoreTable& scores);
    std::vector<std::size_t> evaluate_together(Worker& worker, const Generation& generation,
                                               std::span<const std::size_t> genomes, ScoreTable& scores);
    void score_batches(const Generation& generation, std::span<const std::size_t> genomes, ScoreTable& scores);
    void gather_failures(ScoreTable& scores);

    std::shared_ptr<const Task> task_;
    ThreadScorerSetup setup_;
    std::stop_token cancel_;
    std::span<ScoringSlot> slots_;
    std::vector<std::unique_ptr<Worker>> workers_;
    std::vector<std::size_t> due_;  // genomes of the generation whose fitness is not known
};

}  // namespace clade
