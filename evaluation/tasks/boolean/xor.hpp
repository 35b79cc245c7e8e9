// Exclusive or: the task that needs a hidden node, as in Stanley & Miikkulainen 2002, 4.1.
//
// Fitness is the paper's: (4 - the sum of |target - output| over the four cases)^2, at most 16. A network solves the
// task if every output is on the right side of 0.5, which the paper counts and no threshold on that fitness can say.
#pragma once

#include <clade/evaluation/task.hpp>

namespace clade {

class XorTask final : public Task {
public:
    struct Params {
        int steps = 5;  ///< of a recurrent network on each case, from reset; a feed-forward one needs a single pass
    };

    XorTask() : XorTask(Params{}, {}) {}
    XorTask(const Params& params, const TaskContext& context);

    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override;
    [[nodiscard]] std::optional<Verdict> solves(Network& network, double fitness,
                                                const Deadline& deadline) const override;

    /// Measures: error, correct cases. A row a case: inputs, target, output.
    [[nodiscard]] TaskReport report(Network& network) const override;
    [[nodiscard]] TaskPage page() const override;

private:
    TaskTraits traits_;
    int steps_;
};

void visit_fields(XorTask::Params& params, FieldVisitor& field);

}  // namespace clade
