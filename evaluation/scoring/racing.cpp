#include <clade/evaluation/scoring/racing.hpp>

#include <clade/core/special_values_internal.hpp>
#include <clade/evaluation/task.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

namespace clade {
namespace {

/// The number next to a finite fitness, on the side where it is worse.
double next_worse(double fitness, FitnessDirection direction) noexcept {
    return std::nextafter(fitness, direction == FitnessDirection::maximise ? -infinity : infinity);
}

}  // namespace

void visit_fields(RacingParams& p, FieldVisitor& field) {
    field("first_episodes", p.first_episodes, between(0, 100'000),
          "Episodes that every genome plays in the first round. Each later round doubles the total for the genomes "
          "left. 0 for no racing: every genome plays all episodes.");
    field("keep", p.keep, {.low = 0.0, .high = 1.0, .low_excluded = true},
          "Fraction of a round's genomes, the best, that play the next round; ties are kept or dropped together.",
          {.needs = "first_episodes: not 0"});
}

void check(const RacingParams& p, const TaskTraits& traits, std::string_view prefix, IssueSink& issues) {
    if (!p.is_on()) return;
    if (traits.episodes < 2) {
        issues.add(prefix, "task '" + traits.name + "' has no repeated episodes to race over" +
                               (traits.episodes == 1 ? ": it plays one" : "") + "; leave out first_episodes");
    } else if (static_cast<std::size_t>(p.first_episodes) >= traits.episodes) {
        issues.add(std::string(prefix) + ".first_episodes", "must be less than the " + std::to_string(traits.episodes) +
                                                                " episodes of task '" + traits.name + "', got " +
                                                                std::to_string(p.first_episodes));
    }
}

Race::Race(const RacingParams& params, std::size_t genomes, std::size_t episodes, FitnessDirection direction)
    : params_(params), episodes_(episodes), direction_(direction), runners_(genomes), rounds_of_(genomes, 0) {
    std::iota(runners_.begin(), runners_.end(), std::size_t{0});
}

std::size_t Race::round_episodes() const noexcept {
    const std::size_t wanted = played_ == 0 ? static_cast<std::size_t>(params_.first_episodes) : played_;
    return std::min(wanted, episodes_ - played_);
}

/// Whether fitness `a` ranks before `b`; one that is not finite is that of a failed genome, and ranks last.
bool Race::precedes(double a, double b) const noexcept {
    if (!std::isfinite(a)) return false;
    return !std::isfinite(b) || is_better(a, b, direction_);
}

void Race::end_round(std::span<const double> fitness) {
    rounds_.push_back({runners_.size(), round_episodes()});
    played_ += round_episodes();
    for (const std::size_t genome : runners_) ++rounds_of_[genome];
    if (finished()) return;
    const auto before = [&](std::size_t a, std::size_t b) { return precedes(fitness[a], fitness[b]); };
    std::stable_sort(runners_.begin(), runners_.end(), before);
    auto kept = static_cast<std::size_t>(std::ceil(params_.keep * static_cast<double>(runners_.size())));
    // No genome drops out for its place in the generation: equal ones share their lot.
    const auto equal = std::equal_range(runners_.begin(), runners_.end(), runners_[kept - 1], before);
    if (static_cast<std::size_t>(equal.second - runners_.begin()) > kept && std::isfinite(fitness[*equal.first])) {
        const auto cut = equal.first == runners_.begin() ? equal.second : equal.first;
        kept = static_cast<std::size_t>(cut - runners_.begin());
    }
    runners_.resize(kept);
    std::sort(runners_.begin(), runners_.end());
}

void Race::settle(std::span<double> fitness) const {
    std::vector<std::size_t> order(rounds_of_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (rounds_of_[a] != rounds_of_[b]) return rounds_of_[a] > rounds_of_[b];
        return precedes(fitness[a], fitness[b]);
    });
    double own = 0.0;        // of the genome before, over the episodes it has played
    double settled = 0.0;    // what became of that
    std::size_t rounds = 0;  // that it played in; 0: there is none
    for (const std::size_t genome : order) {
        if (!std::isfinite(fitness[genome])) continue;
        const bool equal = rounds == rounds_of_[genome] && own == fitness[genome];
        own = fitness[genome];
        if (equal) {
            fitness[genome] = settled;
        } else if (rounds > 0 && !is_better(settled, own, direction_)) {
            fitness[genome] = next_worse(settled, direction_);
        }
        settled = fitness[genome];
        rounds = rounds_of_[genome];
    }
}

}  // namespace clade
