// Flags that several commands have. For the files that know CLI11 alone.
#pragma once

#include "clade/commands/commands.hpp"

#include <clade/core/text.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

namespace clade {

/// "" for a whole number from `low` to `high`, else what is wrong.
template <class Number>
std::string number_problem(const std::string& text, Number low, Number high) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    if (whole && number >= low && number <= high) return "";
    return fmt::format("must be a whole number from {} to {}, got '{}'", low, high, printable(text));
}

/// A flag whose values are the names of an enum.
template <NamedEnum Enum>
void add_choice(CLI::App* command, const std::string& flag, Enum& value, const std::string& help,
                const std::string& type) {
    constexpr const auto& names = EnumNames<Enum>::names;
    command
        ->add_option_function<std::string>(
            flag,
            [&value](const std::string& name) {
                value = static_cast<Enum>(std::find(names.begin(), names.end(), name) - names.begin());
            },
            help)
        ->check(CLI::IsMember(std::vector<std::string>(names.begin(), names.end())))
        ->type_name(type);
}

inline void add_format(CLI::App* command, Format& format) {
    add_choice(command, "--format", format, "table, json or csv", "FORMAT");
}

inline void add_overrides(CLI::App* command, std::vector<std::string>& overrides) {
    // Appends: the flags that stand for a key write to the same list.
    command
        ->add_option_function<std::vector<std::string>>(
            "--set",
            [&overrides](const std::vector<std::string>& given) {
                overrides.insert(overrides.end(), given.begin(), given.end());
            },
            "Replace a key of the configuration, e.g. --set evolution.population_size=500. May be repeated.")
        ->type_name("KEY=VALUE")
        ->expected(1)
        ->take_all();
}

/// A flag that stands for a key of the configuration.
inline void add_key_flag(CLI::App* command, const std::string& flag, const std::string& key, const std::string& help,
                         std::vector<std::string>& overrides) {
    command
        ->add_option_function<std::string>(
            flag, [&overrides, key](const std::string& value) { overrides.push_back(key + "=" + value); }, help)
        ->type_name("VALUE");
}

}  // namespace clade
