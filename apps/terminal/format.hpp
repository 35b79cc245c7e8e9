// The output formats of commands.
#pragma once

#include <clade/core/fields.hpp>

#include <array>

namespace clade {

enum class Format { table, json, csv };
template <>
struct EnumNames<Format> {
    static constexpr std::array<std::string_view, 3> names{"table", "json", "csv"};
};

}  // namespace clade
