#include <clade/experiment/run/refine_stage.hpp>

#include <clade/experiment/run/experiment.hpp>
#include <clade/experiment/run/verdict.hpp>

#include <algorithm>
#include <cmath>

namespace clade {
namespace {

/// The best genome of a generation: the first of the best fitness, as the evolver has it.
std::size_t best_of(std::span<const double> fitness, Objective objective) {
    std::size_t best = 0;
    for (std::size_t genome = 1; genome < fitness.size(); ++genome) {
        const bool counts = std::isfinite(fitness[genome]);
        if (counts && (!std::isfinite(fitness[best]) || is_better(fitness[genome], fitness[best], objective))) {
            best = genome;
        }
    }
    return best;
}

GenomeStore alone(const GenomeStore& genomes, std::size_t genome) {
    GenomeStore store(genomes.shape());
    store.append(genomes[genome]);
    return store;
}

/// Whether the generation is to be refined; `best` is its best fitness.
bool is_due(const RefineParams& params, const Evolver& evolver, double best) {
    if (params.method == RefineMethod::none) return false;
    const std::uint32_t generation = evolver.generation();
    const auto every = static_cast<std::uint32_t>(params.every_generations);
    if (every > 0 && generation % every == 0) return true;
    const BestEver& before = evolver.best_ever();
    const bool progress = !std::isfinite(best) || is_better(best, before.fitness, evolver.setup().objective);
    return params.stagnation > 0 && !progress &&
           generation - before.generation >= static_cast<std::uint32_t>(params.stagnation);
}

/// One refinement of one generation.
class RefineStage {
public:
    RefineStage(Engine& engine, const ExperimentConfig& config, const ScoredGenomes& scored)
        : engine_(engine),
          config_(config),
          scored_(scored),
          objective_(engine.evolver->setup().objective),
          best_(best_of(scored.fitness, objective_)) {}

    RefineOutcome run() {
        const GenomeStore& population = engine_.evolver->population();
        if (!is_due(config_.refine, *engine_.evolver, scored_.fitness[best_])) return {};
        if (judge_best(population, best_)) return std::move(outcome_);
        engine_.evolver->speciate();
        const ScoredGeneration generation{population, scored_.fitness, engine_.evolver->species(), objective_};
        Refinement refinement(generation, genomes_to_refine(config_.refine, generation),
                              {engine_.evolver->setup().genome, config_.refine, engine_.evolver->setup().seed,
                               engine_.evolver->generation()});
        bool solved = false;
        while (!solved && !refinement.finished() && fits(refinement.candidates().size())) solved = iterate(refinement);
        take_over(refinement);
        return std::move(outcome_);
    }

private:
    [[nodiscard]] bool fits(std::size_t evaluations) const {
        return outcome_.evaluations + evaluations <= scored_.evaluations_left;
    }

    /// Scores the candidates, by one pass each, and tells the optimisers.
    void score(Refinement& refinement) {
        BatchEvaluator& evaluator = *engine_.evaluator;
        const GenomeStore& candidates = refinement.candidates();
        const std::uint32_t generation = engine_.evolver->generation();
        outcome_.evaluations += candidates.size();
        if (refinement.needs_gradient()) {
            evaluator.evaluate_gradients(candidates, generation, refinement.origins(), candidate_fitness_, gradient_);
            refinement.tell(candidate_fitness_, {gradient_.bias, gradient_.weight});
        } else {
            evaluator.evaluate_variants(candidates, generation, refinement.origins(), candidate_fitness_);
            refinement.tell(candidate_fitness_);
        }
    }

    /// One iteration of all optimisers; the generation takes over what got better. Says whether the task is solved.
    bool iterate(Refinement& refinement) {
        const BatchEvaluator& evaluator = *engine_.evaluator;
        score(refinement);
        std::optional<std::size_t> better;
        for (const auto& [refined, candidate] : refinement.improvements()) {
            const RefinedGenome& genome = refinement.refined()[refined];
            scored_.fitness[genome.genome] = genome.fitness;
            for (std::size_t i = 0; i < scored_.values.size(); ++i) {
                scored_.values[i].values[genome.genome] = evaluator.values()[i].values[candidate];
            }
            const double best = scored_.fitness[best_];
            if (genome.genome != best_ && !is_better(genome.fitness, best, objective_)) continue;
            best_ = genome.genome;
            better = refined;
        }
        return better && judge_best(refinement.genomes(), *better);
    }

    /// `row` of `genomes` is the best genome.
    bool judge_best(const GenomeStore& genomes, std::size_t row) {
        outcome_.judged = best_;
        outcome_.verdict = judge(engine_, config_, alone(genomes, row), scored_.fitness[best_]);
        return outcome_.verdict->solved;
    }

    void take_over(const Refinement& refinement) {
        outcome_.refined.assign(refinement.refined().begin(), refinement.refined().end());
        for (std::size_t i = 0; i < outcome_.refined.size(); ++i) {
            if (!outcome_.refined[i].improved()) continue;
            engine_.evolver->revise(outcome_.refined[i].genome, refinement.genomes()[i], config_.refine.inheritance);
        }
    }

    Engine& engine_;
    const ExperimentConfig& config_;
    const ScoredGenomes& scored_;
    Objective objective_;
    std::size_t best_;  // of the generation
    std::vector<double> candidate_fitness_;
    PopulationGradient gradient_;
    RefineOutcome outcome_;
};

}  // namespace

RefineOutcome refine_generation(Engine& engine, const ExperimentConfig& config, const ScoredGenomes& scored) {
    return RefineStage(engine, config, scored).run();
}

}  // namespace clade
