// Why a genome failed, as text and as JSON.
#pragma once

#include <clade/core/genome_failure.hpp>

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace clade {

/// " (exception: the sensor is unplugged)"; empty for a genome that has not failed.
[[nodiscard]] std::string failure_text(const std::optional<GenomeFailure>& failure);

/// Kind and message; null for a genome that has not failed.
[[nodiscard]] nlohmann::ordered_json failure_json(const std::optional<GenomeFailure>& failure);

}  // namespace clade
