// One timed stage of Clade's work.
#pragma once

#include "bench/timing.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace clade::bench {

struct StageRow {
    std::string benchmark;
    std::string stage;
    std::size_t genomes = 0;
    std::size_t connections = 0;  ///< a genome; where they grow, about so many when timing begins
    std::size_t rows = 0;         ///< observations a network; 0 where none are made
    std::size_t threads = 1;
    Timing timing{};
    double per_second = 0.0;  ///< of what the benchmark counts: genomes, observations, evaluations
};

/// The row as an object, with the keys that all benchmarks of stages share.
[[nodiscard]] nlohmann::ordered_json as_json(const StageRow& row);

/// Told what is timed next.
using StageProgress = std::function<void(const std::string&)>;

}  // namespace clade::bench
