// Ask and tell with an evaluation of your own, without a task: each genome becomes a network, one after the other.
#include <clade/evaluation/network/network_compiler.hpp>
#include <clade/evolution/evolver.hpp>

#include <array>
#include <cmath>

int main() {
    clade::Evolver evolver({.input_count = 1, .output_count = 1, .seed = 42});
    clade::NetworkCompiler compiler;
    clade::Network network;
    std::vector<double> fitness;
    for (int generation = 0; generation < 20; ++generation) {
        const clade::GenomeStore& population = evolver.population();
        fitness.clear();
        for (std::size_t genome = 0; genome < population.size(); ++genome) {
            compiler.compile(population[genome], population.shape(), evolver.setup().genome.network, network.program());
            network.reset();
            float out = 0.0F;
            network.activate(std::array{0.25F}, {&out, 1});
            fitness.push_back(1.0 - std::fabs(out - 0.75));
        }
        evolver.tell(fitness);
    }
    return evolver.best_ever().fitness > 0.9 ? 0 : 1;
}
