// A control task of one's own: a boat that is to cross a river against the current.
#include <clade/core/random/random.hpp>
#include <clade/evaluation/episodes/control_task.hpp>
#include <clade/evaluation/scoring/thread_scorer.hpp>
#include <clade/evolution/evolver.hpp>

#include <cmath>

namespace {

class River final : public clade::Environment {
public:
    [[nodiscard]] const clade::EnvironmentTraits& traits() const noexcept override { return traits_; }

    void reset(std::uint64_t seed, std::span<float> observation) override {
        current_ = clade::Stream({seed, 0, clade::Purpose::episode}, 0).uniform(-0.5, 0.5);
        x_ = y_ = 0.0;
        observe(observation);
    }

    clade::Step step(std::span<const float> action, std::span<float> observation) override {
        x_ += 0.1 * (double{action[0]} + current_);
        y_ += 0.1;
        observe(observation);
        const bool arrived = y_ >= 5.0;
        return {.reward = arrived ? 1.0 - std::fabs(x_) : 0.0, .done = arrived};
    }

private:
    void observe(std::span<float> observation) const {
        observation[0] = static_cast<float>(x_);
        observation[1] = static_cast<float>(current_);
    }

    clade::EnvironmentTraits traits_{
        .name = "river",
        .observations = {{.name = "drift", .unit = "m"}, {.name = "current", .unit = "m/s"}},
        .actions = clade::continuous_actions({{.name = "rudder", .low = -1, .high = 1}}),
        .step_limit = 100,
        .solved_return = 0.9};
    double current_ = 0.0;
    double x_ = 0.0;
    double y_ = 0.0;
};

}  // namespace

int main() {
    const auto lanes = [] {
        return std::make_unique<clade::EnvironmentLanes>([] { return std::make_unique<River>(); });
    };
    const clade::ControlTask task(lanes, {.episodes = 10});
    clade::Evolver evolver({.input_count = 2, .output_count = 1, .seed = 42});
    clade::ThreadScorer scorer(task);
    clade::ScoreTable scores;
    for (int generation = 0; generation < 50; ++generation) {
        scorer.score(evolver.ask(), scores);
        const clade::GenerationRecord& record = evolver.tell(scores);
        clade::Network champion = clade::make_network({record.champion_genome});
        if (task.solves(champion, record.fitness.best, {})->solved) return 0;
    }
    return 1;
}
