// The operators that made a genome, in words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace clade::history {

/// The operators in the order of their bits.
[[nodiscard]] std::vector<std::string_view> operator_words(std::uint16_t operators);

/// "crossover, attributes"; "none" for a genome that came about without any.
[[nodiscard]] std::string operators_text(std::uint16_t operators, std::string_view separator);

}  // namespace clade::history
