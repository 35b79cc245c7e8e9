// The HTML page of a report: one file with its data, style and script, which loads nothing.
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace clade::report {

/// All texts of the data stay texts: their control characters are escaped, and their markup is not seen by a browser.
[[nodiscard]] std::string report_page(std::string_view title, const nlohmann::ordered_json& data);

}  // namespace clade::report
