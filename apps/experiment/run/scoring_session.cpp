#include <clade/experiment/run/scoring_session.hpp>

#include <cmath>
#include <utility>

namespace clade {

ScoringSession::ScoringSession(Engine& engine, const ExperimentConfig& config, const RunFolder& folder,
                               std::function<void(const std::string&)> on_overdue)
    : engine_(engine), file_(folder, engine.parallel.threads() + 1) {
    const std::span<ScoringSlot> slots = file_.slots();
    engine_.slots = slots.first(1);
    engine_.scorer->show_in(slots.subspan(1));
    const FailureParams& failure = config.evaluation.failure;
    if (!(failure.seconds_per_genome > 0.0)) return;
    const auto population = static_cast<std::uint64_t>(config.evolution.population_size);
    watch_.emplace(slots.subspan(1), failure.seconds_per_genome,
                   [failure, population, tell = std::move(on_overdue)](const OverdueGenomes& overdue) {
                       tell(overdue_text(overdue, failure, population));
                   });
}

ScoringSession::~ScoringSession() {
    watch_.reset();
    engine_.scorer->show_in({});
    engine_.slots = {};
}

std::string overdue_text(const OverdueGenomes& overdue, const FailureParams& failure, std::uint64_t population) {
    const bool one = overdue.genomes.size() == 1;
    return scoring_text(overdue.genomes, population) + (one ? " has" : " have") + " been scored for " +
           number_text(std::round(overdue.seconds * 10.0) / 10.0) + " s, which evaluation.seconds_per_genome (" +
           number_text(failure.seconds_per_genome) +
           ") does not allow, and the task has not asked for the time (Evaluator::check_deadline()): "
           "a thread cannot be stopped" +
           (failure.on_failure == OnFailure::stop ? ", so the run cannot go on"
                                                  : "; the run goes on as soon as the task returns");
}

}  // namespace clade
