#include "clade/export/javascript_code.hpp"

#include "clade/export/code_text.hpp"

#include <fmt/format.h>

namespace clade::exported {
namespace {

const Language& javascript_language() {
    using Kind = OperationKind;
    static const Language language{
        .patterns = {{Kind::call, "{3}({0})"},
                     {Kind::add, "f({0} + {1})", {NumberType::single}},
                     {Kind::add, "(({0} + {1}) >>> 0)", {NumberType::bits32}},
                     {Kind::add, "BigInt.asUintN(64, {0} + {1})", {NumberType::bits64}},
                     {Kind::subtract, "f({0} - {1})", {NumberType::single}},
                     {Kind::subtract, "(({0} - {1}) >>> 0)", {NumberType::bits32}},
                     {Kind::subtract, "BigInt.asUintN(64, {0} - {1})", {NumberType::bits64}},
                     {Kind::multiply, "f({0} * {1})", {NumberType::single}},
                     {Kind::divide, "f({0} / {1})", {NumberType::single}},
                     {Kind::bit_and, "(({0} & {1}) >>> 0)", {NumberType::bits32}},
                     {Kind::bit_xor, "(({0} ^ {1}) >>> 0)", {NumberType::bits32}},
                     {Kind::shift_left, "(({0} << {3}) >>> 0)", {NumberType::bits32}},
                     {Kind::shift_left, "BigInt.asUintN(64, {0} << {3}n)"},
                     {Kind::equal, "{0} === {1}"},
                     {Kind::unequal, "{0} !== {1}"},
                     {Kind::floor, "Math.floor({0})"},
                     {Kind::convert, "f({0})", {NumberType::single}},
                     {Kind::convert, "({0})"},
                     {Kind::to_bits, "bits({0})", {NumberType::bits32}},
                     {Kind::to_bits, "bits64({0})"},
                     {Kind::from_bits, "number({0})", {NumberType::single}},
                     {Kind::from_bits, "number64({0})"},
                     {Kind::shifted_number, "f({0} >> {3})", {NumberType::single}},
                     {Kind::shifted_number, "Number(BigInt.asIntN(64, {0}) >> {3}n)"}},
        .constants = {"{0}", "{0}", "{0}", "{0}n", "{0}"},
        .decimals_are_doubles = true,
        .single_element = "f({0}[{1}])",
        .declaration = "const {1} = {2};",
    };
    return language;
}

std::string javascript_function(const ExportedCode& code, const std::string& name, const Calculation& calculation) {
    std::vector<std::string> parameters;
    for (const Calculation::Array& array : calculation.inputs) parameters.push_back(array.name);
    for (const Calculation::Array& array : calculation.outputs) {
        if (!array.is_number) parameters.push_back(array.name);
    }
    return fmt::format("function {}({}) {{\n{}}}\n\n", name, fmt::join(parameters, ", "),
                       statements(javascript_language(), code, calculation));
}

constexpr std::string_view javascript_head = R"(// $name$: a neural network for JavaScript, written by Clade.
//
$comment$//
// The results have the same bits as Clade's.

$names$
const f = Math.fround;
const memory = new DataView(new ArrayBuffer(8));

function bits(x) {
    memory.setFloat32(0, x);
    return memory.getUint32(0);
}

function number(x) {
    memory.setUint32(0, x);
    return memory.getFloat32(0);
}

function bits64(x) {
    memory.setFloat64(0, x);
    return memory.getBigUint64(0);
}

function number64(x) {
    memory.setBigUint64(0, x);
    return memory.getFloat64(0);
}

)";

constexpr std::string_view javascript_forward = R"(/** The $outputs$ outputs of $inputs$ inputs. */
export function activate(inputs, outputs = new Float32Array($outputs$)) {
    step(inputs, outputs);
    return outputs;
}
)";

constexpr std::string_view javascript_recurrent =
    R"(/** What the network remembers; each sequence has one of its own. */
export function initialState() {
    return new Float32Array($state_size$);
}

/** The $outputs$ outputs of $inputs$ inputs; changes the state. */
export function activate(state, inputs, outputs = new Float32Array($outputs$)) {
    for (let i = 0; i < $steps$; ++i) step(inputs, state.slice(), outputs, state);
    return outputs;
}
)";

constexpr std::string_view javascript_entry = R"(
/** The $given_size$ $given$ of $taken_size$ numbers: $taken$$state_text$. */
export function $entry$($state_parameter$$taken$, $given$ = new $type$($given_size$)) {
    const inputs = new Float32Array($inputs$);
    const outputs = new Float32Array($outputs$);
    prepare($taken$, inputs);
$activate$    finish($finish$, $given$);
    return $given$;
}
)";

constexpr std::string_view javascript_own_state = R"(    const state = initialState();
    for (let i = 0; i < $calls$; ++i) activate(state, inputs, outputs);
)";

std::string javascript_entry_text(const ExportedCode& code) {
    Words words = frame_words(code);
    std::string activate = "    activate(inputs, outputs);\n";
    if (code.passes_state()) activate = "    activate(state, inputs, outputs);\n";
    if (code.makes_state()) activate = filled(javascript_own_state, words);
    words.insert(words.end(),
                 {{"state_parameter", code.passes_state() ? "state, " : ""},
                  {"state_text", code.passes_state() ? "; changes the state" : ""},
                  {"type", code.entry->given().type == NumberType::single ? "Float32Array" : "Float64Array"},
                  {"activate", activate},
                  {"finish", code.entry->finish.inputs.size() == 2 ? "inputs, outputs" : "outputs"}});
    return filled(javascript_entry, words);
}

}  // namespace

std::string write_javascript(const ExportedModel& exported) {
    const ExportedCode code = code_of(exported);
    std::string names;
    for (const ExportedCode::NameList& list : code.name_lists) {
        names += fmt::format("export const {} = [{}];\n", upper_snake(list.what), quoted_names(list.names));
    }
    Words words = frame_words(code);
    words.insert(words.end(), {{"comment", comment_lines("// ", code.comment)}, {"names", names}});
    std::string text = filled(javascript_head, words) + all_functions(code, javascript_function);
    text += filled(code.is_recurrent() ? javascript_recurrent : javascript_forward, words);
    if (code.entry) text += javascript_entry_text(code);
    return text;
}

}  // namespace clade::exported
