// `clade bench`: how fast Clade is on this machine.
#pragma once

#include "bench/generation.hpp"
#include "terminal/format.hpp"

#include <clade/core/simd.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace clade {

/// What all benchmarks take.
struct BenchOptions {
    SimdLevel simd = best_simd_level();
    Format format = Format::table;
    std::string svg{};  ///< file for the figure
    std::string out{};  ///< folder in which bench/<benchmark>-<time> is made for all results
    bool quiet = false;
};

struct BenchNodesOptions {
    BenchOptions bench{};
    int threads = 0;                                    ///< 0: all cores
    std::vector<std::size_t> counts{};                  ///< numbers of nodes; empty: the seed document's
    int repetitions = 10;                               ///< the first is not counted
    std::optional<std::vector<std::string>> against{};  ///< other systems by name; empty: all of them
};

struct BenchGenerationOptions {
    BenchOptions bench{};
    std::vector<std::size_t> genomes{};      ///< empty: as many as memory allows, up to a million
    std::vector<std::size_t> connections{};  ///< a genome; empty: 25 and 200
    std::vector<int> threads{};              ///< 0: all cores; empty: 1 and all
    bench::Population population = bench::Population::random;
};

struct BenchNetworkOptions {
    BenchOptions bench{};
};

struct BenchRunOptions {
    BenchOptions bench{};
    std::size_t seeds = 100;  ///< the first is 1
    int threads = 1;          ///< 0: all cores
};

int bench_nodes_command(const BenchNodesOptions& options);
int bench_generation_command(const BenchGenerationOptions& options);
int bench_network_command(const BenchNetworkOptions& options);
int bench_run_command(const BenchRunOptions& options);
int bench_signature_command();

}  // namespace clade
