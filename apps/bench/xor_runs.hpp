// Benchmark of whole runs: configs/xor.yaml with many seeds, without log, files and terminal.
#pragma once

#include "bench/stage_row.hpp"

#include <clade/core/parallel.hpp>

#include <cstdint>

namespace clade::bench {

struct XorRunsOptions {
    std::uint64_t first_seed = 1;
    std::size_t seed_count = 100;
    int repetitions = 6;  ///< of all runs; the first is not counted
    Parallel parallel{1};
};

inline constexpr std::uint32_t xor_generation_limit = 100;

/// One run; its times are those of the last repetition.
struct XorRun {
    std::uint64_t seed = 0;
    bool solved = false;
    std::uint32_t generations = 0;    ///< scored, the last one included
    std::size_t evaluations = 0;      ///< networks scored: unchanged genomes keep their fitness
    double evaluate_seconds = 0.0;    ///< scoring
    double generation_seconds = 0.0;  ///< breeding
    double total_seconds = 0.0;       ///< both, setting up, and judging champions
};

struct XorRunsResults {
    std::vector<StageRow> rows;  ///< evaluate, generation, total: seconds of all runs; per_second counts genomes
    std::vector<XorRun> runs;
};

[[nodiscard]] XorRunsResults time_xor_runs(const XorRunsOptions& options, const StageProgress& progress);

}  // namespace clade::bench
