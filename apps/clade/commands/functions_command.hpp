// `clade functions`: the activations and aggregations, or one with its formula and curve.
#pragma once

#include "terminal/format.hpp"

#include <clade/core/functions/functions.hpp>

#include <string>
#include <vector>

namespace clade {

struct FunctionsOptions {
    std::string function{};  ///< empty: list all
    Format format = Format::table;
    std::string program = "clade";  ///< as the user called it
};

/// One function in words.
struct FunctionRow {
    std::string kind;     ///< "activation" or "aggregation"
    std::string name;     ///< as in a configuration
    std::string formula;  ///< of a function that the program added: that it is one
    bool builtin = true;  ///< only built-in functions have a derivative
};

/// Activations, then aggregations, each in the order of the table.
[[nodiscard]] std::vector<FunctionRow> function_rows(const FunctionSet& functions);

/// Throws InputError for a function that is not there.
int functions_command(const FunctionsOptions& options, const FunctionSet& functions);

}  // namespace clade
