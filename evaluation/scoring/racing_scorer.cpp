#include <clade/evaluation/scoring/racing_scorer.hpp>

#include <utility>

namespace clade {

RacingScorer::RacingScorer(ThreadScorer scorer, const RacingParams& params)
    : RacingScorer(std::make_unique<ThreadScorer>(std::move(scorer)), params) {}

RacingScorer::RacingScorer(std::unique_ptr<EpisodeScorer> scorer, const RacingParams& params)
    : scorer_(std::move(scorer)), params_(params) {
    ThrowingSink issues;
    check(params_, scorer_->task().traits(), "racing", issues);
    issues.finish();
}

void RacingScorer::score(const Generation& generation, ScoreTable& scores) {
    if (!generation.origins.empty() || !generation.held_out.empty()) return scorer_->score(generation, scores);
    const TaskTraits& traits = scorer_->task().traits();
    Race race(params_, generation.genomes.size(), traits.episodes, traits.direction);
    returns_.resize(generation.genomes.size() * traits.episodes);
    while (!race.finished()) {
        scorer_->play(generation, {race.runners(), race.first_episode(), race.round_episodes(), returns_}, scores);
        race.end_round(scores.fitness);
    }
    race.settle(scores.fitness);
    scores.rounds = race.rounds();
    scores.complete_failures();
}

}  // namespace clade
