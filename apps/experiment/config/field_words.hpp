// Ranges and types of fields as text, for error messages, comments and the reference.
#pragma once

#include <clade/core/fields.hpp>

#include <span>
#include <string>
#include <string_view>

namespace clade {

/// "an integer of at least 2", "a number between 0 and 1", "a number".
[[nodiscard]] std::string noun_with_range(std::string_view noun, const Range& range);

/// "'a', 'b', 'c'".
[[nodiscard]] std::string quoted_list(std::span<const std::string_view> names);

/// "evolution" and "speciation" give "evolution.speciation"; an empty part gives the other.
[[nodiscard]] std::string join_path(std::string_view path, std::string_view key);

}  // namespace clade
