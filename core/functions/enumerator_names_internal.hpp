// A check at compile time that EnumNames has every enumerator's own name, in the order of their values.
#pragma once

#include <clade/core/fields.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

namespace clade {
namespace {

/// The enumerator with this value as it is written in the source; empty where no enumerator has it.
template <auto value>
constexpr std::string_view enumerator_name() {
    constexpr std::string_view key = "value = ";
    constexpr std::string_view text = __PRETTY_FUNCTION__;  // "... [with auto value = clade::Activation::tanh; ...]"
    constexpr std::size_t begin = text.find(key) + key.size();
    constexpr std::string_view written = text.substr(begin, text.find_first_of(";]", begin) - begin);
    if (written.front() == '(') return {};  // "(clade::Activation)21"
    return written.substr(written.rfind(':') + 1);
}

/// Whether the names are those of the enumerators 0, 1, ... and no enumerator follows the last of them.
template <NamedEnum Enum>
constexpr bool names_are_enumerators() {
    constexpr const auto& names = EnumNames<Enum>::names;
    return []<std::size_t... number>(std::index_sequence<number...>) {
        return ((!names[number].empty() && names[number] == enumerator_name<static_cast<Enum>(number)>()) && ...) &&
               enumerator_name<static_cast<Enum>(names.size())>().empty();
    }(std::make_index_sequence<names.size()>{});
}

}  // namespace
}  // namespace clade
