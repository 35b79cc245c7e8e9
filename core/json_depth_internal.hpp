// Guards what reads JSON: values are written and freed by recursion, which deep nesting would drive over the stack.
#pragma once

#include <clade/core/language_standard.hpp>

#include <string_view>

namespace clade {

/// Throws FormatError for JSON whose lists and objects are nested deeper than any file of Clade is. Other mistakes are left
/// to the parser.
void check_json_depth(std::string_view text);

}  // namespace clade
