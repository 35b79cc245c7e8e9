// A named number about a network or a generation.
#pragma once

#include <clade/core/language_standard.hpp>

#include <string>

namespace clade {

/// E.g. {"validation accuracy", 0.96}.
struct Measure {
    std::string name{};
    double value = 0.0;
};

}  // namespace clade
