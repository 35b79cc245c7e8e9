// Options that name columns: 'temp*', 'size=small<large', 'age=median'.
#pragma once

#include <clade/evaluation/data/data_table.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// Whether a name is as a pattern says: * stands for any text, ? for any character.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view name) noexcept;
[[nodiscard]] bool matches_any(const std::vector<std::string>& patterns, std::string_view name) noexcept;

/// What stands before the first =; the whole text if there is none.
[[nodiscard]] std::string_view named_column(std::string_view text) noexcept;

/// small, large of 'size=small<large'; empty if the text has no =.
[[nodiscard]] std::vector<std::string> ranked_categories(std::string_view text);

/// median of 'age=median'.
[[nodiscard]] std::optional<MissingValues> fill_choice(std::string_view text) noexcept;

}  // namespace clade
