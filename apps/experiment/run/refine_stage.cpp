#include <clade/experiment/run/refine_stage.hpp>

#include <clade/evolution/refine/refinement.hpp>
#include <clade/experiment/run/verdict.hpp>

#include <algorithm>
#include <cmath>

namespace clade {
namespace {

/// The best genome of a generation: the first of the best fitness, as the evolver has it.
std::size_t best_of(std::span<const double> fitness, FitnessDirection direction) {
    std::size_t best = 0;
    for (std::size_t genome = 1; genome < fitness.size(); ++genome) {
        const bool counts = std::isfinite(fitness[genome]);
        if (counts && (!std::isfinite(fitness[best]) || is_better(fitness[genome], fitness[best], direction))) {
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
    const bool progress = !std::isfinite(best) || is_better(best, before.fitness, evolver.setup().direction);
    return params.stagnation > 0 && !progress &&
           generation - before.generation >= static_cast<std::uint32_t>(params.stagnation);
}

/// One refinement of one generation.
class RefineStage {
public:
    RefineStage(Engine& engine, const ExperimentConfig& config, ScoreTable& scores, std::uint64_t evaluations_left)
        : engine_(engine),
          config_(config),
          scores_(scores),
          evaluations_left_(evaluations_left),
          direction_(engine.evolver->setup().direction),
          best_(best_of(scores.fitness, direction_)) {}

    RefineOutcome run() {
        const GenomeStore& population = engine_.evolver->population();
        if (!is_due(config_.refine, *engine_.evolver, scores_.fitness[best_])) return {};
        if (judge_best(population, best_)) return std::move(outcome_);
        engine_.evolver->speciate();
        const Evolver& evolver = *engine_.evolver;
        const RefinementInput input{population,     scores_.fitness, evolver.species(),    direction_,
                                    config_.genome, config_.refine,  evolver.setup().seed, evolver.generation()};
        Refinement refinement(input, genomes_to_refine(input));
        bool solved = false;
        while (!solved && !refinement.finished() && fits(refinement.candidates().size())) solved = iterate(refinement);
        take_over(refinement);
        return std::move(outcome_);
    }

private:
    [[nodiscard]] bool fits(std::size_t evaluations) const { return evaluations <= evaluations_left_; }

    /// Scores the candidates, by one pass each, and tells the optimisers.
    void score(Refinement& refinement) {
        const Generation asked = engine_.evolver->ask();
        const Generation generation{.genomes = refinement.candidates(),
                                    .number = asked.number,
                                    .seed = asked.seed,
                                    .network = asked.network,
                                    .functions = asked.functions,
                                    .origins = refinement.origins()};
        scores_.evaluated += refinement.candidates().size();
        evaluations_left_ -= refinement.candidates().size();
        if (refinement.needs_gradient()) {
            engine_.scorer->score_with_gradient(generation, candidate_scores_, gradient_);
            refinement.tell(candidate_scores_.fitness, {gradient_.bias, gradient_.weight});
        } else {
            engine_.scorer->score(generation, candidate_scores_);
            refinement.tell(candidate_scores_.fitness);
        }
    }

    /// One iteration of all optimisers; the generation takes over what got better. Says whether the task is solved.
    bool iterate(Refinement& refinement) {
        score(refinement);
        std::optional<std::size_t> better;
        for (const auto& [refined, candidate] : refinement.improvements()) {
            const RefinedGenome& genome = refinement.refined()[refined];
            scores_.fitness[genome.genome] = genome.fitness;
            for (std::size_t i = 0; i < scores_.columns.size(); ++i) {
                scores_.columns[i].values[genome.genome] = candidate_scores_.columns[i].values[candidate];
            }
            const double best = scores_.fitness[best_];
            if (genome.genome != best_ && !is_better(genome.fitness, best, direction_)) continue;
            best_ = genome.genome;
            better = refined;
        }
        return better && judge_best(refinement.genomes(), *better);
    }

    /// `row` of `genomes` is the best genome.
    bool judge_best(const GenomeStore& genomes, std::size_t row) {
        std::string problem;
        outcome_.judged = best_;
        outcome_.verdict = judge(engine_, config_, alone(genomes, row), scores_.fitness[best_], &problem);
        if (!problem.empty())
            outcome_.verdict.reset();  // the champion is judged again, and the problem told, at the end
        return outcome_.verdict && outcome_.verdict->solved;
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
    ScoreTable& scores_;
    std::uint64_t evaluations_left_;
    FitnessDirection direction_;
    std::size_t best_;  // of the generation
    ScoreTable candidate_scores_;
    PopulationGradient gradient_;
    RefineOutcome outcome_;
};

}  // namespace

RefineOutcome refine_generation(Engine& engine, const ExperimentConfig& config, ScoreTable& scores,
                                std::uint64_t evaluations_left) {
    return RefineStage(engine, config, scores, evaluations_left).run();
}

}  // namespace clade
