#include "clade/export/c_code.hpp"

#include "clade/export/code_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace clade::exported {
namespace {

const Language& c_language() {
    using Kind = OperationKind;
    static const Language language{
        .patterns = {{Kind::call, "{4}_{3}({0})"},
                     {Kind::floor, "{4}_floor({0})"},
                     {Kind::convert, "(float){0}", {NumberType::single}},
                     {Kind::convert, "(double){0}"},
                     {Kind::to_bits, "{4}_bits({0})", {NumberType::bits32}},
                     {Kind::to_bits, "{4}_bits64({0})"},
                     {Kind::from_bits, "{4}_number({0})", {NumberType::single}},
                     {Kind::from_bits, "{4}_number64({0})"},
                     {Kind::shifted_number, "(float)((int32_t){0} >> {3})", {NumberType::single}},
                     {Kind::shifted_number, "(double)((int64_t){0} >> {3})"}},
        .type_names = {"float", "double", "uint32_t", "uint64_t", "int"},
        .constants = {"{0}f", "{0}", "UINT32_C({0})", "UINT64_C({0})", "{0}"},
        .declaration = "const {0} {1} = {2};",
    };
    return language;
}

std::string_view c_type(NumberType type) { return c_language().type_names[static_cast<std::size_t>(type)]; }

/// Arrays as parameters: "const float *inputs, float *outputs".
std::string c_parameters(const Calculation& calculation) {
    std::vector<std::string> parameters;
    for (const Calculation::Array& array : calculation.inputs) {
        const std::string_view type = c_type(array.type);
        parameters.push_back(fmt::format(fmt::runtime(array.is_number ? "{} {}" : "const {} *{}"), type, array.name));
    }
    for (const Calculation::Array& array : calculation.outputs) {
        if (array.is_number) continue;
        const std::string_view type = c_type(array.type);
        parameters.push_back(fmt::format("{} *{}", type, array.name));
    }
    return fmt::format("{}", fmt::join(parameters, ", "));
}

std::string c_function(const ExportedCode& code, const std::string& name, const Calculation& calculation) {
    const Calculation::Array& last = calculation.outputs.back();
    const std::string_view type = last.is_number ? c_type(last.type) : "void";
    std::string unused;  // which some compilers tell
    for (std::size_t array = 0; array < calculation.inputs.size(); ++array) {
        if (!reads(calculation, array)) unused += fmt::format("    (void){};\n", calculation.inputs[array].name);
    }
    return fmt::format("static inline {} {}_{}({}) {{\n{}{}}}\n\n", type, code.name, name, c_parameters(calculation),
                       unused, statements(c_language(), code, calculation));
}

bool is_of_doubles(const ExportedCode::Function& function) {
    return function.calculation.outputs.front().type == NumberType::real;
}

std::string c_functions(const ExportedCode& code, bool of_doubles) {
    std::string text;
    for (const auto& [number, function] : code.functions) {
        if (is_of_doubles(function) == of_doubles) text += c_function(code, function.name, function.calculation);
    }
    return text;
}

/// Lines of a comment in C, which have no marks of one.
std::string c_comment(std::vector<std::string> lines) {
    for (std::string& line : lines) {
        for (const char* const mark : {"*/", "/*"}) {
            for (std::size_t at = line.find(mark); at != std::string::npos; at = line.find(mark))
                line.insert(at + 1, " ");
        }
    }
    return comment_lines(" * ", lines);
}

/// Question marks too, of which C99 makes trigraphs.
std::string c_names(const std::vector<std::string>& names) {
    std::string text;
    for (const char c : quoted_names(names)) text.append(c == '?' ? "\\?" : std::string(1, c));
    return text;
}

std::string c_constants(const ExportedCode& code) {
    std::string text;
    const std::string prefix = upper_snake(code.name);
    const auto define = [&](const std::string& name, std::size_t size) {
        text += fmt::format("#define {}_{} {}\n", prefix, upper_snake(name), size);
    };
    define("inputs", code.input_count);
    define("outputs", code.output_count);
    if (code.entry) {
        define(code.entry->taken().name + " size", code.entry->taken().size);
        define(code.entry->given().name + " size", code.entry->given().size);
    }
    for (const ExportedCode::NameList& list : code.name_lists) {
        text += fmt::format("#define {}_{} {{{}}}\n", prefix, upper_snake(list.what), c_names(list.names));
    }
    return text;
}

constexpr std::string_view c_head = R"(/* $name$: a neural network for C99 and C++, written by Clade.
 *
$comment$ *
$usage$ *
 * It needs no library, no heap and no state but its arguments, and gives the same bits as Clade on every processor with
 * IEEE arithmetic. Products must not be fused with sums: the header tells gcc and clang; give other compilers the flag
 * that says so. The names are for initialisers: `const char *const names[] = $NAME$_INPUT_NAMES;`.
 */
#ifndef $NAME$_CLADE_H
#define $NAME$_CLADE_H

#include <float.h>
#include <stdint.h>

#if defined(__FAST_MATH__)
#error "Compile $name$ without -ffast-math: its results would change."
#endif
#if defined(FLT_EVAL_METHOD) && (FLT_EVAL_METHOD < 0 || FLT_EVAL_METHOD == 1 || FLT_EVAL_METHOD == 2)
#error "Compile $name$ so that floats are computed as floats: on 32-bit x86 with -msse2 -mfpmath=sse."
#endif
#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#elif defined(__GNUC__)
#pragma GCC push_options
#pragma GCC optimize("fp-contract=off", "no-tree-slp-vectorize")
#endif

$constants$
static inline uint32_t $name$_bits(float x) {
    union { float number; uint32_t bits; } both;
    both.number = x;
    return both.bits;
}

static inline float $name$_number(uint32_t bits) {
    union { float number; uint32_t bits; } both;
    both.bits = bits;
    return both.number;
}

static inline double $name$_floor(double x) {
    double whole;
    if (!(x > -4503599627370496.0 && x < 4503599627370496.0)) return x;
    whole = (double)(int64_t)x;
    return whole > x ? whole - 1.0 : whole;
}

)";

constexpr std::string_view c_state = R"(/* What a recurrent network remembers. Each sequence has one of its own. */
typedef struct $name$_state {
    float value[$state_size$];
} $name$_state;

/* To be called before the first step of a sequence. */
static inline void $name$_reset($name$_state *state) {
    int i;
    for (i = 0; i < $state_size$; ++i) state->value[i] = 0.0f;
}

static inline void $name$_activate($name$_state *state, const float *inputs, float *outputs) {
    int step;
    for (step = 0; step < $steps$; ++step) {
        const $name$_state before = *state;
        $name$_step(inputs, before.value, outputs, state->value);
    }
}

)";

constexpr std::string_view c_entry =
    R"(static inline void $name$_$entry$($state_parameter$const $taken_type$ *$taken$, $given_type$ *$given$) {
    float inputs[$inputs$];
    float outputs[$outputs$];
$begin$    $name$_prepare($taken$, inputs);
    $repeat$$name$_activate($state$inputs, outputs);
    $name$_finish($finish$, $given$);
}

)";

constexpr std::string_view c_own_state = R"(    $name$_state state;
    int call;
    $name$_reset(&state);
)";

constexpr std::string_view c_doubles = R"(#if DBL_MANT_DIG == 53
static inline uint64_t $name$_bits64(double x) {
    union { double number; uint64_t bits; } both;
    both.number = x;
    return both.bits;
}

static inline double $name$_number64(uint64_t bits) {
    union { double number; uint64_t bits; } both;
    both.bits = bits;
    return both.number;
}

)";

constexpr std::string_view c_tail = R"(#if defined(__clang__)
#pragma STDC FP_CONTRACT DEFAULT
#elif defined(__GNUC__)
#pragma GCC pop_options
#endif

#endif
)";

std::string c_entry_text(const ExportedCode& code) {
    const ExportedCode::Entry& entry = *code.entry;
    Words words = frame_words(code);
    words.insert(words.end(),
                 {{"taken_type", std::string(c_type(entry.taken().type))},
                  {"given_type", std::string(c_type(entry.given().type))},
                  {"state_parameter", code.passes_state() ? code.name + "_state *state, " : ""},
                  {"begin", code.makes_state() ? filled(c_own_state, words) : ""},
                  {"repeat", code.makes_state() ? filled("for (call = 0; call < $calls$; ++call) ", words) : ""},
                  {"state", code.makes_state()    ? "&state, "
                            : code.passes_state() ? "state, "
                                                  : ""},
                  {"finish", entry.finish.inputs.size() == 2 ? "inputs, outputs" : "outputs"}});
    return c_function(code, "prepare", entry.prepare) + c_function(code, "finish", entry.finish) +
           filled(c_entry, words);
}

std::string c_usage(const ExportedCode& code) {
    std::string text;
    if (code.is_recurrent()) text += " *     $name$_state state;\n *     $name$_reset(&state);\n";
    text += code.is_recurrent() ? " *     $name$_activate(&state, inputs, outputs);\n"
                                : " *     $name$_activate(inputs, outputs);\n";
    if (code.entry && code.passes_state()) text += " *     $name$_$entry$(&state, $taken$, $given$);\n";
    if (code.entry && !code.passes_state()) text += " *     $name$_$entry$($taken$, $given$);\n";
    return filled(text, frame_words(code));
}

}  // namespace

std::string write_c(const ExportedModel& exported) {
    const ExportedCode code = code_of(exported);
    Words words = frame_words(code);
    words.insert(words.end(),
                 {{"comment", c_comment(code.comment)}, {"usage", c_usage(code)}, {"constants", c_constants(code)}});
    std::string text = filled(c_head, words) + c_functions(code, false);
    text += c_function(code, code.is_recurrent() ? "step" : "activate", code.network);
    if (code.is_recurrent()) text += filled(c_state, words);
    if (code.entry) {
        const bool of_doubles = code.entry->given().type == NumberType::real;
        if (of_doubles) text += filled(c_doubles, words) + c_functions(code, true);
        text += c_entry_text(code);
        if (of_doubles) text += "#endif\n\n";
    }
    return text + std::string(c_tail);
}

}  // namespace clade::exported
