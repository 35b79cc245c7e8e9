#include <clade/evaluation/tasks/data/number_scores_internal.hpp>

#include <clade/core/check.hpp>
#include <clade/core/error.hpp>
#include <clade/core/special_values_internal.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

namespace clade {
namespace {

double weight_of(const NumberPredictions& rows, std::size_t row) {
    return rows.weight.empty() ? 1.0 : rows.weight[row];
}

/// Mean over the rows, by their weights, of term(row).
template <class Term>
double mean_over_rows(const NumberPredictions& rows, const Term& term) {
    double sum = 0.0;
    double total = 0.0;
    for (std::size_t row = 0; row < rows.targets.size(); ++row) {
        sum += weight_of(rows, row) * term(row);
        total += weight_of(rows, row);
    }
    return sum / total;
}

double mean_squared_error(const NumberPredictions& rows) {
    return mean_over_rows(rows, [&](std::size_t row) {
        const double error = rows.estimates[row] - rows.targets[row];
        return error * error;
    });
}

double mean_absolute_error(const NumberPredictions& rows) {
    return mean_over_rows(rows, [&](std::size_t row) { return std::abs(rows.estimates[row] - rows.targets[row]); });
}

double r2(const NumberPredictions& rows) {
    const double error = mean_squared_error(rows);
    const double first = rows.targets.front();
    if (std::ranges::all_of(rows.targets, [&](double target) { return target == first; })) {
        return error == 0.0 ? 1.0 : 0.0 * error;  // NaN where the error is not finite
    }
    const double mean = mean_over_rows(rows, [&](std::size_t row) { return rows.targets[row]; });
    const double variance = mean_over_rows(rows, [&](std::size_t row) {
        const double deviation = rows.targets[row] - mean;
        return deviation * deviation;
    });
    return 1.0 - error / variance;
}

double unchecked_score(DataFitness score, const NumberPredictions& rows) {
    switch (score) {
        case DataFitness::mean_squared_error:
            return mean_squared_error(rows);
        case DataFitness::root_mean_squared_error:
            return std::sqrt(mean_squared_error(rows));
        case DataFitness::mean_absolute_error:
            return mean_absolute_error(rows);
        case DataFitness::r2:
            return r2(rows);
        default:
            break;
    }
    throw LogicError("'" + std::string(name_of(score)) + "' is no score of estimates and targets alone");
}

}  // namespace

double number_score(DataFitness score, const NumberPredictions& rows) {
    CLADE_CHECK(rows.estimates.size() == rows.targets.size(), "as many estimates as targets");
    CLADE_CHECK(rows.weight.empty() || rows.weight.size() == rows.targets.size(), "as many weights as rows");
    if (rows.targets.empty()) return nan;
    const double value = unchecked_score(score, rows);
    return std::isfinite(value) ? value : nan;
}

}  // namespace clade
