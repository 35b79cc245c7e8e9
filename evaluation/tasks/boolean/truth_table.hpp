// Boolean functions as a table of cases: shared by parity, multiplexer and retina. All cases go through the network in
// one batch.
//
//   observations | input 0 of every case | input 1 of every case | ...      targets | output 0 of every case | ...
//
// Fitness is the sum over the cases of 1 - squared error, and a bonus where every answer is right. Outputs are limited
// to the targets' range first, and errors are parts of that range, mean over the outputs: so fitness is at most the
// number of cases without the bonus, and at least 0. An output that is infinite or NaN fails the network.
//
// Gradients are those of the squared error of outputs that are not limited, so that one out of range is drawn back.
#pragma once

#include <clade/evaluation/task.hpp>
#include <clade/evaluation/task_registry.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace clade {

struct TruthTable {
    std::vector<std::string> inputs;   ///< names
    std::vector<std::string> outputs;  ///< names
    std::size_t case_count = 0;
    std::vector<float> observations;  ///< [inputs x case_count]
    std::vector<float> targets;       ///< [outputs x case_count], each `low` or `high`
    float low = 0.0F;                 ///< of the targets
    float high = 1.0F;

    [[nodiscard]] std::size_t answer_count() const noexcept { return targets.size(); }
};

/// How outputs compare with a table.
struct TruthTableScore {
    double squared_error =
        0.0;  ///< sum over the answers, in parts of the targets' range; NaN if an output is not finite
    std::size_t right_count = 0;  ///< answers on the right side of the middle of the targets' range
};

/// Compares `outputs` [outputs x case_count] with the table. Equal at every SIMD level.
[[nodiscard]] TruthTableScore score_answers(const TruthTable& table, const std::vector<float>& outputs);

/// The parameter that every such task has: steps of a recurrent network on each case.
void visit_steps(int& steps, FieldVisitor& field);

/// Defaults of large tables: hidden nodes from the beginning, and weights that follow the gradient. An evolution from
/// nothing takes a thousand times as long.
[[nodiscard]] std::vector<TaskDefault> truth_table_defaults();

/// A task that is a truth table. A network solves it if every answer is right, those of `held_out` too.
class TruthTableTask : public Task {
public:
    /// What is said of the task beside its tables.
    struct Rules {
        std::string name;
        int steps = 1;       ///< of a recurrent network on each case, from reset; a feed-forward one takes one
        double bonus = 0.0;  ///< added to the fitness where every answer is right
    };

    /// `held_out` has no cases, or other cases of the same function.
    TruthTableTask(Rules rules, TruthTable table, TruthTable held_out = {});

    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override;
    [[nodiscard]] std::optional<Verdict> solves(Network& network, double fitness,
                                                const Deadline& deadline) const override;

    /// Measures: mean squared error, right answers and their share. A row a case, if there are at most 64.
    [[nodiscard]] TaskReport report(Network& network) const override;
    [[nodiscard]] TaskPage page() const override;

    [[nodiscard]] const TruthTable& table() const noexcept { return table_; }
    [[nodiscard]] const TruthTable& held_out() const noexcept { return held_out_; }

private:
    class Scorer;

    TaskTraits traits_;
    Rules rules_;
    TruthTable table_;
    TruthTable held_out_;
};

}  // namespace clade
