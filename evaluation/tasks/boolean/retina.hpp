// The retina: detect objects in the two halves of 4 x 2 pixels. The halves are independent, so modular networks have an
// advantage.
//
//   input  0 | 1 . 2 | 3     pixels are numbered row by row; columns 0 and 1 are the left half, whose outer column is 0,
//   input  4 | 5 . 6 | 7     columns 2 and 3 the right half, whose outer column is 3
//
// A half holds an object
//   * by the counting rule (Kashtan & Alon, PNAS 102:13773, 2005) if three or four of its pixels are on, or if one or
//     two are, all of them in its outer column;
//   * by the listed patterns (Verbancsics & Stanley, GECCO 2011, as in the AHNI program) if its four bits, row by row
//     with the first pixel as the highest, are 0, 1, 2, 3, 4, 7, 8 or 11 on the left, 0, 1, 2, 4, 8, 12, 13 or 14 on the
//     right.
// Either way 8 of 16 patterns are objects. Counting: inputs 0 and 1, one output with targets 0 and 1. Patterns: inputs
// -3 and 3, an output a half with targets -1 and 1.
#pragma once

#include <clade/evaluation/task.hpp>
#include <clade/evaluation/tasks/boolean/truth_table.hpp>

#include <array>

namespace clade {

/// What is asked: an object on both sides, on one at least (both by the counting rule), or on which (by the patterns).
enum class RetinaGoal { left_and_right, left_or_right, patterns };
template <>
struct EnumNames<RetinaGoal> {
    static constexpr std::array<std::string_view, 3> names{"left_and_right", "left_or_right", "patterns"};
};

class RetinaTask final : public TruthTableTask {
public:
    struct Params {
        RetinaGoal goal = RetinaGoal::left_and_right;
        int steps = 5;  ///< of a recurrent network on each case
    };

    RetinaTask(const Params& params, const TaskContext& context);

    [[nodiscard]] TaskPage page() const override;

    static std::vector<TaskDefault> defaults() { return truth_table_defaults(); }
};

void visit_fields(RetinaTask::Params& params, FieldVisitor& field);

}  // namespace clade
