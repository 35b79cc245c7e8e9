#include <clade/evaluation/tasks/data/data_task.hpp>

#include <clade/core/functions/float_math_internal.hpp>
#include <clade/core/special_values_internal.hpp>
#include <clade/evaluation/tasks/data/confusion_matrix.hpp>
#include <clade/evaluation/tasks/data/data_kernels_internal.hpp>

#include <algorithm>
#include <cmath>

namespace clade {
namespace {

/// The first value is subtracted, so that an offset costs no digits.
double mean_of(std::span<const double> values) {
    double sum = 0.0;
    for (const double value : values) sum += value - values.front();
    return values.front() + sum / static_cast<double>(values.size());
}

/// Sum of the squared deviations from the mean.
double deviation_of(std::span<const double> values) {
    const double mean = mean_of(values);
    double squares = 0.0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    return squares;
}

double likelihood(double cross_entropy) {
    return std::isnan(cross_entropy) ? nan : double{exp_float(static_cast<float>(-cross_entropy))};
}

RowSplit divide(const DataTable& table, const DataTaskParams& params, std::uint64_t seed) {
    if (params.folds == 0) return split(table, params.validation_fraction, seed, params.split);
    const Fold fold{static_cast<std::size_t>(params.folds), static_cast<std::size_t>(params.fold)};
    return split_fold(table, fold, seed, params.split);
}

/// The parameters, if they can be of a task with such data.
const DataTaskParams& checked(const DataTaskParams& params, const DataTable& data) {
    check_table(data);
    ThrowingSink issues;
    RangeCheck ranges("", issues);
    DataTaskParams visited = params;  // a visitor may write what it visits
    visit_fields(visited, ranges);
    check_params(params, issues);
    if (!fits(params.fitness, data.is_classification())) {
        issues.add("fitness", "must be a measure of " +
                                  std::string(data.is_classification() ? "classification" : "regression") + ", got '" +
                                  std::string(name_of(params.fitness)) + "'; automatic always fits");
    }
    issues.finish();
    return params;
}

}  // namespace

bool fits(DataFitness fitness, bool classification) noexcept {
    switch (fitness) {
        case DataFitness::automatic:
            return true;
        case DataFitness::likelihood:
        case DataFitness::accuracy:
        case DataFitness::cross_entropy:
            return classification;
        case DataFitness::closeness:
        case DataFitness::mean_squared_error:
            return !classification;
    }
    return false;
}

/// Measures networks on rows; keeps its memory.
class DataTask::Scorer final : public Evaluator {
public:
    explicit Scorer(const DataTask& task) : task_(task), kernels_(data_kernels_at(best_simd_level())) {}

    double evaluate(Network& network, const Seeds& seeds) override {
        return task_.fitness_of(measure(network, rows_of(seeds), task_.class_weight_));
    }

    double gradient(Network& network, const Seeds& seeds, NetworkGradient& gradient) override {
        const Dataset& rows = rows_of(seeds);
        const double fitness = evaluate(network, seeds);
        slopes_.resize(outputs_.size());
        if (rows.is_classification()) {
            cross_entropy_slopes(rows);
        } else {
            squared_error_slopes(rows);
        }
        gradient.backpropagate(network.program(), rows.observations(), slopes_, rows.row_count());
        return fitness;
    }

    /// `class_weight` is [class_count] of a classification.
    DataMeasures measure(Network& network, const Dataset& rows, std::span<const float> class_weight) {
        if (rows.row_count() == 0) return {nan, nan, nan, nan, nan};
        run(network, rows);
        return rows.is_classification() ? classification(rows, class_weight) : regression(rows);
    }

    /// The outputs for each row: [output_count x row_count], valid until the next call.
    std::span<const float> run(Network& network, const Dataset& rows) {
        outputs_.resize(rows.row_count() * network.output_count());
        const int calls = network.is_recurrent() ? task_.params_.steps : 1;
        network.reset();
        for (int call = 0; call < calls; ++call) {
            network.activate_batch(rows.observations(), outputs_, rows.row_count());
        }
        return outputs_;
    }

private:
    /// What the genomes of a generation are scored on.
    const Dataset& rows_of(const Seeds& seeds) {
        if (!task_.has_batches()) return task_.data_.training;
        if (batch_seed_ != seeds.generation) {
            batch_ =
                draw_rows(task_.data_.training, static_cast<std::size_t>(task_.params_.batch_size), seeds.generation);
            batch_seed_ = seeds.generation;
        }
        return batch_;
    }

    [[nodiscard]] DataMeasures classification(const Dataset& rows, std::span<const float> class_weight) const {
        const ClassificationSums sums = kernels_.classification_sums({.outputs = outputs_.data(),
                                                                      .label = rows.label.data(),
                                                                      .class_weight = class_weight.data(),
                                                                      .row_count = rows.row_count(),
                                                                      .class_count = rows.outputs.size(),
                                                                      .sharpness = sharpness()});
        if (!sums.finite) return {nan, nan, nan, nan, nan};
        return {sums.right / sums.weight, sums.entropy / sums.weight, nan, nan, nan};
    }

    /// By output c: weight of the row's class / weight of all rows x sharpness x (probability of c - [c is the class]).
    void cross_entropy_slopes(const Dataset& rows) {
        const std::size_t count = rows.row_count();
        const std::size_t classes = rows.outputs.size();
        double total_weight = 0.0;
        for (const std::uint32_t label : rows.label) total_weight += double{task_.class_weight_[label]};
        for (std::size_t row = 0; row < count; ++row) {
            const auto output = [&](std::size_t c) { return outputs_[c * count + row]; };
            float largest = output(0);
            for (std::size_t c = 1; c < classes; ++c) largest = std::max(largest, output(c));
            float total = 0.0F;
            for (std::size_t c = 0; c < classes; ++c) {
                slopes_[c * count + row] = exp_float(sharpness() * (output(c) - largest));
                total += slopes_[c * count + row];
            }
            const std::uint32_t label = rows.label[row];
            const float factor = static_cast<float>(double{task_.class_weight_[label]} / total_weight) * sharpness();
            for (std::size_t c = 0; c < classes; ++c) {
                const float probability = slopes_[c * count + row] / total;
                slopes_[c * count + row] = factor * (c == label ? probability - 1.0F : probability);
            }
        }
    }

    void squared_error_slopes(const Dataset& rows) {
        const std::size_t count = rows.row_count();
        const std::size_t targets = rows.outputs.size();
        for (std::size_t t = 0; t < targets; ++t) {
            const std::span<const double> wanted = rows.targets.column(t);
            const double scale = task_.target_scale_[t];
            double factor = 2.0 * scale / static_cast<double>(count * targets);
            if (task_.params_.fitness == DataFitness::closeness) factor /= task_.target_variance_[t];
            for (std::size_t row = 0; row < count; ++row) {
                const double said = task_.target_offset_[t] + scale * double{outputs_[t * count + row]};
                slopes_[t * count + row] = static_cast<float>(factor * (said - wanted[row]));
            }
        }
    }

    [[nodiscard]] float sharpness() const { return static_cast<float>(task_.params_.sharpness); }

    [[nodiscard]] DataMeasures regression(const Dataset& rows) const {
        const std::size_t count = rows.row_count();
        const std::size_t targets = rows.outputs.size();
        DataMeasures measures{nan, nan, 0.0, 0.0, 0.0};
        for (std::size_t t = 0; t < targets; ++t) {
            const std::span<const double> wanted = rows.targets.column(t);
            const double squares = kernels_.squared_error({.outputs = outputs_.data() + t * count,
                                                           .targets = wanted.data(),
                                                           .row_count = count,
                                                           .offset = task_.target_offset_[t],
                                                           .scale = task_.target_scale_[t]});
            if (!std::isfinite(squares)) return {nan, nan, nan, nan, nan};
            const double error = squares / static_cast<double>(count);
            measures.mean_squared_error += error / static_cast<double>(targets);
            measures.normalised_error += error / task_.target_variance_[t] / static_cast<double>(targets);
            measures.r_squared += (1.0 - squares / deviation_of(wanted)) / static_cast<double>(targets);
        }
        return measures;
    }

    const DataTask& task_;
    const DataKernels& kernels_;
    std::vector<float> outputs_;               // [output_count x rows]
    std::vector<float> slopes_;                // likewise: of the loss by each output
    Dataset batch_;                            // of the generation of batch_seed_
    std::optional<std::uint64_t> batch_seed_;  // none: nothing drawn yet
};

DataTask::DataTask(std::string name, DataTable table, const DataTaskParams& params, std::uint64_t seed)
    : params_(checked(params, table)) {
    traits_.files = table.files;
    const RowSplit rows = divide(table, params, seed);
    data_ = encode(std::move(table), rows, params.standardise);
    const Dataset& data = data_.training;
    traits_.name = std::move(name);
    traits_.input_count = data.feature_count();
    traits_.output_count = data.outputs.size();
    if (params_.fitness == DataFitness::automatic) {
        params_.fitness = data.is_classification() ? DataFitness::likelihood : DataFitness::closeness;
    }
    const bool minimised =
        params_.fitness == DataFitness::cross_entropy || params_.fitness == DataFitness::mean_squared_error;
    traits_.direction = minimised ? FitnessDirection::minimise : FitnessDirection::maximise;
    traits_.solved_fitness = params_.solved_fitness;
    traits_.deterministic = !has_batches();
    traits_.differentiable = true;
    check_traits(traits_);
    if (data.is_classification()) {
        weigh_classes();
    } else {
        scale_targets();
    }
}

DataTask::~DataTask() = default;

bool DataTask::has_batches() const noexcept {
    return params_.batch_size > 0 && static_cast<std::size_t>(params_.batch_size) < data_.training.row_count();
}

double DataTask::fitness_of(const DataMeasures& measures) const {
    switch (params_.fitness) {
        case DataFitness::accuracy:
            return measures.accuracy;
        case DataFitness::cross_entropy:
            return measures.cross_entropy;
        case DataFitness::mean_squared_error:
            return measures.mean_squared_error;
        case DataFitness::likelihood:
            return likelihood(measures.cross_entropy);
        case DataFitness::closeness:
        case DataFitness::automatic:
            break;
    }
    return 1.0 / (1.0 + measures.normalised_error);
}

/// Balanced weights are row_count / (class_count x rows of the class): 1 in the mean over the rows.
void DataTask::weigh_classes() {
    const Dataset& rows = data_.training;
    const std::size_t classes = rows.outputs.size();
    const std::vector<double>& factors = params_.class_factors;
    if (!factors.empty() && factors.size() != classes) {
        std::string names;
        for (const std::string& name : rows.outputs) names += (names.empty() ? "" : ", ") + name;
        throw FieldError("class_factors", "must have a number for each of " + std::to_string(classes) + " classes (" +
                                              names + "), got " + std::to_string(factors.size()));
    }
    for (std::size_t c = 0; c < classes; ++c) {
        const auto size = static_cast<double>(std::count(rows.label.begin(), rows.label.end(), c));
        const double even = static_cast<double>(rows.row_count()) / static_cast<double>(classes);
        double weight = params_.class_weights == ClassWeights::balanced && size > 0.0 ? even / size : 1.0;
        if (!factors.empty()) weight *= factors[c];
        class_weight_.push_back(static_cast<float>(weight));
    }
}

void DataTask::scale_targets() {
    const Dataset& rows = data_.training;
    for (std::size_t t = 0; t < rows.outputs.size(); ++t) {
        const std::span<const double> values = rows.targets.column(t);
        const double variance = deviation_of(values) / static_cast<double>(rows.row_count());
        target_variance_.push_back(variance > 0.0 ? variance : 1.0);
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        const bool constant = *low == *high;
        switch (params_.target_scale) {
            case TargetScale::none:
                target_offset_.push_back(0.0);
                target_scale_.push_back(1.0);
                break;
            case TargetScale::unit:
                target_offset_.push_back(*low);
                target_scale_.push_back(constant ? 1.0 : *high - *low);
                break;
            case TargetScale::standard:
                target_offset_.push_back(mean_of(values));
                target_scale_.push_back(constant ? 1.0 : std::sqrt(variance));
                break;
        }
    }
}

std::unique_ptr<Evaluator> DataTask::make_evaluator() const { return std::make_unique<Scorer>(*this); }

DataMeasures DataTask::measure(Network& network, const Dataset& rows) const {
    const std::vector<float> same(rows.is_classification() ? rows.outputs.size() : 0, 1.0F);
    return Scorer(*this).measure(network, rows, same);
}

std::optional<Verdict> DataTask::solves(Network& network, double /*fitness*/) const {
    if (!has_batches() || !params_.solved_fitness) return std::nullopt;
    const double fitness = fitness_of(Scorer(*this).measure(network, data_.training, class_weight_));
    return Verdict{reaches(fitness, *params_.solved_fitness, traits_.direction),
                   {{"fitness on all training rows", fitness}}};
}

TaskReport DataTask::report(Network& network) const {
    TaskReport report;
    const auto add = [&](const std::string& part, const Dataset& rows) {
        if (rows.row_count() == 0) return;
        const DataMeasures measures = measure(network, rows);
        if (rows.is_classification()) {
            report.measures.push_back({part + " accuracy", measures.accuracy});
            report.measures.push_back({part + " cross-entropy", measures.cross_entropy});
        } else {
            report.measures.push_back({part + " mean squared error", measures.mean_squared_error});
            // Of targets that are all equal there is nothing to explain.
            if (std::isfinite(measures.r_squared)) report.measures.push_back({part + " R2", measures.r_squared});
        }
    };
    add("training", data_.training);
    add("validation", data_.validation);
    const Dataset& unseen = data_.validation;
    if (unseen.is_classification()) {
        Scorer scorer(*this);
        add_table(report, confusion_matrix(scorer.run(network, unseen), unseen.label), unseen.outputs, "validation");
    }
    return report;
}

void visit_fields(DataTaskParams& params, FieldVisitor& field) {
    field("validation_fraction", params.validation_fraction, Range{.low = 0.0, .high = 1.0, .high_excluded = true},
          "Fraction of the rows held out for validation.");
    field("split", params.split,
          "Rows held out. random: by the run's seed, stratified by class; in_order: the last ones, and folds train on "
          "the "
          "rows before them; grouped: whole groups, by the seed; automatic: in_order for series (lags, rolling, "
          "horizon), else grouped where group is set, else random.");
    field("folds", params.folds, at_least(0),
          "Number of folds, as split says; 0 to split by validation_fraction. The command cross-validate sets it.");
    field("fold", params.fold, at_least(0), "Validation fold, the first is 0; the other folds are for training.");
    field("batch_size", params.batch_size, at_least(0),
          "Training rows per generation, a random batch that is the same for all its genomes; 0 for all rows.");
    field("standardise", params.standardise,
          "Scale features to mean 0 and standard deviation 1, by the training rows.");
    field("target_scale", params.target_scale,
          "Scaling of regression targets: unit: outputs 0 to 1 cover the range of the training targets; standard: "
          "outputs are standard deviations from their mean; none: outputs are the targets.");
    field("sharpness", params.sharpness, greater_than(0.0),
          "Factor of the outputs before the softmax (classification).");
    field("class_weights", params.class_weights,
          "Weights in the fitness (classification): all rows equal (none), or all classes equal (balanced).");
    field("class_factors", params.class_factors, greater_than(0.0),
          "Additional weights of the classes, in the order of their names (classification); empty for all 1.");
    field("fitness", params.fitness,
          "Measure of the training rows that is the fitness. automatic: likelihood, exp(-cross-entropy), for "
          "classification; closeness, 1 / (1 + squared error / variance), for regression.");
    field("solved_fitness", params.solved_fitness, any_number(), "Fitness that solves the task; null for none.");
    field("steps", params.steps, at_least(1), "Steps of a recurrent network per row; feed-forward networks take one.");
}

void check_params(const DataTaskParams& params, IssueSink& issues) {
    if (params.folds == 1) issues.add("folds", "must be 0 or at least 2, got 1");
    if (params.fold > 0 && params.fold >= params.folds) {
        issues.add("fold",
                   "must be less than folds, " + std::to_string(params.folds) + ", got " + std::to_string(params.fold));
    }
}

TaskPage DataTask::page() const {
    const Dataset& rows = data_.training;
    const bool classification = rows.is_classification();
    TaskPage page;
    for (const std::string& name : rows.features) {
        page.inputs.push_back({.name = name, .unit = params_.standardise ? "standard deviations from the mean" : ""});
    }
    for (const std::string& name : rows.outputs) {
        page.outputs.push_back({.name = name, .unit = classification ? "evidence for the class" : ""});
    }
    page.reward = std::string(name_of(params_.fitness)) + " on the training rows; validation rows never count.";
    page.termination = "One observation per row; rows are independent of each other.";
    page.solved = params_.solved_fitness ? "Fitness on the training rows reaches solved_fitness."
                                         : "Never, unless solved_fitness or stop.solved_fitness is set.";
    return page;
}

}  // namespace clade
