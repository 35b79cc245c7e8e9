// Report of the benchmark of whole runs.
#pragma once

#include "bench/report.hpp"
#include "bench/xor_runs.hpp"

namespace clade::bench {

[[nodiscard]] Report xor_runs_report(const XorRunsResults& results, std::size_t width);

}  // namespace clade::bench
