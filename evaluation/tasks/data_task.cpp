#include <clade/evaluation/tasks/data_task.hpp>

#include <clade/core/float_math_internal.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace clade {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

bool all_finite(std::span<const float> values) {
    return std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
}

std::span<const float> target_column(const Dataset& rows, std::size_t target) {
    return {rows.targets.data() + target * rows.row_count(), rows.row_count()};
}

double mean_of(std::span<const float> values) {
    double sum = 0.0;
    for (const float value : values) sum += double{value};
    return sum / static_cast<double>(values.size());
}

/// Sum of the squared deviations from the mean.
double deviation_of(std::span<const float> values) {
    const double mean = mean_of(values);
    double squares = 0.0;
    for (const float value : values) squares += (double{value} - mean) * (double{value} - mean);
    return squares;
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
    explicit Scorer(const DataTask& task) : task_(task) {}

    double evaluate(Network& network, const Seeds& /*seeds*/) override {
        const DataMeasures measures = measure(network, task_.data_.training);
        switch (task_.params_.fitness) {
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

    DataMeasures measure(Network& network, const Dataset& rows) {
        run(network, rows);
        if (rows.row_count() == 0 || !all_finite(outputs_)) return {nan, nan, nan, nan, nan};
        return rows.is_classification() ? classification(rows) : regression(rows);
    }

private:
    static double likelihood(double cross_entropy) {
        return std::isnan(cross_entropy) ? nan : double{exp_float(static_cast<float>(-cross_entropy))};
    }

    void run(Network& network, const Dataset& rows) {
        outputs_.resize(rows.row_count() * network.output_count());
        const int calls = network.kind() == NetworkKind::recurrent ? task_.params_.steps : 1;
        network.reset();
        for (int call = 0; call < calls; ++call) {
            network.activate_batch(rows.observations(), outputs_, rows.row_count());
        }
    }

    /// Row by row, as softmax goes across the outputs.
    [[nodiscard]] DataMeasures classification(const Dataset& rows) const {
        const std::size_t count = rows.row_count();
        const std::size_t classes = rows.outputs.size();
        const auto sharpness = static_cast<float>(task_.params_.sharpness);
        std::size_t right = 0;
        double entropy = 0.0;
        for (std::size_t row = 0; row < count; ++row) {
            std::size_t said = 0;
            for (std::size_t c = 1; c < classes; ++c) {
                if (outputs_[c * count + row] > outputs_[said * count + row]) said = c;
            }
            const float largest = outputs_[said * count + row];
            float total = 0.0F;
            for (std::size_t c = 0; c < classes; ++c) {
                total += exp_float(sharpness * (outputs_[c * count + row] - largest));
            }
            const float distance = sharpness * (largest - outputs_[rows.label[row] * count + row]);
            entropy += double{log_float(total)} + double{distance};
            right += said == rows.label[row] ? 1U : 0U;
        }
        const auto all = static_cast<double>(count);
        return {static_cast<double>(right) / all, entropy / all, nan, nan, nan};
    }

    [[nodiscard]] DataMeasures regression(const Dataset& rows) const {
        const std::size_t count = rows.row_count();
        const std::size_t targets = rows.outputs.size();
        DataMeasures measures{nan, nan, 0.0, 0.0, 0.0};
        for (std::size_t t = 0; t < targets; ++t) {
            const std::span<const float> wanted = target_column(rows, t);
            double squares = 0.0;
            for (std::size_t row = 0; row < count; ++row) {
                const double said =
                    task_.target_offset_[t] + task_.target_scale_[t] * double{outputs_[t * count + row]};
                squares += (said - double{wanted[row]}) * (said - double{wanted[row]});
            }
            const double error = squares / static_cast<double>(count);
            measures.mean_squared_error += error / static_cast<double>(targets);
            measures.normalised_error += error / task_.target_variance_[t] / static_cast<double>(targets);
            measures.r_squared += (1.0 - squares / deviation_of(wanted)) / static_cast<double>(targets);
        }
        return measures;
    }

    const DataTask& task_;
    std::vector<float> outputs_;  // [output_count x rows]
};

DataTask::DataTask(std::string name, const Dataset& data, const DataTaskParams& params, std::uint64_t seed)
    : params_(params), data_(split(data, params.validation_fraction, seed)) {
    traits_ = {.name = std::move(name), .input_count = data.feature_count(), .output_count = data.outputs.size()};
    if (params_.fitness == DataFitness::automatic) {
        params_.fitness = data.is_classification() ? DataFitness::likelihood : DataFitness::closeness;
    }
    const bool minimised =
        params_.fitness == DataFitness::cross_entropy || params_.fitness == DataFitness::mean_squared_error;
    traits_.objective = minimised ? Objective::minimise : Objective::maximise;
    traits_.solved_fitness = params_.solved_fitness;
    if (params_.standardise) {
        const Standardisation measured = measure_standardisation(data_.training.inputs);
        measured.apply(data_.training.inputs);
        measured.apply(data_.validation.inputs);
    }
    if (!data.is_classification()) scale_targets();
}

DataTask::~DataTask() = default;

void DataTask::scale_targets() {
    const Dataset& rows = data_.training;
    for (std::size_t t = 0; t < rows.outputs.size(); ++t) {
        const std::span<const float> values = target_column(rows, t);
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
                target_offset_.push_back(double{*low});
                target_scale_.push_back(constant ? 1.0 : double{*high} - double{*low});
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
    return Scorer(*this).measure(network, rows);
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
    return report;
}

void visit_fields(DataTaskParams& params, FieldVisitor& field) {
    field("validation_fraction", params.validation_fraction, Range{.low = 0.0, .high = 1.0, .high_excluded = true},
          "Part of the rows set aside to validate on, drawn by the run's seed; of each class the same.");
    field("standardise", params.standardise,
          "Whether features are given as (value - mean) / standard deviation, both of the training rows.");
    field("target_scale", params.target_scale,
          "For regression: outputs from 0 to 1 cover the training targets (unit), are standard deviations from their "
          "mean (standard), or are the targets (none).");
    field("sharpness", params.sharpness, greater_than(0.0),
          "For classification: outputs are multiplied by this before the softmax.");
    field("fitness", params.fitness,
          "What is evolved; automatic is likelihood (exp(-cross-entropy)) for classification and closeness "
          "(1 / (1 + squared error / variance)) for regression.");
    field("solved_fitness", params.solved_fitness, any_number(),
          "Fitness at which the task is solved; none by default.");
    field("steps", params.steps, at_least(1),
          "Steps of a recurrent network on each row; a feed-forward one takes one.");
}

}  // namespace clade
