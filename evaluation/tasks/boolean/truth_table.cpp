#include <clade/evaluation/tasks/boolean/truth_table.hpp>

#include <clade/core/check.hpp>
#include <clade/core/functions/float_math_internal.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <utility>

namespace clade {
namespace {

// Four vectors of four answers at a time, whose sums are kept apart to the end: quick, and one order of adding.
constexpr std::size_t answer_lanes = 4;
constexpr std::size_t vectors = 4;
constexpr std::size_t answer_block = answer_lanes * vectors;
typedef FloatVectorOf<answer_lanes>::Floats Quad;
typedef FloatVectorOf<answer_lanes>::Ints QuadInts;

struct Sums {
    std::array<Quad, vectors> squared_error{};
    std::array<Quad, vectors> not_finite{};          // 0, or NaN
    std::array<QuadInts, vectors> negative_right{};  // a comparison that holds is -1
};

/// Adds up a block of outputs and targets.
CLADE_ALWAYS_INLINE void add_block(Sums& sums, const float* outputs, const float* targets, const TruthTable& table) {
    const float middle = 0.5F * (table.low + table.high);
    for (std::size_t v = 0; v < vectors; ++v) {
        Quad said;
        Quad wanted;
        std::memcpy(&said, outputs + v * answer_lanes, sizeof said);
        std::memcpy(&wanted, targets + v * answer_lanes, sizeof wanted);
        const Quad error = wanted - clamp_float(said, table.low, table.high);
        sums.squared_error[v] += error * error;
        sums.not_finite[v] += said * 0.0F;
        sums.negative_right[v] += (said > middle) == (wanted > middle);
    }
}

std::string number_of(float value) {
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.4g", double{value});
    return text.data();
}

constexpr std::size_t most_rows = 64;  // of a report

}  // namespace

TruthTableScore score_answers(const TruthTable& table, const std::vector<float>& outputs) {
    CLADE_CHECK(outputs.size() == table.answer_count(), "there is an output for each answer");
    const std::size_t count = outputs.size();
    Sums sums;
    std::size_t begin = 0;
    for (; begin + answer_block <= count; begin += answer_block) {
        add_block(sums, outputs.data() + begin, table.targets.data() + begin, table);
    }
    // The rest is filled up with answers that are right.
    std::array<float, answer_block> said{};
    std::array<float, answer_block> wanted{};
    said.fill(table.low);
    wanted.fill(table.low);
    std::copy(outputs.begin() + static_cast<std::ptrdiff_t>(begin), outputs.end(), said.begin());
    std::copy(table.targets.begin() + static_cast<std::ptrdiff_t>(begin), table.targets.end(), wanted.begin());
    add_block(sums, said.data(), wanted.data(), table);

    TruthTableScore score{0.0, 0};
    int right = 0;
    for (std::size_t v = 0; v < vectors; ++v) {
        for (std::size_t lane = 0; lane < answer_lanes; ++lane) {
            score.squared_error += double{sums.squared_error[v][lane]} + double{sums.not_finite[v][lane]};
            right -= sums.negative_right[v][lane];
        }
    }
    const double range = double{table.high} - double{table.low};
    score.squared_error /= range * range;
    score.right_count = static_cast<std::size_t>(right) - (begin + answer_block - count);
    return score;
}

void visit_steps(int& steps, FieldVisitor& field) {
    field("steps", steps, at_least(1), "Steps of a recurrent network per case; feed-forward networks take one.");
}

/// Runs networks on the cases; keeps its memory.
class TruthTableTask::Scorer final : public Evaluator {
public:
    explicit Scorer(const TruthTableTask& task) : task_(task) {}

    double evaluate(Network& network, const Seeds& /*seeds*/) override {
        const TruthTable& table = task_.table_;
        const TruthTableScore found = score(network, table);
        const double fitness =
            static_cast<double>(table.case_count) - found.squared_error / static_cast<double>(table.outputs.size());
        return found.right_count == table.answer_count() ? fitness + task_.rules_.bonus : fitness;
    }

    double gradient(Network& network, const Seeds& seeds, NetworkGradient& gradient) override {
        const TruthTable& table = task_.table_;
        const double fitness = evaluate(network, seeds);
        const double range = double{table.high} - double{table.low};
        const double factor = 2.0 / (range * range * static_cast<double>(table.outputs.size()));
        slopes_.resize(outputs_.size());
        for (std::size_t i = 0; i < slopes_.size(); ++i) {
            slopes_[i] = static_cast<float>(factor * (double{outputs_[i]} - double{table.targets[i]}));
        }
        gradient.backpropagate(network.program(), table.observations, slopes_, table.case_count);
        return fitness;
    }

    TruthTableScore score(Network& network, const TruthTable& table) {
        outputs_.resize(table.answer_count());
        const int calls = network.is_recurrent() ? task_.rules_.steps : 1;
        network.reset();
        for (int call = 0; call < calls; ++call) {
            network.activate_batch(table.observations, outputs_, table.case_count);
        }
        return score_answers(table, outputs_);
    }

    [[nodiscard]] const std::vector<float>& outputs() const { return outputs_; }

private:
    const TruthTableTask& task_;
    std::vector<float> outputs_;  // [outputs x case_count]
    std::vector<float> slopes_;   // likewise: of the loss by each output
};

std::vector<TaskDefault> truth_table_defaults() {
    return {
        {"genome.initial.hidden_nodes", "12"},
        {"genome.initial.route", "both"},
        {"genome.weight.low", "-1"},
        {"genome.weight.high", "1"},
        {"genome.weight.perturb_power", "0.3"},
        {"genome.bias.low", "-1"},
        {"genome.bias.high", "1"},
        {"genome.bias.perturb_power", "0.3"},
        {"refine.method", "adam"},
        {"refine.genomes", "champion"},
        {"refine.evaluations", "100"},
        {"refine.learning_rate", "0.05"},
    };
}

TruthTableTask::TruthTableTask(Rules rules, TruthTable table, TruthTable held_out)
    : traits_{.name = rules.name,
              .input_count = table.inputs.size(),
              .output_count = table.outputs.size(),
              .differentiable = true},
      rules_(std::move(rules)),
      table_(std::move(table)),
      held_out_(std::move(held_out)) {}

std::unique_ptr<Evaluator> TruthTableTask::make_evaluator() const { return std::make_unique<Scorer>(*this); }

std::optional<Verdict> TruthTableTask::solves(Network& network, double /*fitness*/,
                                              const Deadline& /*deadline*/) const {
    Scorer scorer(*this);
    const std::size_t right = scorer.score(network, table_).right_count;
    Verdict verdict{right == table_.answer_count(), {{"right answers", static_cast<double>(right)}}};
    if (verdict.solved && held_out_.case_count > 0) {
        const std::size_t others = scorer.score(network, held_out_).right_count;
        verdict.solved = others == held_out_.answer_count();
        verdict.measures.push_back({"held-out right answers", static_cast<double>(others)});
    }
    return verdict;
}

TaskReport TruthTableTask::report(Network& network) const {
    Scorer scorer(*this);
    const TruthTableScore score = scorer.score(network, table_);
    const auto answers = static_cast<double>(table_.answer_count());
    const auto right = static_cast<double>(score.right_count);
    TaskReport report;
    report.measures = {{"mean squared error", score.squared_error / answers},
                       {"right answers", right},
                       {"right share", right / answers}};
    if (table_.case_count > most_rows) return report;
    report.header = table_.inputs;
    for (const std::string& output : table_.outputs) {
        report.header.push_back("target " + output);
        report.header.push_back(output);
    }
    for (std::size_t c = 0; c < table_.case_count; ++c) {
        std::vector<std::string>& row = report.rows.emplace_back();
        for (std::size_t i = 0; i < table_.inputs.size(); ++i) {
            row.push_back(number_of(table_.observations[i * table_.case_count + c]));
        }
        for (std::size_t o = 0; o < table_.outputs.size(); ++o) {
            row.push_back(number_of(table_.targets[o * table_.case_count + c]));
            row.push_back(number_of(scorer.outputs()[o * table_.case_count + c]));
        }
    }
    return report;
}

TaskPage TruthTableTask::page() const {
    TaskPage page;
    for (std::size_t i = 0; i < table_.inputs.size(); ++i) {
        const auto from = table_.observations.begin() + static_cast<std::ptrdiff_t>(i * table_.case_count);
        const auto [low, high] = std::minmax_element(from, from + static_cast<std::ptrdiff_t>(table_.case_count));
        page.inputs.push_back({.name = table_.inputs[i], .low = double{*low}, .high = double{*high}});
    }
    for (const std::string& output : table_.outputs) {
        page.outputs.push_back({.name = output, .low = double{table_.low}, .high = double{table_.high}});
    }
    page.reward = "Fitness is the sum over the " + std::to_string(table_.case_count) +
                  " cases of 1 - squared error; outputs are clamped to their range and scaled to 0 to 1";
    if (table_.outputs.size() > 1) page.reward += ", and averaged over the outputs";
    if (rules_.bonus > 0.0)
        page.reward += ", plus " + number_of(static_cast<float>(rules_.bonus)) + " if all answers are right";
    page.reward += ".";
    page.termination = "All cases are shown once, as one batch.";
    page.solved = "Every output is on the right side of the middle of its range";
    if (held_out_.case_count > 0) {
        page.solved += ", also on " + std::to_string(held_out_.case_count) + " held-out cases";
    }
    page.solved += ".";
    return page;
}

}  // namespace clade
