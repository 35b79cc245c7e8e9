// The functions that the genomes of one engine may name: built-in ones and the user's own.
#pragma once

#include <clade/core/functions/activation.hpp>
#include <clade/core/functions/aggregation.hpp>

namespace clade {

/// Both tables. A value, copied into what uses it.
struct FunctionSet {
    ActivationTable activations{};
    AggregationTable aggregations{};
};

/// The functions that come with Clade, and no others.
[[nodiscard]] inline const FunctionSet& builtin_functions() {
    static const FunctionSet functions;
    return functions;
}

}  // namespace clade
