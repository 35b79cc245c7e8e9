// Regression of a built-in function of one or two inputs, without a data file.
#pragma once

#include <clade/evaluation/tasks/data/data_task.hpp>

#include <vector>

namespace clade {

/// Append: their order is that of their names.
enum class RegressionFunction { sine, parabola, cubic, bump, step, wave, beat_sine, modulated_sine, pagie };
template <>
struct EnumNames<RegressionFunction> {
    static constexpr std::array<std::string_view, 9> names{"sine", "parabola",  "cubic",          "bump", "step",
                                                           "wave", "beat_sine", "modulated_sine", "pagie"};
};

/// Whether samples lie on a grid, evenly spaced, both ends included, or are drawn uniformly by the run's seed.
enum class Sampling { grid, random };
template <>
struct EnumNames<Sampling> {
    static constexpr std::array<std::string_view, 2> names{"grid", "random"};
};

class RegressionTask final : public DataTask {
public:
    struct Params {
        RegressionFunction function = RegressionFunction::sine;
        Sampling sampling = Sampling::grid;
        int samples = 80;
        double low = -3.0;
        double high = 3.0;
        double noise = 0.0;
        DataTaskParams data;
    };

    RegressionTask(const Params& params, const TaskContext& context);

    static std::vector<TaskDefault> defaults() { return data_task_defaults(); }

    [[nodiscard]] TaskPage page() const override;

private:
    Params params_;
};

/// Numbers that the function is of: 1 or 2.
[[nodiscard]] std::size_t input_count(RegressionFunction function) noexcept;

/// The function's value without noise; those of one number pass over y. @pre |x|, |y| <= 100.
[[nodiscard]] double regression_value(RegressionFunction function, double x, double y = 0.0) noexcept;

void visit_fields(RegressionTask::Params& params, FieldVisitor& field);
void check_params(const RegressionTask::Params& params, IssueSink& issues);

}  // namespace clade
