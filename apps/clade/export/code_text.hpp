// Calculations as statements of a language, which is a table of patterns.
#pragma once

#include "clade/export/exported_code.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clade::exported {

/// How operations of a kind are written: {0}, {1}, {2} are the operands (of a call {0} all of them), {3} how far a shift
/// goes or the name of what is called, {4} the name of the model.
struct Pattern {
    OperationKind kind;
    std::string_view text;
    std::vector<NumberType> types{};  ///< of the value; empty: of any type that no earlier pattern is for
};

struct Language {
    std::vector<Pattern> patterns{};               ///< where the language does not write operations as C does
    std::array<std::string_view, 5> type_names{};  ///< of NumberType
    std::array<std::string_view, 5> constants{};   ///< of NumberType: {0} is the number
    bool decimals_are_doubles = false;             ///< so that those of floats need all their digits
    std::string_view element = "{0}[{1}]";         ///< array, index
    std::string_view single_element = "{0}[{1}]";  ///< the same of an array of floats that is read
    std::string_view declaration{};                ///< type, name, value
    std::string_view assignment = "{0} = {1};";    ///< element, value
    std::string_view returned = "return {0};";     ///< value
    std::string_view indent = "    ";
};

/// The statements of a calculation, a line each, with its results last.
[[nodiscard]] std::string statements(const Language& language, const ExportedCode& code,
                                     const Calculation& calculation);

/// What `function(code, name, calculation)` writes of each function that is called, of the network's step, and of what
/// lies before and behind it.
template <class Function>
[[nodiscard]] std::string all_functions(const ExportedCode& code, const Function& function) {
    std::string text;
    for (const auto& [number, called] : code.functions) text += function(code, called.name, called.calculation);
    text += function(code, "step", code.network);
    if (!code.entry) return text;
    return text + function(code, "prepare", code.entry->prepare) + function(code, "finish", code.entry->finish);
}

/// What stands for each key of a template.
using Words = std::vector<std::pair<std::string, std::string>>;

/// A template's text with each "$KEY$" replaced.
[[nodiscard]] std::string filled(std::string_view text, const Words& words);

/// The words that every language's frame is filled with: name, NAME, inputs, outputs, state_size, steps; of the entry its
/// name, calls, taken, taken_size, given and given_size.
[[nodiscard]] Words frame_words(const ExportedCode& code);

/// `prefix` and the text, for each line.
[[nodiscard]] std::string comment_lines(std::string_view prefix, const std::vector<std::string>& lines);

/// Each name in double quotes, parted by commas. What a language's strings treat as special is escaped.
[[nodiscard]] std::string quoted_names(const std::vector<std::string>& names);

/// "INPUT_NAMES" of "input names".
[[nodiscard]] std::string upper_snake(std::string_view words);

}  // namespace clade::exported
