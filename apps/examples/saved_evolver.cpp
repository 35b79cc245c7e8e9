// Saving an Evolver and continuing from the saved state: the same generations as without a stop.
#include <clade/evaluation/scoring/thread_scorer.hpp>
#include <clade/evolution/evolver.hpp>

#include <array>
#include <cmath>

namespace {

void evolve(clade::Evolver& evolver, const clade::Task& task, int generations) {
    clade::ThreadScorer scorer(task);
    clade::ScoreTable scores;
    for (int i = 0; i < generations; ++i) {
        scorer.score(evolver.ask(), scores);
        evolver.tell(scores);
    }
}

clade::EvolverSetup setup() { return {.input_count = 1, .output_count = 1, .seed = 42}; }

}  // namespace

int main() {
    const clade::FunctionTask task({.name = "negate", .input_count = 1, .output_count = 1},
                                   [](clade::Network& network, const clade::Seeds&) {
                                       float out = 0.0F;
                                       network.activate(std::array{0.25F}, {&out, 1});
                                       return 1.0 - std::fabs(out - 0.75);
                                   });
    clade::Evolver straight(setup());
    evolve(straight, task, 10);

    clade::ByteWriter saved;
    straight.write(saved);  // saved.bytes() is the whole state: write it to a file

    clade::Evolver resumed(setup());
    clade::ByteReader reader(saved.bytes());
    resumed.read(reader);

    evolve(straight, task, 10);
    evolve(resumed, task, 10);
    return straight.record().digest == resumed.record().digest ? 0 : 1;
}
