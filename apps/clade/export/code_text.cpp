#include "clade/export/code_text.hpp"

#include <clade/core/check.hpp>
#include <clade/core/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cctype>
#include <cmath>

namespace clade::exported {
namespace {

/// Operations that most languages write alike; the others have patterns of their own.
constexpr std::array<std::pair<OperationKind, std::string_view>, 12> usual_patterns{{
    {OperationKind::add, "{0} + {1}"},
    {OperationKind::subtract, "{0} - {1}"},
    {OperationKind::multiply, "{0} * {1}"},
    {OperationKind::divide, "{0} / {1}"},
    {OperationKind::bit_and, "{0} & {1}"},
    {OperationKind::bit_xor, "{0} ^ {1}"},
    {OperationKind::shift_left, "{0} << {3}"},
    {OperationKind::less, "{0} < {1}"},
    {OperationKind::equal, "{0} == {1}"},
    {OperationKind::unequal, "{0} != {1}"},
    {OperationKind::either, "{0} || {1}"},
    {OperationKind::select, "{0} ? {1} : {2}"},
}};

constexpr std::size_t longest_operand = 60;  // longer ones get a line of their own

/// The shortest digits that read back to the same number, always with a mark that it is no integer.
template <class Number>
std::string decimal(Number number) {
    std::string text = fmt::format("{}", number);
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

/// Writes one calculation.
class StatementWriter {
    enum class Binding : std::uint8_t { other, sum, product, whole };

public:
    StatementWriter(const Language& language, const ExportedCode& code, const Calculation& calculation)
        : language_(language), code_(code), calculation_(calculation), uses_(count_uses(calculation)) {
        texts_.resize(uses_.size());
        binding_.resize(uses_.size(), Binding::whole);
        is_result_.resize(uses_.size(), false);
        for (const Calculation::Result& result : calculation.results) is_result_[result.operation] = true;
    }

    [[nodiscard]] std::string write() {
        for (std::size_t i = 0; i < uses_.size(); ++i) {
            if (uses_[i] > 0) add_operation(i);
        }
        for (const Calculation::Result& result : calculation_.results) {
            const Calculation::Array& array = calculation_.outputs[result.array];
            const std::string& value = texts_[result.operation];
            if (array.is_number) {
                add_line(fmt::format(fmt::runtime(language_.returned), value));
            } else {
                const std::string element = fmt::format(fmt::runtime(language_.element), array.name, result.index);
                add_line(fmt::format(fmt::runtime(language_.assignment), element, value));
            }
        }
        return std::move(lines_);
    }

private:
    void add_line(const std::string& text) { lines_.append(language_.indent).append(text).append("\n"); }

    void add_operation(std::size_t i) {
        const Operation& operation = calculation_.operations[i];
        if (operation.kind == OperationKind::constant) {
            texts_[i] = constant_text(operation);
        } else if (operation.kind == OperationKind::input) {
            texts_[i] = input_text(operation);
        } else {
            add_computed(i, operation);
        }
    }

    /// Used once and short, it becomes part of the expression that uses it.
    void add_computed(std::size_t i, const Operation& operation) {
        const std::string_view pattern = pattern_of(operation.kind, operation.type);
        const std::string detail = operation.kind == OperationKind::call ? code_.functions.at(operation.number).name
                                                                         : std::to_string(operation.number);
        std::array<std::string, 3> operands{operand(operation, 0), operand(operation, 1), operand(operation, 2)};
        if (operation.kind == OperationKind::call && !operands[1].empty()) operands[0] += ", " + operands[1];
        texts_[i] = fmt::format(fmt::runtime(pattern), operands[0], operands[1], operands[2], detail, code_.name);
        const bool is_infix = pattern.starts_with('{') && pattern.find(' ') != std::string_view::npos;
        binding_[i] = is_infix ? binding_of(operation.kind) : Binding::whole;
        if (uses_[i] == 1 && (is_result_[i] || texts_[i].size() <= longest_operand)) return;
        const std::string name = fmt::format("t{}", i);
        add_line(fmt::format(fmt::runtime(language_.declaration),
                             language_.type_names[static_cast<std::size_t>(operation.type)], name, texts_[i]));
        texts_[i] = name;
        binding_[i] = Binding::whole;
    }

    [[nodiscard]] std::string operand(const Operation& operation, std::size_t o) const {
        if (o >= operand_count(operation)) return "";
        const std::uint32_t i = operation.operand[o];
        const std::string_view pattern = pattern_of(operation.kind, operation.type);
        const bool is_argument =
            operation.kind == OperationKind::call || pattern.find(fmt::format("({{{}}})", o)) != std::string_view::npos;
        const Binding around = binding_of(operation.kind);
        const bool is_bound = binding_[i] == Binding::whole || (around != Binding::other && binding_[i] > around);
        const bool first_of_equal = o == 0 && binding_[i] == around && around != Binding::other;
        return is_argument || is_bound || first_of_equal ? texts_[i] : '(' + texts_[i] + ')';
    }

    /// Sums and products need no parentheses around products, and at their left none around their like; all languages
    /// read them so. Others are given some.
    static Binding binding_of(OperationKind kind) {
        if (kind == OperationKind::add || kind == OperationKind::subtract) return Binding::sum;
        return kind == OperationKind::multiply || kind == OperationKind::divide ? Binding::product : Binding::other;
    }

    [[nodiscard]] std::string_view pattern_of(OperationKind kind, NumberType type) const {
        for (const Pattern& pattern : language_.patterns) {
            if (pattern.kind != kind) continue;
            if (pattern.types.empty() || std::ranges::find(pattern.types, type) != pattern.types.end()) {
                return pattern.text;
            }
        }
        for (const auto& [usual, text] : usual_patterns) {
            if (usual == kind) return text;
        }
        CLADE_CHECK(false, "a pattern for every operation");
        return "";
    }

    [[nodiscard]] std::string input_text(const Operation& operation) const {
        const Calculation::Array& array = calculation_.inputs[operation.array];
        if (array.is_number) return array.name;
        const bool single = array.type == NumberType::single;
        return fmt::format(fmt::runtime(single ? language_.single_element : language_.element), array.name,
                           operation.index);
    }

    [[nodiscard]] std::string constant_text(const Operation& operation) const {
        const auto written = [&](NumberType type, const std::string& number) {
            return fmt::format(fmt::runtime(language_.constants[static_cast<std::size_t>(type)]), number);
        };
        const bool single = operation.type == NumberType::single;
        if (operation.type == NumberType::bits32 || operation.type == NumberType::bits64) {
            return written(operation.type, fmt::format("0x{:x}", operation.number));
        }
        const auto number = single ? double{std::bit_cast<float>(static_cast<std::uint32_t>(operation.number))}
                                   : std::bit_cast<double>(operation.number);
        if (!std::isfinite(number)) {  // no language has the same word
            const NumberType bits = single ? NumberType::bits32 : NumberType::bits64;
            return fmt::format(fmt::runtime(pattern_of(OperationKind::from_bits, operation.type)),
                               written(bits, fmt::format("0x{:x}", operation.number)), "", "", "", code_.name);
        }
        const bool short_digits = single && !language_.decimals_are_doubles;
        return written(operation.type, short_digits ? decimal(static_cast<float>(number)) : decimal(number));
    }

    const Language& language_;
    const ExportedCode& code_;
    const Calculation& calculation_;
    std::vector<std::uint32_t> uses_;
    std::vector<std::string> texts_;  // of the operations so far: a name, or the expression
    std::vector<Binding> binding_;    // how tightly these hold together
    std::vector<bool> is_result_;
    std::string lines_;
};

}  // namespace

std::string statements(const Language& language, const ExportedCode& code, const Calculation& calculation) {
    return StatementWriter(language, code, calculation).write();
}

Words frame_words(const ExportedCode& code) {
    Words words{{"name", code.name},
                {"NAME", upper_snake(code.name)},
                {"inputs", std::to_string(code.input_count)},
                {"outputs", std::to_string(code.output_count)},
                {"state_size", std::to_string(code.state_size)},
                {"steps", std::to_string(code.steps)}};
    if (!code.entry) return words;
    words.insert(words.end(), {{"entry", code.entry->name},
                               {"calls", std::to_string(code.entry->calls)},
                               {"taken", code.entry->taken().name},
                               {"taken_size", std::to_string(code.entry->taken().size)},
                               {"given", code.entry->given().name},
                               {"given_size", std::to_string(code.entry->given().size)}});
    return words;
}

std::string filled(std::string_view text, const Words& words) {
    std::string result;
    while (true) {
        const std::size_t begin = text.find('$');
        const std::size_t end = begin == std::string_view::npos ? begin : text.find('$', begin + 1);
        if (end == std::string_view::npos) return result.append(text);
        const std::string_view key = text.substr(begin + 1, end - begin - 1);
        const auto word = std::ranges::find(words, key, [](const auto& one) { return std::string_view(one.first); });
        CLADE_CHECK(word != words.end(), "a word for every key of a template");
        result.append(text.substr(0, begin)).append(word->second);
        text.remove_prefix(end + 1);
    }
}

std::string comment_lines(std::string_view prefix, const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text.append(prefix).append(line).append("\n");
    return text;
}

std::string quoted_names(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) {
        text += text.empty() ? "\"" : ", \"";
        for (const char c : escaped(name)) {
            if (c == '"' || c == '\\') text += '\\';
            text += c;
        }
        text += '"';
    }
    return text;
}

std::string upper_snake(std::string_view words) {
    std::string text(words);
    for (char& c : text) c = c == ' ' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
}

}  // namespace clade::exported
