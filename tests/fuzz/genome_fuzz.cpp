#include "tests/fuzz/fuzz_targets.hpp"

#include <clade/core/genome/genome_io.hpp>
#include <clade/evaluation/network/network_compiler.hpp>

#include <string>
#include <vector>

namespace clade::fuzz {
namespace {

void run_as_network(const SavedGenome& saved) {
    try {
        Network network = make_network(saved);
        const std::vector<float> observation(saved.store.shape().input_count, 0.5F);
        std::vector<float> action(saved.store.shape().output_count);
        for (int step = 0; step < 3; ++step) network.activate(observation, action);
    } catch (const Error&) {  // a cycle in a feed-forward network
    }
}

}  // namespace

bool genome(std::string_view input) {
    SavedGenome saved;
    try {
        saved = genome_from_json(input);
    } catch (const FormatError&) {
        return false;
    }
    require(saved.store.violations().empty(), "an accepted genome must be sound");
    const SavedGenome again = genome_from_json(genome_to_json(saved.store, 0, saved.network));
    require(again.store.digest() == saved.store.digest(), "a written genome must read back as it was");
    require(again.network == saved.network, "a written genome must read back as the same kind of network");
    run_as_network(saved);
    return true;
}

}  // namespace clade::fuzz
