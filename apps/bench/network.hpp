// Benchmark of compiled networks on one thread: single observations, batches, and whole evaluations.
#pragma once

#include "bench/stage_row.hpp"

#include <clade/core/simd.hpp>

namespace clade::bench {

struct NetworkOptions {
    SimdLevel simd = best_simd_level();
    int repetitions = 11;        ///< the first is not counted
    double call_seconds = 0.02;  ///< what each lasts at the least
};

/// The time of one call.
struct NetworkRow {
    StageRow stage;
    std::string network;  ///< graph and kind: "small feed_forward"
    double connections_per_second = 0.0;
};

struct NetworkResults {
    /// Stages `activate` (one observation) and `activate_batch` (1024) of the small and the large graph, of each kind:
    /// per_second counts observations. Then `multiplexer_<activation>`: compiling, all 2048 cases of an 11-bit
    /// multiplexer in one batch, and the sum of their errors; per_second counts evaluations.
    std::vector<NetworkRow> rows;
    std::vector<NetworkRow> by_row_count;  ///< activate_batch with other numbers of rows, for the figure
};

[[nodiscard]] NetworkResults time_networks(const NetworkOptions& options, const StageProgress& progress);

}  // namespace clade::bench
