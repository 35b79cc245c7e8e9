// Both stages together allocate next to nothing once their scratch has grown, activation nothing at all. A program of
// its own, as it counts what every `new` of the program asks for.
#include <clade/evaluation/scoring/thread_scorer.hpp>
#include <clade/evolution/evolver.hpp>

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <new>
#include <vector>

namespace {

std::atomic<std::size_t> allocations = 0;

void* counted(std::size_t bytes, std::size_t alignment) {
    ++allocations;
    const std::size_t whole = (bytes + alignment - 1) / alignment * alignment;
    if (void* memory = std::aligned_alloc(alignment, whole == 0 ? alignment : whole)) return memory;
    throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t bytes) { return counted(bytes, alignof(std::max_align_t)); }
void* operator new(std::size_t bytes, std::align_val_t alignment) {
    return counted(bytes, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t /*bytes*/) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t /*alignment*/) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t /*bytes*/, std::align_val_t /*alignment*/) noexcept {
    std::free(memory);
}

namespace clade {
namespace {

/// Allocations of one generation, on average over ten, of a population whose structure changes.
double allocations_a_generation(int population, NetworkKind kind = NetworkKind::feed_forward, int threads = 1) {
    const Parallel parallel(threads);
    EvolverSetup setup{.input_count = 5, .output_count = 5, .seed = 3, .parallel = parallel};
    setup.genome.network = kind;
    setup.evolution.population_size = population;
    setup.evolution.speciation.threshold = 1.2;
    Evolver evolver(setup);
    const FunctionTask task({.name = "sum", .input_count = 5, .output_count = 5}, [](Network& network, const Seeds&) {
        std::array<float, 5> out{};
        network.activate(std::array{0.1F, 0.2F, 0.3F, 0.4F, 0.5F}, out);
        return double{out[0]} + out[1] + out[2] + out[3] + out[4];
    });
    ThreadScorer scorer(task, {.parallel = parallel});
    ScoreTable scores;
    const auto generation = [&] {
        scorer.score(evolver.ask(), scores);
        evolver.tell(scores);
    };
    for (int i = 0; i < 20; ++i) generation();
    const std::size_t before = allocations;
    for (int i = 0; i < 10; ++i) generation();
    return static_cast<double>(allocations - before) / 10.0;
}

TEST(Allocations, AreAFewAGenerationWhateverThePopulation) {
    const double small = allocations_a_generation(500);
    const double large = allocations_a_generation(5000);
    RecordProperty("of_500", std::to_string(small));
    RecordProperty("of_5000", std::to_string(large));
    EXPECT_GT(small, 0.0) << "the counter counts nothing";
    EXPECT_LT(large, 500.0) << "of 5000 genomes; of 500: " << small;
}

TEST(Allocations, AreAFewAGenerationForAnyNetworkOnAnyNumberOfThreads) {
    for (const NetworkKind kind : {NetworkKind::feed_forward, NetworkKind::recurrent}) {
        for (const int threads : {1, 2}) {
            EXPECT_LT(allocations_a_generation(5000, kind, threads), 500.0)
                << name_of(kind) << ", threads: " << threads;
        }
    }
}

TEST(Allocations, AreNoneInActivation) {
    for (const NetworkKind kind : {NetworkKind::feed_forward, NetworkKind::recurrent}) {
        EvolverSetup setup{.input_count = 5, .output_count = 5, .seed = 3};
        setup.genome.aggregation.options = {"sum", "median"};
        setup.genome.aggregation.mutation_rate = 0.5;
        Evolver evolver(setup);
        std::vector<double> fitness(evolver.population().size());
        for (int i = 0; i < 20; ++i) {
            for (std::size_t g = 0; g < fitness.size(); ++g) {
                fitness[g] = static_cast<double>(evolver.population()[g].connection_count());
            }
            evolver.tell(fitness);
        }
        const SavedGenome genome{evolver.best_ever().genome, kind};
        Network network = make_network(genome);
        std::array<float, 5> out{};
        const std::size_t before = allocations;
        for (int i = 0; i < 100; ++i) network.activate(std::array{0.1F, 0.2F, 0.3F, 0.4F, 0.5F}, out);
        EXPECT_EQ(allocations - before, 0U) << name_of(kind);
        constexpr std::size_t rows = 100;
        const std::vector<float> observations(5 * rows, 0.5F);
        std::vector<float> actions(5 * rows);
        network.activate_batch(observations, actions, rows);
        const std::size_t before_batches = allocations;
        for (int i = 0; i < 10; ++i) network.activate_batch(observations, actions, rows);
        EXPECT_EQ(allocations - before_batches, 0U) << name_of(kind) << ", batches";
    }
}

}  // namespace
}  // namespace clade
