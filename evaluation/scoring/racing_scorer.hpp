// Scores a generation by racing (racing.hpp).
#pragma once

#include <clade/evaluation/scoring/racing.hpp>
#include <clade/evaluation/scoring/thread_scorer.hpp>

#include <memory>
#include <stop_token>
#include <vector>

namespace clade {

/// Has the genomes of another scorer race.
class RacingScorer final : public Scorer {
public:
    /// Throws FieldError, with keys of the racing block, if the task has no episodes to race over. @pre racing is on.
    RacingScorer(ThreadScorer scorer, const RacingParams& params);
    RacingScorer(std::unique_ptr<EpisodeScorer> scorer, const RacingParams& params);

    /// Known fitness is never reused: it may be that of a genome which dropped out. Variants and held-out
    /// evaluations do not race: all their episodes are played.
    void score(const Generation& generation, ScoreTable& scores) override;

    void score_with_gradient(const Generation& generation, ScoreTable& scores, PopulationGradient& gradient) override {
        scorer_->score_with_gradient(generation, scores, gradient);
    }
    void cancel_with(std::stop_token token) override { scorer_->cancel_with(std::move(token)); }
    void show_in(std::span<ScoringSlot> slots) override { scorer_->show_in(slots); }

private:
    std::unique_ptr<EpisodeScorer> scorer_;
    RacingParams params_;
    std::vector<double> returns_;  // [genome][episode]
};

}  // namespace clade
