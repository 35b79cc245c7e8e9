#include <clade/evaluation/tasks/data/data_scorer_internal.hpp>

#include <clade/core/functions/float_math_internal.hpp>
#include <clade/core/special_values_internal.hpp>
#include <clade/evaluation/tasks/data/number_scores_internal.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace clade {
namespace {

constexpr double roc_auc_of_chance = 0.5;

double likelihood(double cross_entropy) {
    return std::isnan(cross_entropy) ? nan : double{exp_float(static_cast<float>(-cross_entropy))};
}

bool has_kernel(DataFitness score) {
    return score == DataFitness::accuracy || score == DataFitness::cross_entropy || score == DataFitness::likelihood;
}

}  // namespace

DataScorer::DataScorer(const DataScoring& scoring) : scoring_(scoring), kernels_(data_kernels_at(best_simd_level())) {}

double DataScorer::evaluate(Network& network, const Seeds& seeds) {
    const Dataset& rows = rows_of(seeds);
    run(network, rows);
    return fitness(rows);
}

double DataScorer::gradient(Network& network, const Seeds& seeds, NetworkGradient& gradient) {
    const double fitness = evaluate(network, seeds);
    const Dataset& rows = rows_of(seeds);
    slopes_.resize(outputs_.size());
    if (rows.is_classification()) {
        cross_entropy_slopes(rows);
    } else {
        for (std::size_t target = 0; target < rows.outputs.size(); ++target) error_slopes(rows, target);
    }
    gradient.backpropagate(network.program(), rows.observations(), slopes_, rows.row_count());
    return fitness;
}

std::span<const float> DataScorer::run(Network& network, const Dataset& rows) {
    outputs_.resize(rows.row_count() * network.output_count());
    const int calls = network.is_recurrent() ? scoring_.steps : 1;
    network.reset();
    for (std::size_t step = 0; step < rows.step_begin.size(); ++step) run_step(network, rows, step);
    if (rows.has_sequences()) return outputs_;
    for (int call = 0; call < calls; ++call) {
        network.activate_batch(rows.observations(), outputs_, rows.row_count());
    }
    return outputs_;
}

/// Sequences that have ended are the last ones of the step before, and leave the network.
void DataScorer::run_step(Network& network, const Dataset& rows, std::size_t step) {
    const std::size_t begin = rows.step_begin[step];
    const std::size_t count = rows.step_end(step) - begin;
    if (step > 0 && count < begin - rows.step_begin[step - 1]) {
        continuing_.resize(count);
        std::iota(continuing_.begin(), continuing_.end(), 0U);
        network.keep_rows(continuing_);
    }
    step_inputs_.clear();
    for (std::size_t input = 0; input < rows.feature_count(); ++input) {
        const std::span<const float> values = rows.inputs.column(input).subspan(begin, count);
        step_inputs_.insert(step_inputs_.end(), values.begin(), values.end());
    }
    step_outputs_.resize(count * network.output_count());
    const int calls = network.is_recurrent() ? scoring_.steps : 1;
    for (int call = 0; call < calls; ++call) network.activate_batch(step_inputs_, step_outputs_, count);
    for (std::size_t output = 0; output < network.output_count(); ++output) {
        const std::span<const float> said = std::span(step_outputs_).subspan(output * count, count);
        std::ranges::copy(said, outputs_.begin() + static_cast<std::ptrdiff_t>(output * rows.row_count() + begin));
    }
}

/// What the genomes of a generation are scored on.
const Dataset& DataScorer::rows_of(const Seeds& seeds) {
    if (scoring_.batch_size == 0) return scoring_.training;
    if (batch_seed_ != seeds.generation) {
        batch_ = draw_rows(scoring_.training, scoring_.batch_size, seeds.generation);
        batch_seed_ = seeds.generation;
    }
    return batch_;
}

double DataScorer::fitness(const Dataset& rows) {
    switch (scoring_.fitness) {
        case DataFitness::closeness:
            return 1.0 / (1.0 + normalised_error(rows));
        case DataFitness::mean_squared_error:
            return mean_squared_error(rows);
        default:
            return rows.is_classification() ? class_fitness(rows) : score(scoring_.fitness, rows);
    }
}

DataMeasures DataScorer::measures(const Dataset& rows) {
    if (rows.row_count() == 0) return {nan, nan, nan, nan, nan};
    if (!rows.is_classification()) {
        return {nan, nan, mean_squared_error(rows), normalised_error(rows), score(DataFitness::r2, rows)};
    }
    if (!rows.weight.empty()) {
        return {score(DataFitness::accuracy, rows), score(DataFitness::cross_entropy, rows), nan, nan, nan};
    }
    const std::vector<float> same(rows.outputs.size(), 1.0F);
    return {kernel_score(DataFitness::accuracy, rows, same), kernel_score(DataFitness::cross_entropy, rows, same), nan,
            nan, nan};
}

/// Rows of one class have no ROC AUC: it is left out.
void DataScorer::add_scores(TaskReport& report, const std::string& part, const Dataset& rows) {
    const bool failed = !std::ranges::all_of(outputs_, [](float output) { return std::isfinite(output); });
    for (const DataScore& known : data_scores()) {
        if (known.classification != rows.is_classification() || known.label.empty()) continue;
        const std::string name = part + " " + std::string(known.label);
        const double value = score(known.fitness, rows);
        if (failed || !std::isnan(value)) report.measures.push_back({name, value});
        if (rows.is_classification() || rows.outputs.size() < 2) continue;
        for (std::size_t target = 0; target < rows.outputs.size(); ++target) {
            report.measures.push_back(
                {name + " of " + rows.outputs[target], target_score(known.fitness, rows, target)});
        }
    }
}

double DataScorer::score(DataFitness score, const Dataset& rows) {
    if (rows.is_classification()) return class_score(score, predictions(rows, rows.weight));
    double sum = 0.0;
    for (std::size_t target = 0; target < rows.outputs.size(); ++target) sum += target_score(score, rows, target);
    return sum / static_cast<double>(rows.outputs.size());
}

double DataScorer::target_score(DataFitness score, const Dataset& rows, std::size_t target) {
    estimates_.resize(rows.row_count());
    for (std::size_t row = 0; row < rows.row_count(); ++row) estimates_[row] = estimate(rows, target, row);
    return number_score(score,
                        {.estimates = estimates_, .targets = rows.targets.column(target), .weight = rows.weight});
}

/// A batch whose rows are all of one class says nothing of the ROC AUC: then all networks have that of chance.
double DataScorer::class_fitness(const Dataset& rows) {
    const DataFitness fitness = scoring_.fitness;
    if (rows.weight.empty() && has_kernel(fitness)) return kernel_score(fitness, rows, scoring_.class_weight);
    weigh_rows(rows);
    const ClassPredictions said = predictions(rows, weight_);
    const double value = class_score(fitness, said);
    const bool undefined =
        fitness == DataFitness::roc_auc && std::isnan(value) && !std::isnan(class_score(DataFitness::accuracy, said));
    return undefined ? roc_auc_of_chance : value;
}

double DataScorer::kernel_score(DataFitness score, const Dataset& rows, std::span<const float> class_weight) const {
    const ClassificationSums sums = kernels_.classification_sums({.outputs = outputs_.data(),
                                                                  .label = rows.label.data(),
                                                                  .class_weight = class_weight.data(),
                                                                  .row_count = rows.row_count(),
                                                                  .class_count = rows.outputs.size(),
                                                                  .sharpness = static_cast<float>(scoring_.sharpness)});
    if (!sums.finite) return nan;
    if (score == DataFitness::accuracy) return sums.right / sums.weight;
    const double cross_entropy = sums.entropy / sums.weight;
    return score == DataFitness::likelihood ? likelihood(cross_entropy) : cross_entropy;
}

ClassPredictions DataScorer::predictions(const Dataset& rows, std::span<const double> weight) const {
    return {.outputs = outputs_, .label = rows.label, .weight = weight, .sharpness = scoring_.sharpness};
}

void DataScorer::weigh_rows(const Dataset& rows) {
    weight_.clear();
    for (std::size_t row = 0; row < rows.row_count(); ++row) {
        const auto of_class = double{scoring_.class_weight[rows.label[row]]};
        weight_.push_back(rows.weight.empty() ? of_class : of_class * rows.weight[row]);
    }
}

double DataScorer::estimate(const Dataset& rows, std::size_t target, std::size_t row) const {
    return scoring_.target_offset[target] +
           scoring_.target_scale[target] * double{outputs_[target * rows.row_count() + row]};
}

/// Mean over the rows.
double DataScorer::squared_error(const Dataset& rows, std::size_t target) {
    if (!rows.weight.empty()) return target_score(DataFitness::mean_squared_error, rows, target);
    const double squares = kernels_.squared_error({.outputs = outputs_.data() + target * rows.row_count(),
                                                   .targets = rows.targets.column(target).data(),
                                                   .row_count = rows.row_count(),
                                                   .offset = scoring_.target_offset[target],
                                                   .scale = scoring_.target_scale[target]});
    return std::isfinite(squares) ? squares / static_cast<double>(rows.row_count()) : nan;
}

double DataScorer::mean_squared_error(const Dataset& rows) {
    const auto targets = static_cast<double>(rows.outputs.size());
    double mean = 0.0;
    for (std::size_t t = 0; t < rows.outputs.size(); ++t) mean += squared_error(rows, t) / targets;
    return mean;
}

double DataScorer::normalised_error(const Dataset& rows) {
    const auto targets = static_cast<double>(rows.outputs.size());
    double mean = 0.0;
    for (std::size_t t = 0; t < rows.outputs.size(); ++t) {
        mean += squared_error(rows, t) / scoring_.target_variance[t] / targets;
    }
    return mean;
}

/// By output c: weight of the row / weight of all rows x sharpness x (probability of c - [c is the row's class]).
void DataScorer::cross_entropy_slopes(const Dataset& rows) {
    const std::size_t count = rows.row_count();
    const std::size_t classes = rows.outputs.size();
    const auto sharpness = static_cast<float>(scoring_.sharpness);
    weigh_rows(rows);
    double total_weight = 0.0;
    for (const double weight : weight_) total_weight += weight;
    for (std::size_t row = 0; row < count; ++row) {
        const auto output = [&](std::size_t c) { return outputs_[c * count + row]; };
        float largest = output(0);
        for (std::size_t c = 1; c < classes; ++c) largest = std::max(largest, output(c));
        float total = 0.0F;
        for (std::size_t c = 0; c < classes; ++c) {
            slopes_[c * count + row] = exp_float(sharpness * (output(c) - largest));
            total += slopes_[c * count + row];
        }
        const float factor = static_cast<float>(weight_[row] / total_weight) * sharpness;
        for (std::size_t c = 0; c < classes; ++c) {
            const float probability = slopes_[c * count + row] / total;
            slopes_[c * count + row] = factor * (c == rows.label[row] ? probability - 1.0F : probability);
        }
    }
}

void DataScorer::error_slopes(const Dataset& rows, std::size_t target) {
    const std::size_t count = rows.row_count();
    const double factor = slope_factor(rows, target);
    const bool absolute = scoring_.fitness == DataFitness::mean_absolute_error;
    double total_weight = 0.0;
    for (const double weight : rows.weight) total_weight += weight;
    const std::span<const double> wanted = rows.targets.column(target);
    for (std::size_t row = 0; row < count; ++row) {
        double error = estimate(rows, target, row) - wanted[row];
        if (absolute) error = error == 0.0 ? 0.0 : std::copysign(0.5, error);
        if (!rows.weight.empty()) error *= rows.weight[row] * static_cast<double>(count) / total_weight;
        slopes_[target * count + row] = static_cast<float>(factor * error);
    }
}

/// d loss / d output = factor x error, where every row counts the same.
double DataScorer::slope_factor(const Dataset& rows, std::size_t target) {
    const double factor =
        2.0 * scoring_.target_scale[target] / static_cast<double>(rows.row_count() * rows.outputs.size());
    switch (scoring_.fitness) {
        case DataFitness::closeness:
        case DataFitness::r2:
            return factor / scoring_.target_variance[target];
        case DataFitness::root_mean_squared_error: {
            const double error = squared_error(rows, target);
            return error > 0.0 ? factor / (2.0 * std::sqrt(error)) : 0.0;
        }
        default:
            return factor;
    }
}

}  // namespace clade
