// Numbers as JSON, and JSON as text for stdout.
#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace clade {

/// A number; null for NaN and infinity, which JSON does not have.
[[nodiscard]] nlohmann::ordered_json number_json(double value);

/// Indented, with a line end. Bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string json_text(const nlohmann::ordered_json& json);

}  // namespace clade
