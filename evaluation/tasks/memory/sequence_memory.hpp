// Recall of bit sequences after a delay; only recurrent networks can solve it. All sequences are rows of one batch,
// which step together.
//
//   inputs    show | recall | bit      `show` is 1 while a bit is shown, `recall` while the sequence is asked for
//   time      shown for `length` times (bit, then `pause` steps of silence) | `delay` steps of silence | recall
//
// Recall is parallel, one step in which each output says one bit of the sequence, or serial, a step a bit in which the
// one output says them in their order. With sequences of variable length, from 1 to `length`, each row is asked `delay`
// after its own end; outputs for bits that a sequence does not have are 0 in parallel recall, and are not asked for in
// serial recall.
//
// Fitness is the mean over the sequences of 1 - mean squared error of the answers, of outputs limited to [0, 1].
#pragma once

#include <clade/evaluation/task.hpp>
#include <clade/evaluation/task_registry.hpp>

#include <array>
#include <cstdint>
#include <vector>

namespace clade {

enum class Recall { parallel, serial };
template <>
struct EnumNames<Recall> {
    static constexpr std::array<std::string_view, 2> names{"parallel", "serial"};
};

/// A sequence of up to 16 bits; bit i of `bits` is shown as the i-th.
struct BitSequence {
    std::uint32_t bits;
    int length;
};

class SequenceMemoryTask final : public Task {
public:
    struct Params {
        int length = 3;
        bool variable_length = false;
        int pause = 0;
        int delay = 1;
        Recall recall = Recall::parallel;
        int max_sequences = 1024;
        int steps = 1;  ///< of the network in each step of the task
    };

    /// What happens in one step of all sequences.
    struct Moment {
        std::vector<float> observations;  ///< [3 x sequences]
        std::vector<float> targets;       ///< [outputs x sequences]; empty where nothing is asked in this step
        std::vector<double> weights;      ///< [sequences]: of an answer's squared error; 0 where it is not asked for
    };

    /// @pre the parameters are in their ranges.
    SequenceMemoryTask(const Params& params, const TaskContext& context);

    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override;

    /// Solved if every answer is on the right side of one half.
    [[nodiscard]] std::optional<Verdict> solves(Network& network, double fitness,
                                                const Deadline& deadline) const override;

    /// Measures: mean squared error, right answers and their share, right sequences.
    [[nodiscard]] TaskReport report(Network& network) const override;
    [[nodiscard]] TaskPage page() const override;

    static std::vector<TaskDefault> defaults();

    [[nodiscard]] const std::vector<BitSequence>& sequences() const noexcept { return sequences_; }
    [[nodiscard]] const std::vector<Moment>& moments() const noexcept { return moments_; }

private:
    class Scorer;

    [[nodiscard]] int recall_begin(const BitSequence& sequence) const noexcept;
    [[nodiscard]] Moment moment_at(int time) const;

    TaskTraits traits_;
    Params params_;
    std::vector<BitSequence> sequences_;
    std::vector<Moment> moments_;  // in order of time
    std::size_t answer_count_ = 0;
};

void visit_fields(SequenceMemoryTask::Params& params, FieldVisitor& field);

}  // namespace clade
