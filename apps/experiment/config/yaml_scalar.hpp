// Numbers and switches from YAML scalars, stricter than YAML 1.1: decimal only, no leading zeros, no underscores, no
// quotes, finite; true and false only. Where a value is refused, a hint says how to write it if that can be guessed.
#pragma once

#include <clade/experiment/config/yaml_document.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace clade {

/// A value read from a scalar, or why not.
template <class Value>
struct ScalarResult {
    std::optional<Value> value;
    std::string hint;  ///< of a refused scalar, e.g. "write 10 without leading zeros"; often empty
};

[[nodiscard]] ScalarResult<bool> read_bool(const YamlNode& scalar);
[[nodiscard]] ScalarResult<int> read_int(const YamlNode& scalar);
[[nodiscard]] ScalarResult<std::uint64_t> read_uint64(const YamlNode& scalar);
[[nodiscard]] ScalarResult<double> read_double(const YamlNode& scalar);

/// What the node is, for messages: "3", "'lots'", "null", "a list", "a block of keys".
[[nodiscard]] std::string describe(const YamlNode& node);

}  // namespace clade
