#include "clade/export/python_code.hpp"

#include "clade/export/code_text.hpp"

#include <fmt/format.h>

namespace clade::exported {
namespace {

const Language& python_language() {
    using Kind = OperationKind;
    static const Language language{
        .patterns = {{Kind::call, "_{3}({0})"},
                     {Kind::shift_left, "{0} << np.uint32({3})", {NumberType::bits32}},
                     {Kind::shift_left, "{0} << np.uint64({3})"},
                     {Kind::either, "{0} | {1}"},
                     {Kind::select, "np.where({0}, {1}, {2})"},
                     {Kind::floor, "np.floor({0})"},
                     {Kind::convert, "{0}.astype(np.float32)", {NumberType::single}},
                     {Kind::convert, "{0}.astype(np.float64)"},
                     {Kind::to_bits, "{0}.view(np.uint32)", {NumberType::bits32}},
                     {Kind::to_bits, "{0}.view(np.uint64)"},
                     {Kind::from_bits, "{0}.view(np.float32)", {NumberType::single}},
                     {Kind::from_bits, "{0}.view(np.float64)"},
                     {Kind::shifted_number,
                      "({0}.view(np.int32) >> np.int32({3})).astype(np.float32)",
                      {NumberType::single}},
                     {Kind::shifted_number, "({0}.view(np.int64) >> np.int64({3})).astype(np.float64)"}},
        .constants = {"np.float32({0})", "np.float64({0})", "np.uint32({0})", "np.uint64({0})", "{0}"},
        .decimals_are_doubles = true,
        .element = "{0}[..., {1}]",
        .single_element = "{0}[..., {1}]",
        .declaration = "{1} = {2}",
        .assignment = "{0} = {1}",
        .returned = "return {0}",
    };
    return language;
}

std::string python_type(NumberType type) { return type == NumberType::single ? "np.float32" : "np.float64"; }

std::string python_function(const ExportedCode& code, const std::string& name, const Calculation& calculation) {
    std::vector<std::string> parameters;
    for (const Calculation::Array& array : calculation.inputs) parameters.push_back(array.name);
    std::string text = fmt::format("def _{}({}):\n", name, fmt::join(parameters, ", "));
    std::vector<std::string> given;
    for (const Calculation::Array& array : calculation.outputs) {
        if (array.is_number) continue;
        const char* const type = array.type == NumberType::single ? "np.float32" : "np.float64";
        text += fmt::format("    {} = np.empty({}.shape[:-1] + ({},), {})\n", array.name, parameters.front(),
                            array.size, type);
        given.push_back(array.name);
    }
    text += statements(python_language(), code, calculation);
    if (!given.empty()) text += fmt::format("    return {}\n", fmt::join(given, ", "));
    return text + "\n\n";
}

constexpr std::string_view python_head = R"(# $name$: a neural network for Python with NumPy, written by Clade.
#
$comment$#
# The last axis of an array is that of the numbers named; all other axes are calculated side by side. The results have
# the same bits as Clade's.
import numpy as np

$names$

)";

constexpr std::string_view python_forward = R"(def activate(inputs):
    """The outputs [..., $outputs$] of inputs [..., $inputs$]."""
    with np.errstate(all="ignore"):
        return _step(np.asarray(inputs, np.float32))
)";

constexpr std::string_view python_recurrent = R"(def initial_state(shape=()):
    """The state before the first step, of sequences of this shape."""
    return np.zeros(tuple(shape) + ($state_size$,), np.float32)


def activate(inputs, state):
    """The outputs [..., $outputs$] of inputs [..., $inputs$], and the next state."""
    inputs = np.asarray(inputs, np.float32)
    with np.errstate(all="ignore"):
        for _ in range($steps$):
            outputs, state = _step(inputs, state)
    return outputs, state
)";

constexpr std::string_view python_entry = R"(

def $entry$($taken$$state_parameter$):
    """The $given$ [..., $given_size$] of $taken$ [..., $taken_size$]$state_text$."""
    $taken$ = np.asarray($taken$, $type$)
    with np.errstate(all="ignore"):
        inputs = _prepare($taken$)
$activate$        return _finish($finish$)$state_parameter$
)";

constexpr std::string_view python_own_state = R"(        state = initial_state(inputs.shape[:-1])
        for _ in range($calls$):
            outputs, state = activate(inputs, state)
)";

std::string python_entry_text(const ExportedCode& code) {
    Words words = frame_words(code);
    std::string activate = "        outputs = activate(inputs)\n";
    if (code.passes_state()) activate = "        outputs, state = activate(inputs, state)\n";
    if (code.makes_state()) activate = filled(python_own_state, words);
    words.insert(words.end(), {{"state_parameter", code.passes_state() ? ", state" : ""},
                               {"state_text", code.passes_state() ? ", and the next state" : ""},
                               {"type", python_type(code.entry->taken().type)},
                               {"activate", activate},
                               {"finish", code.entry->finish.inputs.size() == 2 ? "inputs, outputs" : "outputs"}});
    return filled(python_entry, words);
}

}  // namespace

std::string write_python(const ExportedModel& exported) {
    const ExportedCode code = code_of(exported);
    std::string names;
    for (const ExportedCode::NameList& list : code.name_lists) {
        names += fmt::format("{} = [{}]\n", upper_snake(list.what), quoted_names(list.names));
    }
    Words words = frame_words(code);
    words.insert(words.end(), {{"comment", comment_lines("# ", code.comment)}, {"names", names}});
    std::string text = filled(python_head, words) + all_functions(code, python_function);
    text += filled(code.is_recurrent() ? python_recurrent : python_forward, words);
    if (code.entry) text += python_entry_text(code);
    return text;
}

}  // namespace clade::exported
