// Report of the network benchmark.
#pragma once

#include "bench/network.hpp"
#include "bench/report.hpp"

namespace clade::bench {

[[nodiscard]] Report network_report(const NetworkResults& results, std::size_t width);

}  // namespace clade::bench
