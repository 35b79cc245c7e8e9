// A number that a network reads or gives: name, unit, range.
#pragma once

#include <clade/core/fields.hpp>

#include <limits>
#include <string>

namespace clade {

/// One number that a network reads or gives.
struct Signal {
    std::string name{};
    std::string unit{};  ///< empty: a plain number
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    double scale = 1.0;  ///< factor of the observation that the network gets
};

void visit_fields(Signal& signal, FieldVisitor& field);

}  // namespace clade
