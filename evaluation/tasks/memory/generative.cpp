#include <clade/evaluation/tasks/memory/generative.hpp>

#include <algorithm>
#include <array>

namespace clade {
namespace {

constexpr double covered = 0.8;  // what part of outputs from 0 to 1 the curve takes

double mean_squared_difference(const std::vector<double>& a, const std::vector<double>& b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum / static_cast<double>(a.size());
}

}  // namespace

/// Lets networks draw; keeps its memory.
class GenerativeTask::Scorer final : public Evaluator {
public:
    struct Errors {
        double value;
        double gradient;
    };

    explicit Scorer(const GenerativeTask& task) : task_(task), curve_(task.targets_.size()) {}

    double evaluate(Network& network, const Seeds& /*seeds*/) override {
        const Errors errors = draw(network);
        const double weight = task_.params_.gradient_weight;
        return 20.0 / ((1.0 - weight) * errors.value + weight * errors.gradient + 0.02);
    }

    Errors draw(Network& network) {
        network.reset();
        for (double& y : curve_) {
            float output = 0.0F;
            network.activate(std::array{1.0F}, {&output, 1});
            y = task_.middle_ + task_.scale_ * (double{output} - 0.5);
        }
        task_.find_gradients(curve_, gradients_);
        return {mean_squared_difference(curve_, task_.targets_), mean_squared_difference(gradients_, task_.gradients_)};
    }

    [[nodiscard]] const std::vector<double>& curve() const { return curve_; }

private:
    const GenerativeTask& task_;
    std::vector<double> curve_;      // [samples], drawn last
    std::vector<double> gradients_;  // [samples], of curve_
};

GenerativeTask::GenerativeTask(const Params& params, const TaskContext& /*context*/)
    : traits_{.name = "generative", .input_count = 1, .output_count = 1, .solved_fitness = params.solved_fitness},
      params_(params),
      spacing_(params.range / static_cast<double>(params.samples - 1)) {
    for (int i = 0; i < params.samples; ++i) {
        targets_.push_back(regression_value(params.function, spacing_ * static_cast<double>(i)));
    }
    const auto [low, high] = std::minmax_element(targets_.begin(), targets_.end());
    middle_ = 0.5 * (*low + *high);
    scale_ = *low < *high ? (*high - *low) / covered : 1.0;
    find_gradients(targets_, gradients_);
}

void GenerativeTask::find_gradients(const std::vector<double>& curve, std::vector<double>& gradients) const {
    const std::size_t last = curve.size() - 1;
    gradients.resize(curve.size());
    gradients[0] = (curve[1] - curve[0]) / spacing_;
    for (std::size_t i = 1; i < last; ++i) gradients[i] = (curve[i + 1] - curve[i - 1]) / (2.0 * spacing_);
    gradients[last] = (curve[last] - curve[last - 1]) / spacing_;
}

std::unique_ptr<Evaluator> GenerativeTask::make_evaluator() const { return std::make_unique<Scorer>(*this); }

TaskReport GenerativeTask::report(Network& network) const {
    Scorer scorer(*this);
    const Scorer::Errors errors = scorer.draw(network);
    TaskReport report;
    report.measures = {{"mean squared error", errors.value}, {"gradient mean squared error", errors.gradient}};
    report.header = {"x", "target", "output"};
    for (std::size_t i = 0; i < targets_.size(); ++i) {
        report.rows.push_back(
            {number_text(spacing_ * static_cast<double>(i)), number_text(targets_[i]), number_text(scorer.curve()[i])});
    }
    return report;
}

TaskPage GenerativeTask::page() const {
    TaskPage page;
    page.inputs = {{.name = "constant", .low = 1.0, .high = 1.0}};
    page.outputs = {{.name = "curve", .low = 0.1, .high = 0.9}};
    page.reward =
        "Fitness is 20 / ((1 - w) E + w G + 0.02), at most 1000; E and G are the mean squared errors of samples and "
        "gradients, w is gradient_weight.";
    page.termination = "After one step per sample.";
    page.solved = "Fitness reaches solved_fitness.";
    page.source = "SharpNEAT (colgreen/sharpneat), generative function regression, which has no solution criterion.";
    return page;
}

void visit_fields(GenerativeTask::Params& params, FieldVisitor& field) {
    field("function", params.function, "Curve to draw: a function of one input of the regression task.");
    field("samples", params.samples, between(3, 100'000),
          "Number of steps, and of samples of the curve, evenly spaced from x = 0.");
    field("range", params.range, between(0.01, 100.0), "x of the last sample.");
    field("gradient_weight", params.gradient_weight, probability(),
          "Weight of the error of gradients; the error of samples has weight 1 - gradient_weight.");
    field("solved_fitness", params.solved_fitness, between(0.0, 1000.0), "Fitness that solves the task.");
}

void check_params(const GenerativeTask::Params& params, IssueSink& issues) {
    if (input_count(params.function) != 1) {
        issues.add("function", "must be a function of one number, got '" + std::string(name_of(params.function)) + "'");
    }
}

}  // namespace clade
