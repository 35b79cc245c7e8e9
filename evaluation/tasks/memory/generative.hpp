// Drawing a curve: the input is always 1, and each step gives the next sample. Only a recurrent network can do it, by
// oscillating; a feed-forward one gives a constant.
//
// As in SharpNEAT's generative function regression: outputs from 0.1 to 0.9 cover the curve, and the fitness is
// 20 / ((1 - w) E + w G + 0.02), at most 1000, with E the mean squared error of the samples, G that of their gradients
// (of the line through the neighbours on both sides, at the ends on one), and w the gradient's weight.
#pragma once

#include <clade/evaluation/task.hpp>
#include <clade/evaluation/task_registry.hpp>
#include <clade/evaluation/tasks/data/regression.hpp>

namespace clade {

class GenerativeTask final : public Task {
public:
    struct Params {
        RegressionFunction function = RegressionFunction::sine;
        int samples = 80;
        double range = 25.132741228718345;  ///< 8 pi
        double gradient_weight = 0.9;
        double solved_fitness = 500.0;
    };

    /// @pre the parameters are sound.
    GenerativeTask(const Params& params, const TaskContext& context);

    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override;

    /// Measures: mean squared errors of samples and of gradients. A row a sample: x, target, output.
    [[nodiscard]] TaskReport report(Network& network) const override;
    [[nodiscard]] TaskPage page() const override;

    static std::vector<TaskDefault> defaults() { return {{"genome.network", "recurrent"}}; }

    /// The curve's samples: [samples].
    [[nodiscard]] const std::vector<double>& targets() const noexcept { return targets_; }

private:
    class Scorer;

    void find_gradients(const std::vector<double>& curve, std::vector<double>& gradients) const;

    TaskTraits traits_;
    Params params_;
    double middle_ = 0.0;            // of the curve's range
    double scale_ = 1.0;             // what an output of 1 more adds
    double spacing_ = 1.0;           // between samples
    std::vector<double> targets_;    // [samples]
    std::vector<double> gradients_;  // [samples], of the targets
};

void visit_fields(GenerativeTask::Params& params, FieldVisitor& field);
void check_params(const GenerativeTask::Params& params, IssueSink& issues);

}  // namespace clade
