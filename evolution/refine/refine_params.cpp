#include <clade/evolution/refine/refine_params.hpp>

#include <string>

namespace clade {

void visit_fields(RefineParams& p, FieldVisitor& field) {
    field("method", p.method,
          "Optimiser of weights and biases: none; cma_es, for up to some hundred weights; snes, for more; adam, which "
          "follows the gradient and needs feed-forward networks and a differentiable task.");
    field("every_generations", p.every_generations, at_least(0),
          "Generations from one refinement to the next, starting with the first generation; 0 for stagnation only.",
          {.needs = "method: not none"});
    field("stagnation", p.stagnation, at_least(0),
          "Generations without a new best ever after which every generation is refined until there is one; 0 for "
          "never.",
          {.needs = "method: not none"});
    field("genomes", p.genomes,
          "Genomes to refine: the champion of each species, the champion of the generation, or the best fraction.",
          {.needs = "method: not none"});
    field("fraction", p.fraction, {.low = 0.0, .high = 1.0, .low_excluded = true},
          "Fraction of the generation, the best genomes, refined with genomes: fraction; at least one genome.",
          {.needs = "method: not none, genomes: fraction"});
    field("evaluations", p.evaluations, at_least(1),
          "Maximum number of evaluations per refined genome; the first iteration is always made.",
          {.needs = "method: not none"});
    field("step_size", p.step_size, greater_than(0.0),
          "Initial standard deviation of the candidates' weights (cma_es, snes).", {.needs = "method: cma_es or snes"});
    field("learning_rate", p.learning_rate, greater_than(0.0),
          "Learning rate of adam: the approximate change of a weight per iteration.", {.needs = "method: adam"});
    field("offspring", p.offspring, at_least(0),
          "Candidates per iteration; 0 for the default of the method: 4 + 3 ln(weights), or 1 for adam.",
          {.needs = "method: not none"});
    field("inheritance", p.inheritance,
          "lamarckian: the genome keeps the refined weights; baldwinian: it gets their fitness, but its children "
          "inherit its own weights.",
          {.needs = "method: not none"});
}

void check(const RefineParams& p, std::string_view prefix, IssueSink& issues) {
    if (p.method == RefineMethod::none) return;
    const std::string key = prefix.empty() ? std::string() : std::string(prefix) + ".";
    if (p.every_generations == 0 && p.stagnation == 0) {
        issues.add(key + "every_generations",
                   "must be at least 1 without refine.stagnation, got 0: nothing would ever be refined");
    }
    if (p.every_generations == 1 && p.stagnation > 0) {
        issues.add(key + "stagnation",
                   "changes nothing with every_generations: 1; set every_generations: 0 to refine on stagnation alone");
    }
    if (p.method == RefineMethod::adam && p.offspring != 0) {
        issues.add(key + "offspring", "must be 0 with method: adam, which makes one candidate an iteration, got " +
                                          std::to_string(p.offspring));
    } else if (p.offspring != 0 && p.offspring < 4) {
        issues.add(key + "offspring", "must be 0 or at least 4, got " + std::to_string(p.offspring));
    }
}

}  // namespace clade
