#include <clade/evolution/refine/refinement.hpp>

#include <clade/core/check.hpp>
#include <clade/core/error.hpp>
#include <clade/core/special_values_internal.hpp>
#include <clade/evolution/refine/weight_optimizer_factory.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

namespace clade {
namespace {

constexpr std::size_t nobody = std::numeric_limits<std::size_t>::max();

bool is_better(const RefinementInput& input, std::size_t a, std::size_t b) {
    return is_better(input.fitness[a], input.fitness[b], input.direction);
}

/// The genomes that did not fail, best first, equal ones by position.
std::vector<std::size_t> ranking_of(const RefinementInput& input) {
    std::vector<std::size_t> ranking(input.fitness.size());
    std::iota(ranking.begin(), ranking.end(), std::size_t{0});
    std::erase_if(ranking, [&](std::size_t genome) { return !std::isfinite(input.fitness[genome]); });
    std::stable_sort(ranking.begin(), ranking.end(),
                     [&](std::size_t a, std::size_t b) { return is_better(input, a, b); });
    return ranking;
}

std::vector<std::size_t> champions_of_species(const RefinementInput& input, std::span<const std::size_t> ranking) {
    const auto species_count = *std::max_element(input.species.begin(), input.species.end()) + std::size_t{1};
    std::vector<std::size_t> champions(species_count, nobody);
    for (const std::size_t genome : ranking) {
        std::size_t& champion = champions[input.species[genome]];
        if (champion == nobody) champion = genome;
    }
    std::erase(champions, nobody);
    return champions;
}

}  // namespace

std::vector<std::size_t> genomes_to_refine(const RefinementInput& input) {
    std::vector<std::size_t> picked = ranking_of(input);
    switch (input.refine.genomes) {
        case RefinedGenomes::champion:
            picked.resize(std::min<std::size_t>(picked.size(), 1));
            break;
        case RefinedGenomes::species_champions:
            picked = champions_of_species(input, picked);
            break;
        case RefinedGenomes::fraction: {
            const auto part = input.refine.fraction * static_cast<double>(input.fitness.size()) + 0.5;
            picked.resize(std::min(picked.size(), std::max<std::size_t>(static_cast<std::size_t>(part), 1)));
        }
    }
    std::sort(picked.begin(), picked.end());
    return picked;
}

Refinement::Refinement(const RefinementInput& input, std::span<const std::size_t> picked)
    : params_(input.refine),
      direction_(input.direction),
      genomes_(input.population.shape()),
      candidates_(input.population.shape()) {
    const RandomKey key{input.seed, input.generation, Purpose::refine};
    for (const std::size_t genome : picked) {
        const GenomeView view = input.population[genome];
        Search search{WeightVector(view, input.genome), Stream(key, genome), nullptr};
        if (search.vector.size() == 0) continue;
        search.optimizer = make_weight_optimizer(params_.method, search.vector.read(view),
                                                 {.step_size = params_.step_size,
                                                  .offspring = static_cast<std::size_t>(params_.offspring),
                                                  .learning_rate = params_.learning_rate});
        searches_.push_back(std::move(search));
        genomes_.append(view);
        const double fitness = input.fitness[genome];
        refined_.push_back({.genome = genome, .fitness_before = fitness, .fitness = fitness});
    }
    make_candidates();
}

void Refinement::make_candidates() {
    std::vector<std::uint32_t> topologies;
    candidates_.clear();
    origins_.clear();
    for (std::size_t i = 0; i < searches_.size(); ++i) {
        if (!searches_[i].optimizer) continue;
        const std::size_t offspring = searches_[i].optimizer->offspring();
        topologies.insert(topologies.end(), offspring, candidates_.add_topology(genomes_[i]));
        origins_.insert(origins_.end(), offspring, refined_[i].genome);
    }
    candidates_.place_sharing(topologies);
    std::size_t first = 0;
    for (std::size_t i = 0; i < searches_.size(); ++i) {
        if (!searches_[i].optimizer) continue;
        write_candidates(i, first);
        first += searches_[i].optimizer->offspring();
    }
}

void Refinement::write_candidates(std::size_t search, std::size_t first) {
    auto& [vector, random, optimizer] = searches_[search];
    values_.resize(optimizer->offspring() * vector.size());
    optimizer->ask(values_, random);
    for (std::size_t i = 0; i < optimizer->offspring(); ++i) {
        const AttributeRows rows = candidates_.attributes(first + i);
        copy_attributes(genomes_[search], rows);
        vector.write(std::span(values_).subspan(i * vector.size(), vector.size()), rows);
    }
}

void Refinement::tell(std::span<const double> fitness, const LossGradient& gradient) {
    if (fitness.size() != candidates_.size()) {
        throw Error("each genome needs one fitness: got " + std::to_string(fitness.size()) + " for " +
                    std::to_string(candidates_.size()) + " candidates");
    }
    improvements_.clear();
    const double sign = direction_ == FitnessDirection::maximise ? 1.0 : -1.0;
    std::size_t first = 0;
    for (std::size_t i = 0; i < searches_.size(); ++i) {
        WeightOptimizer* optimizer = searches_[i].optimizer.get();
        if (optimizer == nullptr) continue;
        const std::span<const double> told = fitness.subspan(first, optimizer->offspring());
        merit_.resize(told.size());
        std::transform(told.begin(), told.end(), merit_.begin(),
                       [&](double value) { return std::isfinite(value) ? sign * value : -infinity; });
        slopes_.clear();
        if (optimizer->needs_gradient()) gather_slopes(i, first, gradient);
        optimizer->tell(merit_, slopes_);
        refined_[i].evaluations += told.size();
        keep_best(i, first, fitness);
        first += told.size();
        go_on(i);
    }
    make_candidates();
}

/// Of the search's candidates, which begin at `first`. Merit grow where the loss falls.
void Refinement::gather_slopes(std::size_t search, std::size_t first, const LossGradient& gradient) {
    CLADE_CHECK(
        gradient.bias.size() == candidates_.node_count() && gradient.weight.size() == candidates_.connection_count(),
        "derivatives are those of the candidates");
    const auto& [vector, random, optimizer] = searches_[search];
    slopes_.resize(optimizer->offspring() * vector.size());
    for (std::size_t i = 0; i < optimizer->offspring(); ++i) {
        const GenomeSize size = candidates_.size_of(first + i);
        vector.gather(gradient.bias.subspan(candidates_.node_begin(first + i), size.nodes),
                      gradient.weight.subspan(candidates_.connection_begin(first + i), size.connections),
                      std::span(slopes_).subspan(i * vector.size(), vector.size()));
    }
    for (double& slope : slopes_) slope = -slope;
}

/// @pre `merit_` is of the search's candidates, which begin at `first`.
void Refinement::keep_best(std::size_t search, std::size_t first, std::span<const double> fitness) {
    const auto best = static_cast<std::size_t>(std::max_element(merit_.begin(), merit_.end()) - merit_.begin());
    RefinedGenome& refined = refined_[search];
    if (!std::isfinite(merit_[best]) || !clade::is_better(fitness[first + best], refined.fitness, direction_)) return;
    const GenomeView candidate = candidates_[first + best];
    refined.fitness = fitness[first + best];
    refined.weights.assign(candidate.weight.begin(), candidate.weight.end());
    refined.biases.assign(candidate.bias.begin(), candidate.bias.end());
    copy_attributes(candidate, genomes_.attributes(search));
    improvements_.push_back({search, first + best});
}

/// Ends or restarts a search where that is due.
void Refinement::go_on(std::size_t search) {
    auto& [vector, random, optimizer] = searches_[search];
    if (optimizer->exhausted()) {
        const OptimizerSettings settings{.step_size = params_.step_size,
                                         .offspring = 2 * optimizer->offspring(),
                                         .learning_rate = params_.learning_rate};
        optimizer = make_weight_optimizer(params_.method, vector.read(genomes_[search]), settings);
    }
    const std::size_t after_next = refined_[search].evaluations + optimizer->offspring();
    if (after_next > static_cast<std::size_t>(params_.evaluations)) optimizer = nullptr;
}

}  // namespace clade
