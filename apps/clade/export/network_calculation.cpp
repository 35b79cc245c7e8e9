#include "clade/export/network_calculation.hpp"

#include "clade/export/recorded_number.hpp"

#include <clade/core/check.hpp>
#include <clade/core/functions/activation_internal.hpp>
#include <clade/core/functions/double_math_internal.hpp>

#include <bit>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace clade::exported {
namespace {

Single sum_of(std::span<const Single> terms) {
    Single total;
    for (const Single& term : terms) total = total + term;
    return total;
}

Single product_of(std::span<const Single> terms) {
    Single total(1.0F);
    for (const Single& term : terms) total = total * term;
    return total;
}

/// The first of the terms that no other precedes by `less`.
template <class Less>
Single extreme_of(std::span<const Single> terms, const Less& less) {
    Single chosen = terms.front();
    for (const Single& term : terms.subspan(1)) chosen = select(less(term, chosen), term, chosen);
    return chosen;
}

/// Batcher's merge exchange sort (Knuth, The Art of Computer Programming 5.2.2, algorithm M), which compares the same
/// places whatever the numbers are.
void sort_terms(std::vector<Single>& terms) {
    const auto exchange = [&](std::size_t i, std::size_t j) {
        const Truth swapped = terms[j] < terms[i];
        const Single low = select(swapped, terms[j], terms[i]);
        terms[j] = select(swapped, terms[i], terms[j]);
        terms[i] = low;
    };
    const std::size_t top = std::bit_ceil(terms.size()) / 2;
    for (std::size_t p = top; p > 0; p /= 2) {
        std::size_t q = top;
        std::size_t r = 0;
        std::size_t distance = p;
        while (true) {
            for (std::size_t i = 0; i + distance < terms.size(); ++i) {
                if ((i & p) == r) exchange(i, i + distance);
            }
            if (q == p) break;
            distance = q - p;
            q /= 2;
            r = p;
        }
    }
}

Single median_of(std::vector<Single> terms) {
    sort_terms(terms);
    const std::size_t half = terms.size() / 2;
    return terms.size() % 2 == 1 ? terms[half] : Single(0.5F) * (terms[half - 1] + terms[half]);
}

/// NaN if a term is NaN: comparisons lose it.
Single or_nan(std::span<const Single> terms, Single total) {
    Truth any(false);
    for (const Single& term : terms) any = any || term != term;
    return select(any, Single(std::numeric_limits<float>::quiet_NaN()), total);
}

Single aggregate_of(Aggregation aggregation, const std::vector<Single>& terms) {
    if (terms.empty()) return {};
    switch (aggregation) {
        case Aggregation::sum:
            return sum_of(terms);
        case Aggregation::product:
            return product_of(terms);
        case Aggregation::max:
            return or_nan(terms, extreme_of(terms, [](Single a, Single b) { return b < a; }));
        case Aggregation::min:
            return or_nan(terms, extreme_of(terms, [](Single a, Single b) { return a < b; }));
        case Aggregation::maxabs:
            return or_nan(terms, extreme_of(terms, [](Single a, Single b) { return abs_float(b) < abs_float(a); }));
        case Aggregation::median:
            return or_nan(terms, median_of(terms));
        case Aggregation::mean:
            return sum_of(terms) / Single(static_cast<float>(terms.size()));
    }
    CLADE_CHECK(false, "a built-in aggregation");
    return {};
}

Single activation_of(Activation activation, Single x) {
    if (activation == Activation::identity) return x;
    if (x.is_constant()) return activate(activation, x.constant());
    return called(first_activation + static_cast<std::uint64_t>(activation), x);
}

/// The values of all slots before any node is computed.
std::vector<Single> first_values(const NetworkProgram& program, Calculation& step) {
    const GenomeShape& shape = program.shape;
    std::vector<Single> values;
    for (std::size_t i = 0; i < shape.input_count; ++i) values.push_back(input<float>(step, 0, i));
    if (shape.bias_input) values.emplace_back(1.0F);
    for (std::size_t n = 0; program.network.is_recurrent() && n < program.node_count(); ++n) {
        values.push_back(input<float>(step, 1, n));
    }
    return values;
}

Single node_value(const NetworkProgram& program, std::size_t n, std::span<const Single> values) {
    const NetworkProgram::Node& node = program.nodes[n];
    std::vector<Single> terms;
    for (std::size_t c = node.first_connection; c < program.nodes[n + 1].first_connection; ++c) {
        terms.push_back(Single(program.weight[c]) * values[program.source_slot[c]]);
    }
    const Single total = aggregate_of(node.aggregation, terms);
    return activation_of(node.activation, Single(node.bias) + Single(node.response) * total);
}

/// y = function(x).
template <class Number, class Function>
Calculation calculation_of(const Function& function) {
    constexpr NumberType type = type_of<Number>();
    Calculation calculation{.inputs = {{"x", type, 1, true}}, .outputs = {{"y", type, 1, true}}};
    give(calculation, 0, 0, function(input<Number>(calculation, 0, 0)));
    return calculation;
}

Calculation sine_calculation() {
    constexpr NumberType type = NumberType::single;
    Calculation calculation{.inputs = {{"r", type, 1, true}, {"pushed", type, 1, true}},
                            .outputs = {{"y", type, 1, true}}};
    const Single r = input<float>(calculation, 0, 0);
    give(calculation, 0, 0, clade::sin_reduced<Single>(r, input<float>(calculation, 1, 0)));
    return calculation;
}

}  // namespace

Calculation function_calculation(std::uint64_t number) {
    if (number >= first_activation) {
        const auto activation = static_cast<Activation>(number - first_activation);
        return calculation_of<float>([&](Single x) { return activated(activation, x); });
    }
    switch (static_cast<Elementary>(number)) {
        case Elementary::absolute:
            return calculation_of<float>([](Single x) { return clade::abs_float<Single>(x); });
        case Elementary::exp2:
            return calculation_of<float>([](Single x) { return clade::exp2_float<Single>(x); });
        case Elementary::exp:
            return calculation_of<float>([](Single x) { return clade::exp_bounded<Single>(x); });
        case Elementary::log:
            return calculation_of<float>([](Single x) { return clade::log_float<Single>(x); });
        case Elementary::sine:
            return sine_calculation();
        case Elementary::exp_double:
            return calculation_of<double>([](Real x) { return clade::exp_double<Real>(x); });
        case Elementary::log_double:
            return calculation_of<double>([](Real x) { return clade::log_double<Real>(x); });
    }
    CLADE_CHECK(false, "a function that calculations call");
    return {};
}

Calculation network_calculation(const NetworkProgram& program) {
    const GenomeShape& shape = program.shape;
    const std::size_t nodes = program.node_count();
    const bool recurrent = program.network.is_recurrent();
    Calculation step{.inputs = {{"inputs", NumberType::single, shape.input_count}},
                     .outputs = {{"outputs", NumberType::single, shape.output_count}}};
    if (recurrent) step.inputs.push_back({"before", NumberType::single, nodes});
    if (recurrent) step.outputs.push_back({"after", NumberType::single, nodes});
    std::vector<Single> values = first_values(program, step);
    std::vector<Single> results;
    for (std::size_t n = 0; n < nodes; ++n) {
        results.push_back(node_value(program, n, values));
        if (!recurrent) values.push_back(results.back());
    }
    for (std::size_t o = 0; o < shape.output_count; ++o) {
        give(step, 0, o, results[program.output_slot[o] - shape.source_count()]);
    }
    for (std::size_t n = 0; recurrent && n < nodes; ++n) give(step, 1, n, results[n]);
    return step;
}

}  // namespace clade::exported
