#include <clade/evaluation/tasks/memory/sequence_memory.hpp>

#include <clade/core/random/random.hpp>
#include <clade/core/special_values_internal.hpp>

#include <algorithm>
#include <cmath>

namespace clade {
namespace {

/// All sequences, short ones first, or as many as are allowed, drawn with replacement.
std::vector<BitSequence> sequences_of(const SequenceMemoryTask::Params& params, std::uint64_t seed) {
    const int shortest = params.variable_length ? 1 : params.length;
    std::vector<BitSequence> sequences;
    std::uint32_t count = 0;
    for (int length = shortest; length <= params.length; ++length) count += 1U << static_cast<unsigned>(length);
    if (count <= static_cast<std::uint32_t>(params.max_sequences)) {
        for (int length = shortest; length <= params.length; ++length) {
            for (std::uint32_t bits = 0; bits < 1U << static_cast<unsigned>(length); ++bits) {
                sequences.push_back({bits, length});
            }
        }
        return sequences;
    }
    Stream random({seed, 0, Purpose::episode}, 0);
    for (int s = 0; s < params.max_sequences; ++s) {
        const int length =
            shortest + static_cast<int>(random.below(static_cast<std::uint32_t>(params.length - shortest + 1)));
        sequences.push_back({random.below(1U << static_cast<unsigned>(length)), length});
    }
    return sequences;
}

float bit_of(const BitSequence& sequence, int index) {
    return index < sequence.length ? static_cast<float>((sequence.bits >> static_cast<unsigned>(index)) & 1U) : 0.0F;
}

}  // namespace

/// Plays networks all sequences; keeps its memory.
class SequenceMemoryTask::Scorer final : public Evaluator {
public:
    struct Score {
        double error = 0.0;  ///< mean over the sequences of the mean squared error of the answers
        std::size_t right_answers = 0;
        std::size_t right_sequences = 0;
    };

    explicit Scorer(const SequenceMemoryTask& task) : task_(task) {}

    double evaluate(Network& network, const Seeds& /*seeds*/) override { return 1.0 - score(network).error; }

    Score score(Network& network) {
        const std::size_t rows = task_.sequences_.size();
        outputs_.resize(rows * task_.traits_.output_count);
        wrong_.assign(rows, 0);
        Score score;
        network.reset();
        for (const Moment& moment : task_.moments_) {
            const int calls = network.is_recurrent() ? task_.params_.steps : 1;
            for (int call = 0; call < calls; ++call) network.activate_batch(moment.observations, outputs_, rows);
            if (!moment.targets.empty()) add_answers(moment, score);
        }
        score.error /= static_cast<double>(rows);
        score.right_sequences = static_cast<std::size_t>(std::count(wrong_.begin(), wrong_.end(), 0));
        return score;
    }

private:
    void add_answers(const Moment& moment, Score& score) {
        const std::size_t rows = task_.sequences_.size();
        for (std::size_t a = 0; a < outputs_.size(); ++a) {
            const std::size_t row = a % rows;
            if (moment.weights[row] == 0.0) continue;
            const float said = outputs_[a];
            if (!std::isfinite(said)) score.error = nan;
            const double error = double{moment.targets[a]} - double{std::clamp(said, 0.0F, 1.0F)};
            score.error += moment.weights[row] * error * error;
            const bool right = (said > 0.5F) == (moment.targets[a] > 0.5F);
            score.right_answers += right ? 1U : 0U;
            if (!right) wrong_[row] = 1;
        }
    }

    const SequenceMemoryTask& task_;
    std::vector<float> outputs_;  // [outputs x sequences]
    std::vector<int> wrong_;      // [sequences]: 1 where an answer was wrong
};

SequenceMemoryTask::SequenceMemoryTask(const Params& params, const TaskContext& context)
    : params_(params), sequences_(sequences_of(params, context.seed)) {
    const bool serial = params.recall == Recall::serial;
    const auto length = static_cast<std::size_t>(params.length);
    traits_ = {.name = "sequence_memory", .input_count = 3, .output_count = serial ? 1 : length};
    int end = 0;
    for (const BitSequence& sequence : sequences_) {
        const int answers = serial ? sequence.length : 1;
        end = std::max(end, recall_begin(sequence) + answers);
        answer_count_ += serial ? static_cast<std::size_t>(sequence.length) : length;
    }
    for (int time = 0; time < end; ++time) moments_.push_back(moment_at(time));
}

int SequenceMemoryTask::recall_begin(const BitSequence& sequence) const noexcept {
    return sequence.length * (1 + params_.pause) + params_.delay;
}

SequenceMemoryTask::Moment SequenceMemoryTask::moment_at(int time) const {
    const bool serial = params_.recall == Recall::serial;
    const std::size_t rows = sequences_.size();
    const std::size_t outputs = traits_.output_count;
    Moment moment{std::vector<float>(3 * rows), std::vector<float>(outputs * rows), std::vector<double>(rows)};
    bool asked = false;
    for (std::size_t row = 0; row < rows; ++row) {
        const BitSequence& sequence = sequences_[row];
        const int shown = time / (1 + params_.pause);
        if (shown < sequence.length && time % (1 + params_.pause) == 0) {
            moment.observations[row] = 1.0F;
            moment.observations[2 * rows + row] = bit_of(sequence, shown);
        }
        const int recalled = time - recall_begin(sequence);
        const int answers = serial ? sequence.length : 1;
        if (recalled < 0 || recalled >= answers) continue;
        asked = true;
        moment.observations[rows + row] = 1.0F;
        moment.weights[row] = 1.0 / static_cast<double>(serial ? sequence.length : params_.length);
        for (std::size_t o = 0; o < outputs; ++o) {
            moment.targets[o * rows + row] = bit_of(sequence, serial ? recalled : static_cast<int>(o));
        }
    }
    if (!asked) moment.targets.clear();
    return moment;
}

std::unique_ptr<Evaluator> SequenceMemoryTask::make_evaluator() const { return std::make_unique<Scorer>(*this); }

std::optional<Verdict> SequenceMemoryTask::solves(Network& network, double /*fitness*/,
                                                  const Deadline& /*deadline*/) const {
    const Scorer::Score score = Scorer(*this).score(network);
    return Verdict{score.right_answers == answer_count_,
                   {{"right sequences", static_cast<double>(score.right_sequences)}}};
}

TaskReport SequenceMemoryTask::report(Network& network) const {
    const Scorer::Score score = Scorer(*this).score(network);
    const auto right = static_cast<double>(score.right_answers);
    return {.measures = {{"mean squared error", score.error},
                         {"right answers", right},
                         {"right share", right / static_cast<double>(answer_count_)},
                         {"right sequences", static_cast<double>(score.right_sequences)}},
            .header = {},
            .rows = {}};
}

TaskPage SequenceMemoryTask::page() const {
    TaskPage page;
    for (const char* name : {"show", "recall", "bit"}) page.inputs.push_back({.name = name, .low = 0.0, .high = 1.0});
    for (std::size_t o = 0; o < traits_.output_count; ++o) {
        const std::string name = params_.recall == Recall::serial ? "next bit" : "bit " + std::to_string(o);
        page.outputs.push_back({.name = name, .low = 0.0, .high = 1.0});
    }
    page.reward = "Fitness is the mean over the " + std::to_string(sequences_.size()) +
                  " sequences of 1 - mean squared error of the answers, at most 1; outputs are clamped to their range.";
    page.termination = "After the last recall, " + std::to_string(moments_.size()) + " steps.";
    page.solved = "Every answer is on the right side of 0.5.";
    page.source =
        "After the seq-1bit experiments of accneat (sean-dougherty/accneat), which have a pause of 1 and no delay, and "
        "also require outputs of 0 before the recall.";
    return page;
}

std::vector<TaskDefault> SequenceMemoryTask::defaults() {
    return {
        {"genome.network", "recurrent"},
        {"genome.activation.initial", "tanh"},
        {"genome.activation.output", "identity"},
        {"genome.weight.low", "-1"},
        {"genome.weight.high", "1"},
        {"genome.weight.perturb_power", "0.5"},
        {"genome.weight.perturb_rate", "0.3"},
        {"genome.weight.replace_rate", "0.03"},
        {"genome.bias.low", "-1"},
        {"genome.bias.high", "1"},
        {"genome.bias.perturb_power", "0.5"},
        {"genome.bias.perturb_rate", "0.3"},
        {"genome.bias.replace_rate", "0.03"},
    };
}

void visit_fields(SequenceMemoryTask::Params& params, FieldVisitor& field) {
    field("length", params.length, between(1, 16), "Number of bits per sequence.");
    field("variable_length", params.variable_length, "Use sequences of 1 to `length` bits.");
    field("pause", params.pause, between(0, 100), "Steps without input after each bit.");
    field("delay", params.delay, between(0, 1000), "Steps without input between the sequence and its recall.");
    field("recall", params.recall,
          "Recall all bits in one step, with one output each, or one bit per step, with a single output.");
    field("max_sequences", params.max_sequences, between(1, 131072),
          "Maximum number of sequences shown; if there are more, a random sample by the run's seed.");
    field("steps", params.steps, between(1, 100),
          "Network steps per step of the task; a value passes one connection per network step.");
}

}  // namespace clade
