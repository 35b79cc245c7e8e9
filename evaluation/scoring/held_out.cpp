#include <clade/evaluation/scoring/held_out.hpp>

#include <clade/core/special_values_internal.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace clade {
namespace {

constexpr std::size_t least_evaluations = 2;  // per candidate in the first round, and of the best: for a deviation

std::size_t halvings(std::size_t candidates) { return candidates < 2 ? 0 : std::bit_width(candidates - 1); }

/// Evaluations that each round may cost, the last one included.
std::uint64_t round_budget(std::size_t candidates, std::uint64_t budget) { return budget / (halvings(candidates) + 1); }

/// The candidates, and what each has scored so far.
class Halving {
public:
    Halving(Scorer& scorer, const Generation& candidates, FitnessDirection direction)
        : scorer_(scorer),
          candidates_(candidates),
          direction_(direction),
          values_(candidates.genomes.size()),
          left_(candidates.genomes.size()) {
        std::iota(left_.begin(), left_.end(), std::size_t{0});
    }

    [[nodiscard]] const std::vector<std::size_t>& left() const { return left_; }
    [[nodiscard]] MeanFitness fitness(std::size_t candidate) const { return mean_fitness(values_[candidate]); }
    [[nodiscard]] std::uint64_t spent() const { return spent_; }
    [[nodiscard]] std::size_t evaluations() const { return next_; }

    /// Scores each that is left in as many further evaluations.
    void evaluate(std::size_t evaluations) {
        if (evaluations == 0) return;
        GenomeStore genomes(candidates_.genomes.shape());
        std::vector<std::uint32_t> numbers;
        for (const std::size_t candidate : left_) {
            for (std::size_t i = 0; i < evaluations; ++i) {
                genomes.append(candidates_.genomes[candidate]);
                numbers.push_back(static_cast<std::uint32_t>(next_ + i));
            }
        }
        scorer_.score({.genomes = genomes,
                       .number = candidates_.number,
                       .seed = candidates_.seed,
                       .network = candidates_.network,
                       .functions = candidates_.functions,
                       .held_out = numbers},
                      scores_);
        auto fitness = scores_.fitness.begin();
        for (const std::size_t candidate : left_) {
            for (std::size_t i = 0; i < evaluations; ++i) values_[candidate].push_back(*fitness++);
        }
        next_ += evaluations;
        spent_ += numbers.size();
    }

    void keep_better_half() {
        std::stable_sort(left_.begin(), left_.end(), [this](std::size_t a, std::size_t b) {
            return is_better(fitness(a).mean, fitness(b).mean, direction_);
        });
        left_.resize((left_.size() + 1) / 2);
    }

    /// Forgets what the evaluations so far have brought.
    void begin_anew() {
        for (auto& values : values_) values.clear();
    }

private:
    Scorer& scorer_;
    const Generation& candidates_;
    FitnessDirection direction_;
    std::vector<std::vector<double>> values_;  // [candidate][evaluation]
    std::vector<std::size_t> left_;            // candidates, the better ones first
    std::size_t next_ = 0;                     // number of the next evaluation
    std::uint64_t spent_ = 0;
    ScoreTable scores_;
};

}  // namespace

void visit_fields(ChampionParams& p, FieldVisitor& field) {
    field("candidates", p.candidates, between(0, 1000),
          "Champions of generations that are scored again on held-out evaluations when a run of a noisy task ends; the "
          "best of them is its champion. 0: the champion is the genome of best fitness.",
          {.changes_results = false});
    field("evaluations", p.evaluations, between(2, 100'000),
          "Maximum number of held-out evaluations per candidate, and of the champion for its reported mean.",
          {.changes_results = false, .needs = "candidates: not 0"});
    field("budget", p.budget, probability(),
          "Maximum of all held-out evaluations, as a fraction of the run's evaluations; they are not counted among "
          "these.",
          {.changes_results = false, .needs = "candidates: not 0"});
}

double MeanFitness::standard_error() const {
    return evaluations == 0 ? 0.0 : deviation / std::sqrt(static_cast<double>(evaluations));
}

bool MeanFitness::excludes(double fitness) const {
    const double error = standard_error();
    return std::fabs(fitness - mean) > 2.0 * std::sqrt(deviation * deviation + error * error);
}

MeanFitness mean_fitness(std::span<const double> values) {
    MeanFitness result{.evaluations = values.size()};
    if (values.empty()) return result;
    const auto count = static_cast<double>(values.size());
    for (const double value : values) result.mean += value;
    result.mean /= count;
    if (!std::isfinite(result.mean)) return {.mean = nan, .evaluations = values.size()};
    double squares = 0.0;
    for (const double value : values) squares += (value - result.mean) * (value - result.mean);
    if (values.size() > 1) result.deviation = std::sqrt(squares / (count - 1.0));
    return result;
}

std::size_t candidate_count(const ChampionParams& params, std::size_t available, std::uint64_t budget) {
    if (budget < least_evaluations) return 0;
    std::size_t count = std::min(available, static_cast<std::size_t>(params.candidates));
    while (count > 1 && round_budget(count, budget) < count * least_evaluations) --count;
    return count;
}

HeldOutChoice choose_on_held_out(Scorer& scorer, const Generation& candidates, FitnessDirection direction,
                                 const ChampionParams& params, std::uint64_t budget) {
    Halving race(scorer, candidates, direction);
    const auto most = static_cast<std::uint64_t>(params.evaluations);
    const std::uint64_t per_round = round_budget(candidates.genomes.size(), budget);
    while (race.left().size() > 1) {
        race.evaluate(std::min(most - race.evaluations(), per_round / race.left().size()));
        race.keep_better_half();
    }
    HeldOutChoice choice{.best = race.left().front()};
    for (std::size_t i = 0; i < candidates.genomes.size(); ++i) choice.candidates.push_back(race.fitness(i));
    race.begin_anew();
    race.evaluate(std::min(most, budget - race.spent()));
    choice.fitness = race.fitness(choice.best);
    choice.evaluations = race.spent();
    return choice;
}

}  // namespace clade
