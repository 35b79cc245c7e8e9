#include "clade/export/rust_code.hpp"

#include "clade/export/code_text.hpp"

#include <fmt/format.h>

namespace clade::exported {
namespace {

const Language& rust_language() {
    using Kind = OperationKind;
    const std::vector<NumberType> whole{NumberType::bits32, NumberType::bits64};
    static const Language language{
        .patterns = {{Kind::call, "{3}({0})"},
                     {Kind::add, "{0}.wrapping_add({1})", whole},
                     {Kind::subtract, "{0}.wrapping_sub({1})", whole},
                     {Kind::select, "(if {0} {{ {1} }} else {{ {2} }})"},
                     {Kind::floor, "floor({0})"},
                     {Kind::convert, "({0} as f32)", {NumberType::single}},
                     {Kind::convert, "({0} as f64)"},
                     {Kind::to_bits, "f32::to_bits({0})", {NumberType::bits32}},
                     {Kind::to_bits, "f64::to_bits({0})"},
                     {Kind::from_bits, "f32::from_bits({0})", {NumberType::single}},
                     {Kind::from_bits, "f64::from_bits({0})"},
                     {Kind::shifted_number, "((({0} as i32) >> {3}) as f32)", {NumberType::single}},
                     {Kind::shifted_number, "((({0} as i64) >> {3}) as f64)"}},
        .type_names = {"f32", "f64", "u32", "u64", "bool"},
        .constants = {"{0}f32", "{0}f64", "{0}u32", "{0}u64", "{0}"},
        .declaration = "let {1}: {0} = {2};",
    };
    return language;
}

std::string_view rust_type(NumberType type) { return rust_language().type_names[static_cast<std::size_t>(type)]; }

std::string rust_function(const ExportedCode& code, const std::string& name, const Calculation& calculation) {
    std::vector<std::string> parameters;
    for (const Calculation::Array& array : calculation.inputs) {
        parameters.push_back(array.is_number
                                 ? fmt::format("{}: {}", array.name, rust_type(array.type))
                                 : fmt::format("{}: &[{}; {}]", array.name, rust_type(array.type), array.size));
    }
    std::string given;
    for (const Calculation::Array& array : calculation.outputs) {
        if (array.is_number) {
            given = fmt::format(" -> {}", rust_type(array.type));
        } else {
            parameters.push_back(fmt::format("{}: &mut [{}; {}]", array.name, rust_type(array.type), array.size));
        }
    }
    return fmt::format("fn {}({}){} {{\n{}}}\n\n", name, fmt::join(parameters, ", "), given,
                       statements(rust_language(), code, calculation));
}

constexpr std::string_view rust_head = R"(//! $name$: a neural network for Rust, written by Clade.
//!
$comment$//!
//! It needs `core` alone, and no heap. The results have the same bits as Clade's.
#![allow(dead_code, unused_parens, unused_variables, clippy::all)]

$names$
fn floor(x: f64) -> f64 {
    if !(x > -4503599627370496.0 && x < 4503599627370496.0) {
        return x;
    }
    let whole = (x as i64) as f64;
    if whole > x { whole - 1.0 } else { whole }
}

)";

constexpr std::string_view rust_forward = R"(/// The outputs of these inputs.
pub fn activate(inputs: &[f32; $inputs$]) -> [f32; $outputs$] {
    let mut outputs = [0.0f32; $outputs$];
    step(inputs, &mut outputs);
    outputs
}
)";

constexpr std::string_view rust_recurrent = R"(/// What the network remembers; each sequence has one of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    value: [f32; $state_size$],
}

impl State {
    /// The state before the first step.
    pub const fn new() -> Self {
        State { value: [0.0; $state_size$] }
    }
}

/// The outputs of these inputs; changes the state.
pub fn activate(state: &mut State, inputs: &[f32; $inputs$]) -> [f32; $outputs$] {
    let mut outputs = [0.0f32; $outputs$];
    for _ in 0..$steps$ {
        let before = state.value;
        step(inputs, &before, &mut outputs, &mut state.value);
    }
    outputs
}
)";

constexpr std::string_view rust_entry = R"(
/// The $given$ of this $taken$$state_text$.
pub fn $entry$($state_parameter$$taken$: &[$taken_type$; $taken_size$]) -> [$given_type$; $given_size$] {
    let mut inputs = [0.0f32; $inputs$];
    prepare($taken$, &mut inputs);
$activate$    let mut $given$ = [0.0; $given_size$];
    finish($finish$, &mut $given$);
    $given$
}
)";

constexpr std::string_view rust_own_state = R"(    let mut state = State::new();
    let mut outputs = [0.0f32; $outputs$];
    for _ in 0..$calls$ {
        outputs = activate(&mut state, &inputs);
    }
)";

std::string rust_entry_text(const ExportedCode& code) {
    const ExportedCode::Entry& entry = *code.entry;
    Words words = frame_words(code);
    std::string activate = "    let outputs = activate(&inputs);\n";
    if (code.passes_state()) activate = "    let outputs = activate(state, &inputs);\n";
    if (code.makes_state()) activate = filled(rust_own_state, words);
    words.insert(words.end(), {{"taken_type", std::string(rust_type(entry.taken().type))},
                               {"given_type", std::string(rust_type(entry.given().type))},
                               {"state_parameter", code.passes_state() ? "state: &mut State, " : ""},
                               {"state_text", code.passes_state() ? "; changes the state" : ""},
                               {"activate", activate},
                               {"finish", entry.finish.inputs.size() == 2 ? "&inputs, &outputs" : "&outputs"}});
    return filled(rust_entry, words);
}

}  // namespace

std::string write_rust(const ExportedModel& exported) {
    const ExportedCode code = code_of(exported);
    std::string names;
    for (const ExportedCode::NameList& list : code.name_lists) {
        names += fmt::format("pub const {}: [&str; {}] = [{}];\n", upper_snake(list.what), list.names.size(),
                             quoted_names(list.names));
    }
    Words words = frame_words(code);
    words.insert(words.end(), {{"comment", comment_lines("//! ", code.comment)}, {"names", names}});
    std::string text = filled(rust_head, words) + all_functions(code, rust_function);
    text += filled(code.is_recurrent() ? rust_recurrent : rust_forward, words);
    if (code.entry) text += rust_entry_text(code);
    return text;
}

}  // namespace clade::exported
