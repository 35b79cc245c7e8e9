// Writes values as YAML that reads back to the identical values.
#pragma once

#include <clade/core/fields.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

[[nodiscard]] std::string yaml_text(bool value);
[[nodiscard]] std::string yaml_text(int value);
[[nodiscard]] std::string yaml_text(std::uint64_t value);

/// As few digits as read back to the same bits.
[[nodiscard]] std::string yaml_text(double value);

/// In double quotes unless it is a plain word. Throws Error if it is not UTF-8, which YAML cannot hold.
[[nodiscard]] std::string yaml_text(std::string_view value);
std::string yaml_text(const char* value) = delete;  // would become a bool

/// "[a, b]".
[[nodiscard]] std::string yaml_text(const std::vector<double>& values);
[[nodiscard]] std::string yaml_text(const std::vector<std::string>& values);

/// "null" if not set.
template <class Number>
[[nodiscard]] std::string yaml_text(const std::optional<Number>& value) {
    return value ? yaml_text(*value) : "null";
}

/// The name of the chosen value. @pre `choice` is one of `choices`; otherwise LogicError.
[[nodiscard]] std::string yaml_choice_text(const FieldInfo& info, int choice);

}  // namespace clade
