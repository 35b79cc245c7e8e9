#include "clade/flags/common_flags.hpp"

#include "clade/flags/argument_types.hpp"

#include <clade/core/simd.hpp>
#include <clade/core/text.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>

namespace clade {

std::vector<const CLI::App*> shown_commands(const CLI::App& command) {
    return command.get_subcommands([](const CLI::App* child) { return !child->get_group().empty(); });
}

std::vector<std::string> command_names(const CLI::App& command) {
    std::vector<std::string> names;
    for (const CLI::App* child : shown_commands(command)) names.push_back(child->get_name());
    return names;
}

std::vector<std::string> flag_names(const CLI::App& command) {
    std::vector<std::string> names;
    for (const CLI::Option* option : command.get_options()) {
        if (option->get_group().empty()) continue;
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
    return names;
}

std::string number_problem(const std::string& text, std::uint64_t low, std::uint64_t high) {
    std::uint64_t number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    if (whole && number >= low && number <= high) return "";
    return fmt::format("must be a whole number from {} to {}, got '{}'", low, high, printable(text));
}

std::string choice_problem(const std::string& text, std::span<const std::string_view> names) {
    if (std::find(names.begin(), names.end(), text) != names.end()) return "";
    const auto nearest = nearest_name(text, names);
    return fmt::format("must be one of {}, got '{}'{}", fmt::join(names, ", "), printable(text),
                       nearest ? fmt::format("; did you mean '{}'?", *nearest) : "");
}

CLI::Option* add_number_flag(CLI::App& command, const std::string& flag, const NumberRule& rule,
                             const std::function<void(std::uint64_t)>& take, const std::string& help) {
    CLI::Option* option = command.add_option_function<std::uint64_t>(flag, take, help);
    option->check([rule](const std::string& text) { return number_problem(text, rule.low, rule.high); });
    return option->type_name(rule.type)->default_str(rule.default_text);
}

void add_choice_flag(CLI::App& command, const std::string& flag, std::span<const std::string_view> names,
                     const std::function<void(std::size_t)>& take, const std::string& help) {
    const auto chosen = [names, take](const std::string& name) {
        take(static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin()));
    };
    command.add_option_function<std::string>(flag, chosen, help)
        ->check([names](const std::string& text) { return choice_problem(text, names); })
        ->type_name(fmt::format("{}", fmt::join(names, "|")));
}

void add_format(CLI::App& command, Format& format) { add_choice(command, "--format", format, "Output format."); }

void add_overrides(CLI::App& command, std::vector<std::string>& overrides, const char* help) {
    const auto append = [&overrides](const std::vector<std::string>& given) {
        overrides.insert(overrides.end(), given.begin(), given.end());
    };
    command.add_option_function<std::vector<std::string>>("--set", append, help)
        ->type_name(argument_types::key_value)
        ->expected(1)
        ->take_all();
}

void add_key_flag(CLI::App& command, const KeyFlag& flag, std::vector<std::string>& overrides, ProgramName& program) {
    const auto append = [&overrides, &program, flag](const std::string& value) {
        overrides.push_back(flag.key + "=" + value);
        program.note_typed(flag.flag, flag.key, value);
    };
    command.add_option_function<std::string>(flag.flag, append, flag.help)->type_name(flag.type);
}

void add_machine_flags(CLI::App& command, std::vector<std::string>& overrides, ProgramName& program) {
    add_key_flag(
        command,
        {"--threads", "evaluation.threads", "N", "Number of threads; 0 for all cores. Does not change results."},
        overrides, program);
    add_key_flag(command,
                 {"--simd", "evaluation.simd", fmt::format("{}", fmt::join(EnumNames<SimdLevel>::names, "|")),
                  "Highest vector instruction set to use. Does not change results."},
                 overrides, program);
}

void refuse_flag(CLI::App& command, const std::string& flag, const std::string& reason) {
    const auto refuse = [flag, reason](const std::string& value) {
        throw CLI::ValidationError(flag, reason + " " + flag + " " + printable(value));
    };
    command.add_option_function<std::string>(flag, refuse)->group("");
}

}  // namespace clade
