#include <clade/evaluation/signal.hpp>

#include <clade/core/special_values_internal.hpp>

#include <cmath>
#include <optional>

namespace clade {
namespace {

std::optional<double> bound(double value) { return std::isfinite(value) ? std::optional(value) : std::nullopt; }

}  // namespace

/// A file has no infinity: a missing bound is null.
void visit_fields(Signal& signal, FieldVisitor& field) {
    std::optional<double> low = bound(signal.low);
    std::optional<double> high = bound(signal.high);
    field("name", signal.name, "Name of the number.");
    field("unit", signal.unit, "Unit; empty for a plain number.");
    field("low", low, any_number(), "Least value; null if there is none.");
    field("high", high, any_number(), "Greatest value; null if there is none.");
    field("scale", signal.scale, any_number(), "Factor of the observation that the network gets.");
    signal.low = low.value_or(-infinity);
    signal.high = high.value_or(infinity);
}

}  // namespace clade
