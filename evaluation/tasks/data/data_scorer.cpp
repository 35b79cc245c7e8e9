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

/// Mean of value(0), value(1), ...
template <class Value>
double mean_over(std::size_t count, const Value& value) {
    double sum = 0.0;
    for (std::size_t i = 0; i < count; ++i) sum += value(i);
    return sum / static_cast<double>(count);
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
        for (std::size_t label = 0; label < rows.labels.size(); ++label) cross_entropy_slopes(rows, label);
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
            if (!rows.is_classification()) return score(scoring_.fitness, rows);
            return mean_over(rows.labels.size(), [&](std::size_t label) { return label_fitness(rows, label); });
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
    const auto mean = [&](DataFitness score) {
        return mean_over(rows.labels.size(),
                         [&](std::size_t label) { return kernel_score(score, rows, label, same.data()); });
    };
    return {mean(DataFitness::accuracy), mean(DataFitness::cross_entropy), nan, nan, nan};
}

/// Rows of one class have no ROC AUC: it is left out, and so is a mean over labels that needs it.
void DataScorer::add_scores(TaskReport& report, const std::string& part, const Dataset& rows) {
    const bool classification = rows.is_classification();
    const std::size_t parts = classification ? rows.labels.size() : rows.outputs.size();
    const bool failed = !std::ranges::all_of(outputs_, [](float output) { return std::isfinite(output); });
    for (const DataScore& known : data_scores()) {
        if (known.classification != classification || known.label.empty()) continue;
        const auto add = [&](const std::string& name, double value) {
            if (failed || !std::isnan(value)) report.measures.push_back({name, value});
        };
        const std::string name = part + " " + std::string(known.label);
        add(name, score(known.fitness, rows));
        for (std::size_t one = 0; parts > 1 && one < parts; ++one) {
            if (classification) {
                add(name + " of " + rows.labels[one].name, label_score(known.fitness, rows, one));
            } else {
                add(name + " of " + rows.outputs[one], target_score(known.fitness, rows, one));
            }
        }
    }
    if (rows.labels.size() > 1) report.measures.push_back({part + " exact match", failed ? nan : exact_match(rows)});
}

double DataScorer::score(DataFitness score, const Dataset& rows) {
    if (rows.is_classification()) {
        return mean_over(rows.labels.size(), [&](std::size_t label) { return label_score(score, rows, label); });
    }
    return mean_over(rows.outputs.size(), [&](std::size_t target) { return target_score(score, rows, target); });
}

double DataScorer::label_score(DataFitness score, const Dataset& rows, std::size_t label) {
    return class_score(score, predictions(rows, label, rows.weight));
}

/// Part of the rows, by their weights, whose labels are all predicted right.
double DataScorer::exact_match(const Dataset& rows) const {
    double right = 0.0;
    double total = 0.0;
    std::vector<ClassPredictions> labels;
    for (std::size_t label = 0; label < rows.labels.size(); ++label) labels.push_back(predictions(rows, label, {}));
    for (std::size_t row = 0; row < rows.row_count(); ++row) {
        const double weight = rows.weight.empty() ? 1.0 : rows.weight[row];
        const bool all = std::ranges::all_of(
            labels, [&](const ClassPredictions& said) { return said_class(said, row) == said.label[row]; });
        right += all ? weight : 0.0;
        total += weight;
    }
    return right / total;
}

double DataScorer::target_score(DataFitness score, const Dataset& rows, std::size_t target) {
    estimates_.resize(rows.row_count());
    for (std::size_t row = 0; row < rows.row_count(); ++row) estimates_[row] = estimate(rows, target, row);
    return number_score(score,
                        {.estimates = estimates_, .targets = rows.targets.column(target), .weight = rows.weight});
}

/// A batch whose rows are all of one class says nothing of the ROC AUC: then all networks have that of chance.
double DataScorer::label_fitness(const Dataset& rows, std::size_t label) {
    const DataFitness fitness = scoring_.fitness;
    if (rows.weight.empty() && has_kernel(fitness)) {
        return kernel_score(fitness, rows, label, scoring_.class_weight.data());
    }
    weigh_rows(rows, label);
    const ClassPredictions said = predictions(rows, label, weight_);
    const double value = class_score(fitness, said);
    const bool undefined =
        fitness == DataFitness::roc_auc && std::isnan(value) && !std::isnan(class_score(DataFitness::accuracy, said));
    return undefined ? roc_auc_of_chance : value;
}

/// `class_weight` is that of all outputs.
double DataScorer::kernel_score(DataFitness score, const Dataset& rows, std::size_t label,
                                const float* class_weight) const {
    const std::size_t first = rows.first_output(label);
    const ClassificationSums sums = kernels_.classification_sums({.outputs = outputs_.data() + first * rows.row_count(),
                                                                  .label = rows.labels[label].codes.data(),
                                                                  .class_weight = class_weight + first,
                                                                  .row_count = rows.row_count(),
                                                                  .class_count = rows.labels[label].classes.size(),
                                                                  .sharpness = static_cast<float>(scoring_.sharpness)});
    if (!sums.finite) return nan;
    if (score == DataFitness::accuracy) return sums.right / sums.weight;
    const double cross_entropy = sums.entropy / sums.weight;
    return score == DataFitness::likelihood ? likelihood(cross_entropy) : cross_entropy;
}

ClassPredictions DataScorer::predictions(const Dataset& rows, std::size_t label, std::span<const double> weight) const {
    const std::size_t first = rows.first_output(label);
    const std::size_t classes = rows.labels[label].classes.size();
    return {.outputs = std::span(outputs_).subspan(first * rows.row_count(), classes * rows.row_count()),
            .label = rows.labels[label].codes,
            .weight = weight,
            .sharpness = scoring_.sharpness};
}

void DataScorer::weigh_rows(const Dataset& rows, std::size_t label) {
    const std::size_t first = rows.first_output(label);
    weight_.clear();
    for (std::size_t row = 0; row < rows.row_count(); ++row) {
        const auto of_class = double{scoring_.class_weight[first + rows.labels[label].codes[row]]};
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

/// By output c of a label: weight of the row / weight of all rows / number of labels x sharpness x (probability of c -
/// [c is the row's class]).
void DataScorer::cross_entropy_slopes(const Dataset& rows, std::size_t label) {
    const std::size_t count = rows.row_count();
    const std::size_t begin = rows.first_output(label) * count;
    const std::size_t classes = rows.labels[label].classes.size();
    const auto sharpness = static_cast<float>(scoring_.sharpness);
    weigh_rows(rows, label);
    double total_weight = 0.0;
    for (const double weight : weight_) total_weight += weight;
    const double all = total_weight * static_cast<double>(rows.labels.size());
    for (std::size_t row = 0; row < count; ++row) {
        const auto output = [&](std::size_t c) { return outputs_[begin + c * count + row]; };
        float largest = output(0);
        for (std::size_t c = 1; c < classes; ++c) largest = std::max(largest, output(c));
        float total = 0.0F;
        for (std::size_t c = 0; c < classes; ++c) {
            slopes_[begin + c * count + row] = exp_float(sharpness * (output(c) - largest));
            total += slopes_[begin + c * count + row];
        }
        const float factor = static_cast<float>(weight_[row] / all) * sharpness;
        for (std::size_t c = 0; c < classes; ++c) {
            const float probability = slopes_[begin + c * count + row] / total;
            slopes_[begin + c * count + row] =
                factor * (c == rows.labels[label].codes[row] ? probability - 1.0F : probability);
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
