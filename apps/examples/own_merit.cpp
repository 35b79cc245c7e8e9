// Novelty search in one generation: selection prefers genomes whose behaviour is far from that of the others.
#include <clade/evaluation/scoring/thread_scorer.hpp>
#include <clade/evolution/evolver.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace {

/// The mean distance to the nearest neighbours in the first column of the scores.
class Novelty final : public clade::Merit {
public:
    void assess(const clade::ScoreTable& scores, clade::FitnessDirection /*direction*/,
                std::span<double> merit) override {
        constexpr std::size_t neighbours = 5;
        const std::vector<double>& behaviour = scores.columns[0].values;
        for (std::size_t i = 0; i < behaviour.size(); ++i) {
            distances_.clear();
            for (const double other : behaviour) distances_.push_back(std::fabs(behaviour[i] - other));
            std::sort(distances_.begin(), distances_.end());
            merit[i] = 0.0;
            for (std::size_t n = 0; n < std::min(neighbours, distances_.size()); ++n) merit[i] += distances_[n];
        }
    }

private:
    std::vector<double> distances_;
};

/// The behaviour of a network is its output.
class OutputTask final : public clade::Task {
public:
    [[nodiscard]] const clade::TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<clade::Evaluator> make_evaluator() const override {
        return std::make_unique<OutputEvaluator>();
    }

private:
    class OutputEvaluator final : public clade::Evaluator {
    public:
        double evaluate(clade::Network& network, const clade::Seeds& /*seeds*/) override {
            float out = 0.0F;
            network.activate(std::array{0.25F}, {&out, 1});
            output_ = double{out};
            return 1.0 - std::fabs(output_ - 0.75);
        }
        [[nodiscard]] std::span<const double> behaviour() const override { return {&output_, 1}; }

    private:
        double output_ = 0.0;
    };

    clade::TaskTraits traits_{.name = "output", .input_count = 1, .output_count = 1, .behaviour = {"output"}};
};

}  // namespace

int main() {
    const OutputTask task;
    clade::Evolver evolver(
        {.input_count = 1, .output_count = 1, .seed = 42, .merit = [] { return std::make_unique<Novelty>(); }});
    clade::ThreadScorer scorer(task);
    clade::ScoreTable scores;
    for (int i = 0; i < 20; ++i) {
        scorer.score(evolver.ask(), scores);
        evolver.tell(scores);
    }
    return evolver.best_ever().fitness > 0.9 ? 0 : 1;
}
