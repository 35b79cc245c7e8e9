// The loop in your own hands: a task of five lines, evolved with ask and tell. Shown in the README.
#include <clade/evaluation/scoring/batch_evaluator.hpp>
#include <clade/evolution/evolver.hpp>

#include <array>
#include <cmath>

int main() {
    const clade::FunctionTask task({.name = "negate", .input_count = 1, .output_count = 1},
                                   [](clade::Network& network, const clade::Seeds&) {
                                       float out = 0.0F;
                                       network.activate(std::array{0.25F}, {&out, 1});
                                       return 1.0 - std::fabs(out - 0.75);
                                   });
    clade::Evolver evolver({.input_count = 1, .output_count = 1, .seed = 42});
    clade::BatchEvaluator evaluator(task, {.seed = 42});
    std::vector<double> fitness;
    for (int i = 0; i < 20; ++i) {
        evaluator.evaluate(evolver.population(), evolver.generation(), evolver.known_fitness(), fitness);
        evolver.tell(fitness);
    }
    return evolver.best_ever().fitness > 0.9 ? 0 : 1;
}
