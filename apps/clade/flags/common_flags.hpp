// Commands and the flags that several of them have. CLI11 itself is for the sources of this folder alone.
#pragma once

#include "clade/flags/program_name.hpp"
#include "terminal/format.hpp"

#include <clade/core/fields.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace clade {

/// The commands below `command` that are shown, in their order.
[[nodiscard]] std::vector<const CLI::App*> shown_commands(const CLI::App& command);

/// Their names.
[[nodiscard]] std::vector<std::string> command_names(const CLI::App& command);

/// The long names of the flags that are shown: "--seed".
[[nodiscard]] std::vector<std::string> flag_names(const CLI::App& command);

/// "" for a whole number from `low` to `high`, else what is wrong.
[[nodiscard]] std::string number_problem(const std::string& text, std::uint64_t low, std::uint64_t high);

/// "" if the text is one of the names, else what is wrong, with the nearest name.
[[nodiscard]] std::string choice_problem(const std::string& text, std::span<const std::string_view> names);

/// What a flag takes: a whole number of these bounds, called `type` in the help.
struct NumberRule {
    std::uint64_t low;
    std::uint64_t high;
    std::string type;
    std::string default_text{};
};

/// A flag with a whole number, which `take` gets.
CLI::Option* add_number_flag(CLI::App& command, const std::string& flag, const NumberRule& rule,
                             const std::function<void(std::uint64_t)>& take, const std::string& help);

/// The same into a variable, whose present value is the default.
template <std::integral Number>
CLI::Option* add_number(CLI::App& command, const std::string& flag, NumberRule rule, Number& value,
                        const std::string& help) {
    rule.default_text = std::to_string(value);
    const auto take = [&value](std::uint64_t number) { value = static_cast<Number>(number); };
    return add_number_flag(command, flag, rule, take, help);
}

/// The same into a variable that is empty without the flag.
template <std::integral Number>
CLI::Option* add_number(CLI::App& command, const std::string& flag, const NumberRule& rule,
                        std::optional<Number>& value, const std::string& help) {
    const auto take = [&value](std::uint64_t number) { value = static_cast<Number>(number); };
    return add_number_flag(command, flag, rule, take, help);
}

/// A flag whose values are these names; `take` gets the position of the one that is given.
void add_choice_flag(CLI::App& command, const std::string& flag, std::span<const std::string_view> names,
                     const std::function<void(std::size_t)>& take, const std::string& help);

/// A flag whose values are the names of an enum.
template <NamedEnum Enum>
void add_choice(CLI::App& command, const std::string& flag, Enum& value, const std::string& help) {
    const auto take = [&value](std::size_t position) { value = static_cast<Enum>(position); };
    add_choice_flag(command, flag, EnumNames<Enum>::names, take, help);
}

void add_format(CLI::App& command, Format& format);

/// What --set does for most commands.
inline constexpr const char* help_of_set =
    "Change a setting of the configuration, e.g. --set evolution.population_size=500. May be repeated.";

/// --set: appends to `overrides`, as the flags that stand for a key do.
void add_overrides(CLI::App& command, std::vector<std::string>& overrides, const char* help = help_of_set);

/// What a flag stands for that is a key of the configuration, and what its value is called in the help.
struct KeyFlag {
    std::string flag;
    std::string key;
    std::string type;
    std::string help;
};

/// Appends what it is given to `overrides`; messages about it name the flag.
void add_key_flag(CLI::App& command, const KeyFlag& flag, std::vector<std::string>& overrides, ProgramName& program);

/// --threads and --simd: what a run takes of the machine. They change no result.
void add_machine_flags(CLI::App& command, std::vector<std::string>& overrides, ProgramName& program);

/// A flag of other commands that this one refuses; the reason ends where the flag and its value can follow.
void refuse_flag(CLI::App& command, const std::string& flag, const std::string& reason);

}  // namespace clade
