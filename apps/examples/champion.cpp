// The champion of a run as part of a product: no evolution, no threads, no file but the genome. Links clade::evaluation
// alone.
//
//   champion runs/xor-20260101-120000-42/champion.json 0 1      prints what the network says to the inputs 0 and 1
#include <clade/core/genome/genome_io.hpp>
#include <clade/evaluation/network/network_compiler.hpp>

#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <vector>

int main(int argc, char** argv) try {
    std::ifstream file(argc > 1 ? argv[1] : "");
    if (!file) throw std::runtime_error("usage: champion GENOME.json [NUMBER...], of a genome that can be read");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    clade::Network network = clade::make_network(clade::genome_from_json(text));

    std::vector<float> observation(network.input_count());
    std::vector<float> action(network.output_count());
    for (std::size_t i = 0; i < observation.size(); ++i) {
        const int word = static_cast<int>(i) + 2;
        observation[i] = word < argc ? std::strtof(argv[word], nullptr) : 0.0F;
    }
    network.activate(observation, action);  // as often as you like: it allocates nothing
    for (const float value : action) std::cout << value << '\n';
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
