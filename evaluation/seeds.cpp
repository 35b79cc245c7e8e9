#include <clade/evaluation/seeds.hpp>

#include <clade/core/random/random.hpp>

namespace clade {

Seeds evaluation_seeds(std::uint64_t run_seed, std::uint32_t generation, std::size_t genome) {
    return {.run = Stream({run_seed, 0, Purpose::evaluate_run}, 0).bits64(),
            .generation = Stream({run_seed, generation, Purpose::evaluate_generation}, 0).bits64(),
            .genome = Stream({run_seed, generation, Purpose::evaluation}, genome).bits64()};
}

Seeds held_out_seeds(std::uint64_t run_seed, std::uint32_t number) {
    return {.run = Stream({run_seed, 0, Purpose::evaluate_run}, 0).bits64(),
            .generation = Stream({run_seed, number, Purpose::held_out_generation}, 0).bits64(),
            .genome = Stream({run_seed, number, Purpose::held_out_genome}, 0).bits64()};
}

}  // namespace clade
