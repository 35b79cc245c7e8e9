#include <clade/evaluation/task.hpp>

#include <clade/evaluation/scoring/scorer.hpp>

#include <clade/core/error.hpp>

#include <cmath>
#include <set>
#include <utility>

namespace clade {
namespace {

class FunctionEvaluator final : public Evaluator {
public:
    explicit FunctionEvaluator(const FunctionTask::Function& function) : function_(function) {}
    double evaluate(Network& network, const Seeds& seeds) override { return function_(network, seeds); }

private:
    const FunctionTask::Function& function_;
};

void check_distinct(const std::string& place, const std::string& what, const std::vector<std::string>& names) {
    std::set<std::string> seen;
    for (const std::string& name : names) {
        if (name.empty()) throw Error(place + "one of `" + what + "` has an empty name: name each number");
        if (!seen.insert(name).second) throw Error(place + "`" + what + "` names '" + name + "' twice");
    }
}

}  // namespace

void check_traits(const TaskTraits& traits) {
    check_name("a task", traits.name);
    const std::string place = "task '" + traits.name + "': ";
    if (traits.output_count == 0) throw Error(place + "output_count must be at least 1, got 0");
    if (traits.batch == 0) throw Error(place + "batch must be at least 1, got 0");
    if (traits.solved_fitness && !std::isfinite(*traits.solved_fitness)) {
        throw Error(place + "solved_fitness must be a finite number, got " + number_text(*traits.solved_fitness) +
                    "; leave it out where no fitness solves the task");
    }
    check_distinct(place, "scores", traits.scores);
    check_distinct(place, "behaviour", traits.behaviour);
}

void Evaluator::evaluate_batch(std::span<BatchEvaluation> /*batch*/) {
    throw LogicError("evaluators of a task with `batch` must override evaluate_batch()");
}

double Evaluator::gradient(Network& /*network*/, const Seeds& /*seeds*/, NetworkGradient& /*gradient*/) {
    throw LogicError("evaluators of a differentiable task must override gradient()");
}

void Evaluator::play(Network& /*network*/, const Seeds& /*seeds*/, std::size_t /*first*/,
                     std::span<double> /*returns*/) {
    throw LogicError("evaluators of a task with `episodes` must override play()");
}

double Evaluator::fitness_of(std::span<const double> /*returns*/) {
    throw LogicError("evaluators of a task with `episodes` must override fitness_of()");
}

std::unique_ptr<Scorer> Task::make_scorer(const Parallel& /*parallel*/) const { return nullptr; }

std::optional<Verdict> Task::solves(Network& /*network*/, double /*fitness*/, const Deadline& /*deadline*/) const {
    return std::nullopt;
}

std::optional<double> Task::validate(Network& /*network*/) const { return std::nullopt; }

TaskReport Task::report(Network& /*network*/) const { return {}; }

TaskPage Task::page() const { return {}; }

ModelInterface Task::interface() const {
    TaskPage page = this->page();
    if (page.inputs.size() != traits().input_count) page.inputs.clear();
    if (page.outputs.size() != traits().output_count) page.outputs.clear();
    return {.inputs = std::move(page.inputs), .outputs = std::move(page.outputs)};
}

Trace Task::trace(Network& /*network*/, std::uint64_t /*seed*/) const { return {}; }

std::vector<double> Task::returns(Network& /*network*/, std::uint64_t /*seed*/, std::size_t /*episodes*/) const {
    return {};
}

FunctionTask::FunctionTask(TaskTraits traits, Function function)
    : traits_(std::move(traits)), function_(std::move(function)) {
    check_traits(traits_);
    if (!function_) throw Error("task '" + traits_.name + "' has no function");
}

std::unique_ptr<Evaluator> FunctionTask::make_evaluator() const {
    return std::make_unique<FunctionEvaluator>(function_);
}

}  // namespace clade
