// Benchmark of the seed document: create n nodes with bias 0; each bias becomes one of 0..9 with probability 0.5.
//
// Clade's nodes are rows of a store: creating them fills the id and the bias column, 8 bytes a node. Three ways of it,
// and the limit beside each: filling the same bytes with one value.
#pragma once

#include "bench/timing.hpp"

#include <clade/core/parallel.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace clade::bench {

/// One system's times for one number of nodes.
struct NodesRow {
    std::string system;
    std::size_t n = 0;
    std::size_t threads = 1;
    Timing timing{};
};

struct NodesOptions {
    std::vector<std::size_t> counts{1, 10, 100, 1000, 10'000, 100'000, 1'000'000, 10'000'000};
    int repetitions = 10;  ///< of which the first is not counted
    Parallel parallel{0};
};

inline constexpr double nodes_mutate_rate = 0.5;
inline constexpr int nodes_value_count = 10;  ///< possible biases 0 .. 9

/// Told which system and how many nodes come next.
using NodesProgress = std::function<void(const std::string& system, std::size_t n)>;

/// Rows of `clade` (in memory that the store owns already, as from one generation to the next), `clade-fresh` (a store
/// made anew, as the seed's code makes its dictionary), `fill` and `fill-fresh` (the same bytes, filled).
[[nodiscard]] std::vector<NodesRow> time_clade_nodes(const NodesOptions& options, const NodesProgress& progress);

}  // namespace clade::bench
