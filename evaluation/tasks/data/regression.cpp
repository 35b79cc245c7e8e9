#include <clade/evaluation/tasks/data/regression.hpp>

#include <clade/core/functions/float_math_internal.hpp>
#include <clade/core/random/random.hpp>

namespace clade {
namespace {

/// The greatest number whose power, as high as a function has inputs, is at most `samples`.
std::size_t samples_an_axis(int samples, std::size_t inputs) {
    const auto count = static_cast<std::size_t>(samples);
    if (inputs == 1) return count;
    std::size_t side = 1;
    while ((side + 1) * (side + 1) <= count) ++side;
    return side;
}

/// Columns x and y, all zero.
std::vector<DataColumn> empty_columns(const RegressionTask::Params& params, std::size_t inputs) {
    std::vector<DataColumn> columns;
    for (std::size_t i = 0; i < inputs; ++i) {
        columns.push_back(
            {.name = i == 0 ? "x" : "y", .values = std::vector<double>(static_cast<std::size_t>(params.samples))});
    }
    return columns;
}

/// Points of a grid: the first input varies fastest.
std::vector<DataColumn> grid_points(const RegressionTask::Params& params, std::size_t inputs) {
    const std::size_t side = samples_an_axis(params.samples, inputs);
    std::vector<DataColumn> points = empty_columns(params, inputs);
    for (std::size_t row = 0; row < static_cast<std::size_t>(params.samples); ++row) {
        std::size_t rest = row;
        for (std::size_t i = 0; i < inputs; ++i, rest /= side) {
            const double part = static_cast<double>(rest % side) / static_cast<double>(side - 1);
            points[i].values[row] = params.low + (params.high - params.low) * part;
        }
    }
    return points;
}

std::vector<DataColumn> random_points(const RegressionTask::Params& params, std::size_t inputs, Stream random) {
    std::vector<DataColumn> points = empty_columns(params, inputs);
    for (std::size_t row = 0; row < static_cast<std::size_t>(params.samples); ++row) {
        for (DataColumn& input : points) input.values[row] = random.uniform(params.low, params.high);
    }
    return points;
}

/// Points and the function's values there, with noise.
DataTable sample(const RegressionTask::Params& params, std::uint64_t seed) {
    const bool plane = input_count(params.function) == 2;
    const std::size_t inputs = plane ? 2 : 1;
    DataTable table;
    table.inputs = params.sampling == Sampling::grid
                       ? grid_points(params, inputs)
                       : random_points(params, inputs, Stream({seed, 0, Purpose::data_noise}, 1));
    DataColumn target{.name = plane ? "z" : "y"};
    Stream noise({seed, 0, Purpose::data_noise}, 0);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const double x = table.inputs[0].values[row];
        const double y = plane ? table.inputs[1].values[row] : 0.0;
        target.values.push_back(regression_value(params.function, x, y) + params.noise * noise.normal());
    }
    table.targets = {target};
    return table;
}

/// 1 / (1 + x^-4), whose limit at 0 is 0.
double pagie_part(double x) { return x * x * x * x / (x * x * x * x + 1.0); }

std::string_view formula(RegressionFunction function) {
    constexpr std::array<std::string_view, 9> formulas{"sin x",
                                                       "x^2",
                                                       "x^3 - 3 x",
                                                       "exp(-x^2)",
                                                       "0, 1 from 0 on",
                                                       "sin 2x + x/2",
                                                       "sin x + sin 1.2x",
                                                       "sin(x + sin x)",
                                                       "1 / (1 + x^-4) + 1 / (1 + y^-4)"};
    return formulas[static_cast<std::size_t>(function)];
}

}  // namespace

RegressionTask::RegressionTask(const Params& params, const TaskContext& context)
    : DataTask("regression", sample(params, context.seed), params.data, context.seed), params_(params) {}

TaskPage RegressionTask::page() const {
    TaskPage page = DataTask::page();
    page.inputs.clear();
    for (const std::string& name : data().training.features) {
        page.inputs.push_back({.name = name, .low = params_.low, .high = params_.high});
    }
    page.outputs = {{.name = std::string(formula(params_.function))}};
    page.source =
        "beat_sine and modulated_sine: SharpNEAT (colgreen/sharpneat); pagie: Pagie & Hogeweg, Evolutionary "
        "consequences "
        "of coevolving targets, Evolutionary Computation 5(4), 1997, whose samples are 26 x 26 from -5 to 5.";
    return page;
}

std::size_t input_count(RegressionFunction function) noexcept { return function == RegressionFunction::pagie ? 2 : 1; }

double regression_value(RegressionFunction function, double x, double y) noexcept {
    const auto single = static_cast<float>(x);
    switch (function) {
        case RegressionFunction::sine:
            return double{sin_float(single)};
        case RegressionFunction::parabola:
            return x * x;
        case RegressionFunction::cubic:
            return x * x * x - 3.0 * x;
        case RegressionFunction::bump:
            return double{exp_float(-single * single)};
        case RegressionFunction::step:
            return x < 0.0 ? 0.0 : 1.0;
        case RegressionFunction::wave:
            return double{sin_float(2.0F * single)} + 0.5 * x;
        case RegressionFunction::beat_sine:
            return double{sin_float(single)} + double{sin_float(1.2F * single)};
        case RegressionFunction::modulated_sine:
            return double{sin_float(single + sin_float(single))};
        case RegressionFunction::pagie:
            return pagie_part(x) + pagie_part(y);
    }
    return 0.0;
}

void visit_fields(RegressionTask::Params& params, FieldVisitor& field) {
    field("function", params.function,
          "Function to learn: sin x, x^2, x^3 - 3 x, exp(-x^2), the step from 0 to 1 at 0, sin 2x + x/2, sin x + sin "
          "1.2x, sin(x + sin x), or, of two inputs, 1/(1 + x^-4) + 1/(1 + y^-4).");
    field("sampling", params.sampling, "Sample inputs: evenly spaced, or uniformly random by the run's seed.");
    field("samples", params.samples, between(2, 10'000'000),
          "Number of samples, validation rows included; a square number for a grid of two inputs.");
    field("low", params.low, between(-100.0, 100.0), "Minimum of each input.");
    field("high", params.high, between(-100.0, 100.0), "Maximum of each input.");
    field("noise", params.noise, at_least(0.0), "Standard deviation of normal noise added to every sample.");
    visit_fields(params.data, field);
}

void check_params(const RegressionTask::Params& params, IssueSink& issues) {
    check_params(params.data, issues);
    if (!(params.low < params.high)) issues.add("high", "must be greater than low");
    if (params.sampling == Sampling::grid) {
        const std::size_t side = samples_an_axis(params.samples, input_count(params.function));
        if (input_count(params.function) == 2 &&
            (side < 2 || side * side != static_cast<std::size_t>(params.samples))) {
            issues.add("samples", "must be a square number from 4 on for a grid of two inputs, got " +
                                      std::to_string(params.samples));
        }
    }
    check_fitness(params.data.fitness, false, issues);
    check_output(params.data, false, issues);
}

}  // namespace clade
