// A function of one number, learnt from samples that the task draws itself: a regression without a data file.
#pragma once

#include <clade/evaluation/task_registry.hpp>
#include <clade/evaluation/tasks/data_task.hpp>

namespace clade {

enum class RegressionFunction { sine, parabola, cubic, bump, step, wave };
template <>
struct EnumNames<RegressionFunction> {
    static constexpr std::array<std::string_view, 6> names{"sine", "parabola", "cubic", "bump", "step", "wave"};
};

class RegressionTask final : public DataTask {
public:
    struct Params {
        RegressionFunction function = RegressionFunction::sine;
        int samples = 80;
        double low = -3.0;
        double high = 3.0;
        double noise = 0.0;
        DataTaskParams data;
    };

    RegressionTask(const Params& params, const TaskContext& context);

    [[nodiscard]] TaskPage page() const override;
};

/// The function's value without noise. @pre |x| <= 100.
[[nodiscard]] double regression_value(RegressionFunction function, double x) noexcept;

void visit_fields(RegressionTask::Params& params, FieldVisitor& field);
void check_params(const RegressionTask::Params& params, IssueSink& issues);

}  // namespace clade
