// Benchmark of breeding and scoring: the time of each stage on populations of random or of evolved genomes.
//
// Genomes begin fully connected: 25 connections are 5 inputs by 5 outputs, 200 are 20 by 10. No species stagnates, and
// the threshold is steered to 20 species. Fitness of random genomes is drawn anew each generation; that of evolved ones
// says how well each output tells the parity of two inputs, so that many are near relatives. For some generations connections and
// nodes come and go at equal rates: then genomes differ, and are about as large as asked for in populations of any size.
// From there on crossover and mutation have their default rates, and after two generations the next are timed.
// Evaluating activates each network on 16 observations.
#pragma once

#include "bench/stage_row.hpp"

#include <clade/core/fields.hpp>
#include <clade/core/simd.hpp>

#include <array>

namespace clade::bench {

/// What the genomes come from: selection by chance, or by a task.
enum class Population { random, evolved };

struct GenerationOptions {
    Population population = Population::random;
    std::vector<std::size_t> genomes{1000, 10'000, 100'000, 1'000'000};
    std::vector<std::size_t> connections{25, 200};  ///< a genome: about, when timing begins
    std::vector<int> threads{1, 0};                 ///< 0: all cores
    SimdLevel simd = best_simd_level();
    std::size_t memory_limit = 0;  ///< [bytes]; cases that need more are left out; 0: none are
};

/// One combination of genomes, connections and threads, after its last generation.
struct GenerationCase {
    std::size_t genomes = 0;
    std::size_t connections = 0;
    std::size_t threads = 1;
    std::size_t species = 0;
    std::size_t node_rows = 0;  ///< of one store
    std::size_t connection_rows = 0;
    std::size_t store_bytes = 0;          ///< twice what the population's store holds, rows in reserve included
    std::size_t peak_resident_bytes = 0;  ///< of the process so far, a third store handed over at the start
                                          ///< among it; 0 where the system does not tell
};

struct GenerationResults {
    Population population = Population::random;
    std::vector<StageRow> rows;  ///< per_second counts genomes
    std::vector<GenerationCase> cases;
    std::vector<std::string> left_out;  ///< for want of memory: what, and how much it needs
};

/// How many inputs and outputs, fully connected, make so many connections: as near to a square as they can be.
struct FullShape {
    std::size_t inputs = 0;
    std::size_t outputs = 0;  ///< never more than inputs
};
[[nodiscard]] FullShape full_shape(std::size_t connections);

/// What a case needs at the least, in bytes: the attributes of two stores and of one that is handed over, and the record
/// of a generation.
[[nodiscard]] std::size_t needed_bytes(std::size_t genomes, std::size_t connections);

/// Rows of the stages speciate, plan, innovate, write, mutate, `generation` (all of tell(), of which those are the
/// parts), compile (also a part of evaluate, timed by itself) and evaluate.
[[nodiscard]] GenerationResults time_generation(const GenerationOptions& options, const StageProgress& progress);

}  // namespace clade::bench

template <>
struct clade::EnumNames<clade::bench::Population> {
    static constexpr std::array<std::string_view, 2> names{"random", "evolved"};
};
