// Report of the generation benchmark: one table per genome size, and conclusions.
#pragma once

#include "bench/generation.hpp"
#include "bench/report.hpp"

namespace clade::bench {

[[nodiscard]] Report generation_report(const GenerationResults& results, std::size_t width);

}  // namespace clade::bench
