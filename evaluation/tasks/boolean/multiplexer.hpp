// The binary multiplexer: n address bits choose which of 2^n data bits is the answer. It has 3, 6, 11 or 20 inputs for
// 1, 2, 3 or 4 address bits; the address comes first, its lowest bit before the others.
//
// Up to 11 inputs all cases are shown. Of the 2^20 cases of 20 inputs, 128 for each address are drawn by the run's seed
// (64 random patterns of the other data, each with the chosen bit 0 and 1), and 4096 more for each address are held
// out, which a network that solves the task has right as well.
#pragma once

#include <clade/evaluation/task.hpp>
#include <clade/evaluation/tasks/boolean/truth_table.hpp>

namespace clade {

class MultiplexerTask final : public TruthTableTask {
public:
    struct Params {
        int address_bits = 3;
        int steps = 5;  ///< of a recurrent network on each case
    };

    /// @pre the parameters are in their ranges.
    MultiplexerTask(const Params& params, const TaskContext& context);

    [[nodiscard]] TaskPage page() const override;

    static std::vector<TaskDefault> defaults() { return truth_table_defaults(); }
};

void visit_fields(MultiplexerTask::Params& params, FieldVisitor& field);

}  // namespace clade
