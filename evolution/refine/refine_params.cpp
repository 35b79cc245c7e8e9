#include <clade/evolution/refine/refine_params.hpp>

#include <string>

namespace clade {

void visit_fields(RefineParams& p, FieldVisitor& field) {
    field("method", p.method,
          "none: weights change by mutation alone; cma_es: covariance matrix adaptation, best for up to some hundred "
          "weights; snes: separable natural evolution strategy, for many weights; adam: along the gradient, for "
          "feed-forward networks on tasks that have one.");
    field("every_generations", p.every_generations, at_least(0),
          "Generations from one refinement to the next, the first of the run included; 0 for not periodically.");
    field("stagnation", p.stagnation, at_least(0),
          "Generations without a better best-ever after which every generation is refined until there is one; 0 turns "
          "this off.");
    field("genomes", p.genomes, "Which genomes are refined: the best of each species, the best, or the best part.");
    field("fraction", p.fraction, {.low = 0.0, .high = 1.0, .low_excluded = true},
          "Best part of the generation that is refined with genomes: fraction; at least one is.");
    field("evaluations", p.evaluations, at_least(1),
          "Evaluations that refining one genome may take; one iteration is made in any case.");
    field("step_size", p.step_size, greater_than(0.0),
          "First standard deviation of the candidates' weights; not for adam.");
    field("learning_rate", p.learning_rate, greater_than(0.0),
          "For adam: how far a weight moves in an iteration, about.");
    field("offspring", p.offspring, at_least(0),
          "Candidates an iteration; 0 for the method's own number, 4 + 3 ln(weights), or 1 for adam.");
    field("inheritance", p.inheritance,
          "lamarckian: the genome keeps the weights found; baldwinian: it has their fitness, and its children inherit "
          "its own weights.");
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
