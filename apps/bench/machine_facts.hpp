// The machine and compiler of a measurement, saved with its results.
#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace clade::bench {

/// Processor, cores, caches, memory, kernel, huge pages, compiler, version. What cannot be found out is left out.
[[nodiscard]] nlohmann::ordered_json machine_facts();

/// The most important of them on a line.
[[nodiscard]] std::string machine_text();

}  // namespace clade::bench
