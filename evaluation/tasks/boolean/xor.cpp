#include <clade/evaluation/tasks/boolean/xor.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace clade {
namespace {

constexpr std::size_t case_count = 4;
constexpr std::array<float, 2 * case_count> cases{0, 0, 1, 1, 0, 1, 0, 1};  // first inputs, then second inputs
constexpr std::array<float, case_count> targets{0, 1, 1, 0};

/// The network's outputs for the four cases, which a recurrent one sees as sequences of their own.
std::array<float, case_count> outputs_of(Network& network, int steps) {
    std::array<float, case_count> outputs{};
    const int calls = network.is_recurrent() ? steps : 1;
    network.reset();
    for (int call = 0; call < calls; ++call) network.activate_batch(cases, outputs, case_count);
    return outputs;
}

double error_of(const std::array<float, case_count>& outputs) {
    double error = 0.0;
    for (std::size_t i = 0; i < case_count; ++i) error += std::abs(double{targets[i]} - double{outputs[i]});
    return error;
}

bool is_right(float target, float output) { return target > 0.5F ? output > 0.5F : output < 0.5F; }

std::size_t right_count(const std::array<float, case_count>& outputs) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < case_count; ++i) count += is_right(targets[i], outputs[i]) ? 1U : 0U;
    return count;
}

std::string fixed(float value) {
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.4f", double{value});
    return text.data();
}

class XorEvaluator final : public Evaluator {
public:
    explicit XorEvaluator(int steps) : steps_(steps) {}

    double evaluate(Network& network, const Seeds& /*seeds*/) override {
        return fitness_of(outputs_of(network, steps_));
    }

    /// Of half the sum of the squared errors, whose slope, other than that of the errors themselves, ends in 0.
    double gradient(Network& network, const Seeds& /*seeds*/, NetworkGradient& gradient) override {
        const auto outputs = outputs_of(network, steps_);
        std::array<float, case_count> slopes{};
        for (std::size_t i = 0; i < case_count; ++i) slopes[i] = outputs[i] - targets[i];
        gradient.backpropagate(network.program(), cases, slopes, case_count);
        return fitness_of(outputs);
    }

private:
    static double fitness_of(const std::array<float, case_count>& outputs) {
        const double rest = 4.0 - error_of(outputs);
        // Outputs outside of [0, 1], which the paper's sigmoid has not, may be wrong by more than 4 together: squaring
        // must not make that good.
        return rest > 0.0 ? rest * rest : -rest * rest;
    }

    int steps_;
};

}  // namespace

XorTask::XorTask(const Params& params, const TaskContext& /*context*/)
    : traits_{.name = "xor", .input_count = 2, .output_count = 1, .differentiable = true}, steps_(params.steps) {}

std::unique_ptr<Evaluator> XorTask::make_evaluator() const { return std::make_unique<XorEvaluator>(steps_); }

std::optional<Verdict> XorTask::solves(Network& network, double /*fitness*/, const Deadline& /*deadline*/) const {
    return Verdict{right_count(outputs_of(network, steps_)) == case_count};
}

TaskReport XorTask::report(Network& network) const {
    const auto outputs = outputs_of(network, steps_);
    TaskReport report;
    report.measures = {{"error", error_of(outputs)}, {"correct cases", static_cast<double>(right_count(outputs))}};
    report.header = {"input 1", "input 2", "target", "output"};
    for (std::size_t i = 0; i < case_count; ++i) {
        report.rows.push_back({std::to_string(static_cast<int>(cases[i])),
                               std::to_string(static_cast<int>(cases[case_count + i])),
                               std::to_string(static_cast<int>(targets[i])), fixed(outputs[i])});
    }
    return report;
}

TaskPage XorTask::page() const {
    TaskPage page;
    page.inputs = {{.name = "input 1", .low = 0.0, .high = 1.0}, {.name = "input 2", .low = 0.0, .high = 1.0}};
    page.outputs = {{.name = "exclusive or", .low = 0.0, .high = 1.0}};
    page.reward =
        "Fitness is (4 - sum of |target - output| over the four cases)^2, at most 16; negative if the sum exceeds 4.";
    page.termination = "All four cases are shown once, as one batch.";
    page.solved = "Every output is on the right side of 0.5.";
    page.source =
        "Stanley & Miikkulainen, Evolving neural networks through augmenting topologies, Evolutionary Computation "
        "10(2), "
        "2002, section 4.1.";
    return page;
}

void visit_fields(XorTask::Params& params, FieldVisitor& field) {
    field("steps", params.steps, at_least(1), "Steps of a recurrent network per case; feed-forward networks take one.");
}

}  // namespace clade
