#include <clade/evaluation/tasks/regression.hpp>

#include <clade/core/float_math_internal.hpp>
#include <clade/core/random.hpp>

namespace clade {
namespace {

/// Evenly spaced from low to high, both included; noise is drawn by the seed.
Dataset sample(const RegressionTask::Params& params, std::uint64_t seed) {
    const auto count = static_cast<Eigen::Index>(params.samples);
    Dataset data{{"x"}, {"y"}, DataMatrix::Zero(count, 1), DataMatrix::Zero(count, 1), {}};
    Stream stream({seed, 0, Purpose::data_noise}, 0);
    for (Eigen::Index i = 0; i < count; ++i) {
        const double part = static_cast<double>(i) / static_cast<double>(count - 1);
        const double x = params.low + (params.high - params.low) * part;
        data.inputs(i, 0) = static_cast<float>(x);
        data.targets(i, 0) = static_cast<float>(regression_value(params.function, x) + params.noise * stream.normal());
    }
    return data;
}

}  // namespace

RegressionTask::RegressionTask(const Params& params, const TaskContext& context)
    : DataTask("regression", sample(params, context.seed), params.data, context.seed) {}

TaskPage RegressionTask::page() const {
    TaskPage page = DataTask::page();
    page.source = "a formula, with noise drawn by the run's seed";
    return page;
}

double regression_value(RegressionFunction function, double x) noexcept {
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
    }
    return 0.0;
}

void visit_fields(RegressionTask::Params& params, FieldVisitor& field) {
    field("function", params.function, "sin x, x^2, x^3 - 3 x, exp(-x^2), 0 then 1 from 0 on, or sin 2x + x/2.");
    field("samples", params.samples, between(2, 10'000'000),
          "Samples drawn, evenly spaced; validation rows are of these.");
    field("low", params.low, between(-100.0, 100.0), "The first sample's x.");
    field("high", params.high, between(-100.0, 100.0), "The last sample's x.");
    field("noise", params.noise, at_least(0.0), "Standard deviation of the normal noise on every sample.");
    visit_fields(params.data, field);
}

void check_params(const RegressionTask::Params& params, IssueSink& issues) {
    check_params(params.data, issues);
    if (!(params.low < params.high)) issues.add("high", "must be greater than low");
    if (!fits(params.data.fitness, false)) {
        issues.add("fitness",
                   "must be closeness or mean_squared_error, got '" + std::string(name_of(params.data.fitness)) + "'");
    }
}

}  // namespace clade
