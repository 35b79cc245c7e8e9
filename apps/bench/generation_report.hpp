// What the benchmark of both stages says: a table a genome size, and what follows from it.
#pragma once

#include "bench/generation.hpp"
#include "bench/report.hpp"

namespace clade::bench {

[[nodiscard]] Report generation_report(const GenerationResults& results, std::size_t width);

}  // namespace clade::bench
