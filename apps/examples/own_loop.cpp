// The loop in your own hands: a task of five lines, evolved with ask and tell. Shown in the README.
#include <clade/evaluation/scoring/thread_scorer.hpp>
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
    clade::ThreadScorer scorer(task);
    clade::ScoreTable scores;
    for (int i = 0; i < 20; ++i) {
        scorer.score(evolver.ask(), scores);
        evolver.tell(scores);
    }
    return evolver.best_ever().fitness > 0.9 ? 0 : 1;
}
