// Parity of n bits: whether the number of inputs that are 1 is odd. Every input matters in every case, so that no part
// of the inputs says anything about the answer; with two bits it is exclusive or.
#pragma once

#include <clade/evaluation/task.hpp>
#include <clade/evaluation/tasks/boolean/truth_table.hpp>

namespace clade {

class ParityTask final : public TruthTableTask {
public:
    struct Params {
        int bits = 3;
        int steps = 5;  ///< of a recurrent network on each case
    };

    /// @pre the parameters are in their ranges.
    ParityTask(const Params& params, const TaskContext& context);

    [[nodiscard]] TaskPage page() const override;
};

void visit_fields(ParityTask::Params& params, FieldVisitor& field);

}  // namespace clade
