#include <clade/evaluation/task.hpp>

#include <utility>

namespace clade {
namespace {

class FunctionEvaluator final : public Evaluator {
public:
    explicit FunctionEvaluator(const FunctionTask::Function& function) : function_(function) {}
    double evaluate(Network& network, std::uint64_t seed) override { return function_(network, seed); }

private:
    const FunctionTask::Function& function_;
};

}  // namespace

std::optional<bool> Task::solves(Network& /*network*/) const { return std::nullopt; }

TaskReport Task::report(Network& /*network*/) const { return {}; }

FunctionTask::FunctionTask(TaskTraits traits, Function function)
    : traits_(std::move(traits)), function_(std::move(function)) {}

std::unique_ptr<Evaluator> FunctionTask::make_evaluator() const {
    return std::make_unique<FunctionEvaluator>(function_);
}

}  // namespace clade
