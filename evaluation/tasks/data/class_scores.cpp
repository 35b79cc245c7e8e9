#include <clade/evaluation/tasks/data/class_scores_internal.hpp>

#include <clade/core/check.hpp>
#include <clade/core/error.hpp>
#include <clade/core/functions/double_math_internal.hpp>
#include <clade/core/special_values_internal.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace clade {
namespace {

double weight_of(const ClassPredictions& rows, std::size_t row) { return rows.weight.empty() ? 1.0 : rows.weight[row]; }

/// Sharpness x output.
double evidence(const ClassPredictions& rows, std::size_t row, std::size_t c) {
    return rows.sharpness * double{rows.outputs[c * rows.row_count() + row]};
}

/// ln of the sum over all classes but `left_out` of exp(evidence); left_out = class_count: of all.
double log_sum_exp(const ClassPredictions& rows, std::size_t row, std::size_t left_out) {
    double largest = -infinity;
    for (std::size_t c = 0; c < rows.class_count(); ++c) {
        if (c != left_out) largest = std::max(largest, evidence(rows, row, c));
    }
    double total = 0.0;
    for (std::size_t c = 0; c < rows.class_count(); ++c) {
        if (c != left_out) total += exp_double(evidence(rows, row, c) - largest);
    }
    return largest + log_double(total);
}

/// Mean over the rows, by their weights, of term(row).
template <class Term>
double mean_over_rows(const ClassPredictions& rows, const Term& term) {
    double sum = 0.0;
    double total = 0.0;
    for (std::size_t row = 0; row < rows.row_count(); ++row) {
        sum += weight_of(rows, row) * term(row);
        total += weight_of(rows, row);
    }
    return sum / total;
}

/// Weights of the rows, by class.
struct ClassCounts {
    double actual = 0.0;  // rows of the class
    double said = 0.0;    // rows that are said to be of it
    double right = 0.0;   // both
};

std::vector<ClassCounts> count_classes(const ClassPredictions& rows) {
    std::vector<ClassCounts> counts(rows.class_count());
    for (std::size_t row = 0; row < rows.row_count(); ++row) {
        const std::size_t said = said_class(rows, row);
        const double weight = weight_of(rows, row);
        counts[rows.label[row]].actual += weight;
        counts[said].said += weight;
        if (said == rows.label[row]) counts[said].right += weight;
    }
    return counts;
}

double accuracy(const ClassPredictions& rows) {
    return mean_over_rows(rows, [&](std::size_t row) { return said_class(rows, row) == rows.label[row] ? 1.0 : 0.0; });
}

double cross_entropy(const ClassPredictions& rows) {
    return mean_over_rows(rows, [&](std::size_t row) {
        return log_sum_exp(rows, row, rows.class_count()) - evidence(rows, row, rows.label[row]);
    });
}

double balanced_accuracy(const ClassPredictions& rows) {
    double sum = 0.0;
    double present = 0.0;
    for (const ClassCounts& counts : count_classes(rows)) {
        if (counts.actual == 0.0) continue;
        sum += counts.right / counts.actual;
        present += 1.0;
    }
    return sum / present;
}

double f1_of(const ClassCounts& counts) { return 2.0 * counts.right / (counts.actual + counts.said); }

double f1_macro(const ClassPredictions& rows) {
    double sum = 0.0;
    double present = 0.0;
    for (const ClassCounts& counts : count_classes(rows)) {
        if (counts.actual + counts.said == 0.0) continue;
        sum += f1_of(counts);
        present += 1.0;
    }
    return sum / present;
}

double f1_weighted(const ClassPredictions& rows) {
    double sum = 0.0;
    double total = 0.0;
    for (const ClassCounts& counts : count_classes(rows)) {
        if (counts.actual == 0.0) continue;
        sum += counts.actual * f1_of(counts);
        total += counts.actual;
    }
    return sum / total;
}

struct RankedRow {
    double log_odds;
    std::size_t row;
};

/// Area under the curve of one class against the rest (Mann & Whitney's U / its largest value); NaN if either has no rows.
double area_under_curve(const ClassPredictions& rows, std::size_t c, std::vector<RankedRow>& ranked) {
    ranked.clear();
    for (std::size_t row = 0; row < rows.row_count(); ++row) {
        ranked.push_back({evidence(rows, row, c) - log_sum_exp(rows, row, c), row});
    }
    std::ranges::sort(ranked, [](const RankedRow& a, const RankedRow& b) {
        return a.log_odds != b.log_odds ? a.log_odds < b.log_odds : a.row < b.row;
    });
    double area = 0.0;
    double of_class = 0.0;
    double of_rest = 0.0;
    for (std::size_t next = 0; next < ranked.size();) {
        double tied_class = 0.0;
        double tied_rest = 0.0;
        const double tie = ranked[next].log_odds;
        for (; next < ranked.size() && ranked[next].log_odds == tie; ++next) {
            const std::size_t row = ranked[next].row;
            (rows.label[row] == c ? tied_class : tied_rest) += weight_of(rows, row);
        }
        area += tied_class * (of_rest + 0.5 * tied_rest);
        of_class += tied_class;
        of_rest += tied_rest;
    }
    return of_class == 0.0 || of_rest == 0.0 ? nan : area / (of_class * of_rest);
}

double roc_auc(const ClassPredictions& rows) {
    std::vector<RankedRow> ranked;
    double sum = 0.0;
    double present = 0.0;
    for (std::size_t c = rows.class_count() == 2 ? 1 : 0; c < rows.class_count(); ++c) {  // of two one says all
        const double area = area_under_curve(rows, c, ranked);
        if (std::isnan(area)) continue;
        sum += area;
        present += 1.0;
    }
    return sum / present;
}

double brier_score(const ClassPredictions& rows) {
    const std::size_t first = rows.class_count() == 2 ? 1 : 0;
    return mean_over_rows(rows, [&](std::size_t row) {
        const double all = log_sum_exp(rows, row, rows.class_count());
        double squares = 0.0;
        for (std::size_t c = first; c < rows.class_count(); ++c) {
            const double error = exp_double(evidence(rows, row, c) - all) - (rows.label[row] == c ? 1.0 : 0.0);
            squares += error * error;
        }
        return squares;
    });
}

}  // namespace

std::size_t said_class(const ClassPredictions& rows, std::size_t row) {
    std::size_t said = 0;
    for (std::size_t c = 1; c < rows.class_count(); ++c) {
        if (rows.outputs[c * rows.row_count() + row] > rows.outputs[said * rows.row_count() + row]) said = c;
    }
    return said;
}

double class_probability(const ClassPredictions& rows, std::size_t row, std::size_t c) {
    return exp_double(evidence(rows, row, c) - log_sum_exp(rows, row, rows.class_count()));
}

double class_score(DataFitness score, const ClassPredictions& rows) {
    CLADE_CHECK(rows.weight.empty() || rows.weight.size() == rows.row_count(), "as many weights as rows");
    if (rows.row_count() == 0) return nan;
    if (!std::ranges::all_of(rows.outputs, [](float output) { return std::isfinite(output); })) return nan;
    switch (score) {
        case DataFitness::accuracy:
            return accuracy(rows);
        case DataFitness::cross_entropy:
            return cross_entropy(rows);
        case DataFitness::likelihood:
            return exp_double(-cross_entropy(rows));
        case DataFitness::balanced_accuracy:
            return balanced_accuracy(rows);
        case DataFitness::f1_macro:
            return f1_macro(rows);
        case DataFitness::f1_weighted:
            return f1_weighted(rows);
        case DataFitness::roc_auc:
            return roc_auc(rows);
        case DataFitness::brier_score:
            return brier_score(rows);
        default:
            break;
    }
    throw LogicError("'" + std::string(name_of(score)) + "' is no score of classification");
}

}  // namespace clade
