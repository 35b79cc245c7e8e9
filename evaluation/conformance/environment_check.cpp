#include <clade/evaluation/conformance/environment_check.hpp>

#include <clade/core/random/random.hpp>
#include <clade/core/special_values_internal.hpp>
#include <clade/evaluation/conformance/rule_book_internal.hpp>

#include <algorithm>
#include <bit>
#include <cmath>

namespace clade {
namespace {

constexpr std::size_t steps_at_most = 300;  // of a checked episode
constexpr std::size_t seed_count = 8;
constexpr std::size_t guard_size = 8;
constexpr std::uint32_t poison_bits = 0x7fc0dead;  // a NaN that nobody computes
constexpr float guard_value = -1.2345e-30F;

bool is_poison(float value) { return std::bit_cast<std::uint32_t>(value) == poison_bits; }

/// Observations that tell what was written: poisoned before, guarded behind.
class GuardedObservation {
public:
    explicit GuardedObservation(std::size_t size) : numbers_(size + guard_size), size_(size) {}

    [[nodiscard]] std::span<float> poisoned() {
        std::fill_n(numbers_.begin(), size_, std::bit_cast<float>(poison_bits));
        std::fill(numbers_.end() - guard_size, numbers_.end(), guard_value);
        return written();
    }
    [[nodiscard]] std::span<float> written() { return {numbers_.data(), size_}; }

    /// Nothing if every number was written, is finite, and none behind them was touched.
    [[nodiscard]] std::string fault(const EnvironmentTraits& traits) const {
        for (std::size_t i = 0; i < size_; ++i) {
            const std::string name = "observation '" + traits.observations[i].name + "'";
            if (is_poison(numbers_[i])) return name + " was not written";
            if (!std::isfinite(numbers_[i])) return name + " is " + number_text(double{numbers_[i]});
        }
        const bool touched =
            std::any_of(numbers_.end() - guard_size, numbers_.end(), [](float value) { return value != guard_value; });
        return touched ? "more than " + std::to_string(size_) + " observations were written" : "";
    }

private:
    std::vector<float> numbers_;
    std::size_t size_;
};

/// An action anywhere in the space, a function of these numbers.
void choose_action(const ActionSpace& space, std::uint64_t seed, std::size_t step, std::span<float> action) {
    Stream stream({seed, static_cast<std::uint32_t>(step), Purpose::plan}, 0);
    if (space.is_discrete()) {
        action[0] = static_cast<float>(stream.below(static_cast<std::uint32_t>(space.choices.size())));
        return;
    }
    for (std::size_t c = 0; c < space.controls.size(); ++c) {
        action[c] = static_cast<float>(stream.uniform(space.controls[c].low, space.controls[c].high));
    }
}

/// What an episode showed and earned.
struct Episode {
    std::vector<float> observations{};  ///< of reset() and of every step before the last, one after the other
    std::vector<double> rewards{};
    bool done = false;
    std::string fault{};  ///< the first thing wrong with what was written
    friend bool operator==(const Episode&, const Episode&) = default;
};

/// An episode that goes on when it is told to.
class Play {
public:
    Play(Environment& environment, std::uint64_t seed)
        : environment_(environment),
          traits_(environment.traits()),
          seed_(seed),
          observation_(traits_.observations.size()),
          action_(traits_.actions.size()) {
        environment_.reset(seed, observation_.poisoned());
        note("reset(): ");
    }

    /// Whether it goes on.
    bool step() {
        if (episode_.done || episode_.rewards.size() == std::min(steps_at_most, traits_.step_limit)) return false;
        choose_action(traits_.actions, seed_, episode_.rewards.size(), action_);
        const Step step = environment_.step(action_, observation_.poisoned());
        episode_.rewards.push_back(step.reward);
        episode_.done = step.done;
        if (!std::isfinite(step.reward) && episode_.fault.empty()) {
            episode_.fault = place() + "the reward is " + number_text(step.reward);
        }
        if (!step.done) note(place());  // nobody reads what the last step shows
        return !step.done;
    }

    [[nodiscard]] const Episode& episode() const noexcept { return episode_; }

    [[nodiscard]] const Episode& to_end() {
        while (step()) {
        }
        return episode_;
    }

private:
    [[nodiscard]] std::string place() const { return "step " + std::to_string(episode_.rewards.size()) + ": "; }

    void note(const std::string& where) {
        const std::string fault = observation_.fault(traits_);
        if (!fault.empty() && episode_.fault.empty()) episode_.fault = where + fault;
        const std::span<float> written = observation_.written();
        episode_.observations.insert(episode_.observations.end(), written.begin(), written.end());
    }

    Environment& environment_;
    const EnvironmentTraits& traits_;
    std::uint64_t seed_;
    GuardedObservation observation_;
    std::vector<float> action_;
    Episode episode_;
};

class EnvironmentChecker {
public:
    explicit EnvironmentChecker(EnvironmentLanes::Factory make) : make_(std::move(make)) {}

    /// Says whether everything holds.
    bool run(RuleBook& rules) {
        return rules.holds("the environment's traits make sense",
                           "correct what traits() declares: names, low < high, finite controls, a step limit",
                           [&] { return refusal([&] { check_traits(make()->traits()); }); }) &&
               rules.holds("reset() and step() write every observation and a reward, finite numbers",
                           "write observation[i] for every i below observations.size() in both, and keep what is "
                           "divided by from 0",
                           [&] { return fault(); }) &&
               rules.holds("equal seeds and actions give equal episodes",
                           "take all randomness from the seed (core/random/random.hpp) and set every member in reset()",
                           [&] { return unlike_a_new_one(); }) &&
               rules.holds("an episode leaves nothing behind for the next",
                           "set every member that step() changes in reset()", [&] { return unlike_a_used_one(); }) &&
               rules.holds("environments share no state", "keep what changes in the environment: no static or global",
                           [&] { return unlike_apart(); }) &&
               check_random(rules);
    }

private:
    [[nodiscard]] std::unique_ptr<Environment> make() const {
        auto environment = make_();
        if (!environment) throw Error("the factory returned null");
        return environment;
    }

    /// Plays an episode a seed, each in a new environment: what all others are compared with.
    [[nodiscard]] std::string fault() {
        for (std::uint64_t seed = 0; seed < seed_count; ++seed) {
            const auto environment = make();
            episodes_.push_back(Play(*environment, seed).to_end());
            if (!episodes_.back().fault.empty()) return episodes_.back().fault;
            const std::size_t found = environment->behaviour().size();
            const std::size_t named = environment->traits().behaviour.size();
            if (found != named) {
                return "behaviour() has " + std::to_string(found) + " numbers where " + std::to_string(named) +
                       " are named";
            }
        }
        return "";
    }

    [[nodiscard]] std::string unlike_a_new_one() const {
        for (std::uint64_t seed = 0; seed < seed_count; ++seed) {
            const auto environment = make();
            if (Play(*environment, seed).to_end() != episodes_[seed]) {
                return "two new environments gave other episodes for seed " + std::to_string(seed);
            }
        }
        return "";
    }

    [[nodiscard]] std::string unlike_a_used_one() const {
        const auto environment = make();
        for (std::uint64_t seed = 0; seed < seed_count; ++seed) {
            Play left_early(*environment, seed + 1);
            (void)left_early.step();
            if (Play(*environment, seed).to_end() != episodes_[seed]) {
                return "after an episode that was left early, seed " + std::to_string(seed) +
                       " gave another one than before";
            }
            if (Play(*environment, seed).to_end() != episodes_[seed]) {
                return "after an episode that was played to its end, seed " + std::to_string(seed) +
                       " gave another one than before";
            }
        }
        return "";
    }

    [[nodiscard]] std::string unlike_apart() const {
        const auto first = make();
        const auto second = make();
        for (std::uint64_t seed = 0; seed + 1 < seed_count; ++seed) {
            Play a(*first, seed);
            Play b(*second, seed + 1);
            for (bool running = true; running;) {
                running = a.step();
                running = b.step() || running;
            }
            if (a.episode() != episodes_[seed] || b.episode() != episodes_[seed + 1]) {
                return "stepped in turns, two environments gave other episodes than apart";
            }
        }
        return "";
    }

    bool check_random(RuleBook& rules) {
        const bool declared = make()->traits().random;
        return rules.holds(
            "random says whether episodes of different seeds differ",
            declared ? "declare random = false: each network then runs one episode, not several equal ones"
                     : "declare random = true: otherwise only one episode is run",
            [&]() -> std::string {
                if (seeds_matter() == declared) return "";
                return declared ? "eight seeds gave the same episode" : "two seeds gave different episodes";
            });
    }

    /// Whether seeds change an episode whose actions are always the same.
    [[nodiscard]] bool seeds_matter() const {
        std::vector<Episode> episodes;
        for (std::uint64_t seed = 0; seed < seed_count; ++seed) {
            const auto environment = make();
            const EnvironmentTraits& traits = environment->traits();
            std::vector<float> observation(traits.observations.size());
            std::vector<float> action(traits.actions.size());
            Episode& episode = episodes.emplace_back();
            environment->reset(seed, observation);
            for (std::size_t step = 0; !episode.done && step < std::min(steps_at_most, traits.step_limit); ++step) {
                episode.observations.insert(episode.observations.end(), observation.begin(), observation.end());
                choose_action(traits.actions, 0, step, action);
                const Step result = environment->step(action, observation);
                episode.rewards.push_back(result.reward);
                episode.done = result.done;
            }
            if (episode != episodes[0]) return true;
        }
        return false;
    }

    EnvironmentLanes::Factory make_;
    std::vector<Episode> episodes_;  // [seed_count]
};

/// A lane environment of one lane, as the simple form.
class OneLane final : public Environment {
public:
    explicit OneLane(std::unique_ptr<LaneEnvironment> lanes) : lanes_(std::move(lanes)) {}

    [[nodiscard]] const EnvironmentTraits& traits() const noexcept override { return lanes_->traits(); }
    void reset(std::uint64_t seed, std::span<float> observation) override { lanes_->reset({&seed, 1}, observation); }
    Step step(std::span<const float> action, std::span<float> observation) override {
        double reward = nan;
        std::uint8_t done = 0;
        lanes_->step(action, observation, {&reward, 1}, {&done, 1});
        return {reward, done != 0};
    }
    [[nodiscard]] std::span<const double> behaviour() const override { return lanes_->behaviour(0); }

private:
    std::unique_ptr<LaneEnvironment> lanes_;
};

std::unique_ptr<LaneEnvironment> lanes_of(const ControlTask::Factory& make) {
    auto environment = make();
    if (!environment) throw Error("the factory returned null");
    return environment;
}

/// Lanes side by side, each compared with the same episode alone.
class LaneComparison {
public:
    explicit LaneComparison(const ControlTask::Factory& make) : lanes_(lanes_of(make)), traits_(lanes_->traits()) {
        const std::size_t limit = traits_.lane_limit == 0 ? seed_count : traits_.lane_limit;
        for (std::uint64_t seed = 0; seed < std::min<std::size_t>(seed_count, limit); ++seed) {
            seeds_.push_back(seed);
            environments_.push_back(std::make_unique<OneLane>(lanes_of(make)));
            alone_.emplace_back(*environments_.back(), seed);
        }
        observations_.resize(traits_.observations.size() * seeds_.size());
        lanes_->reset(seeds_, observations_);
    }

    /// Nothing, or which lane came out other than alone. Every second lane is given up on the way.
    std::string run() {
        const std::size_t steps = std::min<std::size_t>(40, traits_.step_limit);
        for (std::size_t step = 0; step < steps; ++step) {
            step_lanes(step);
            for (std::size_t lane = 0; lane < seeds_.size(); ++lane) {
                if (as_alone(lane)) continue;
                return "lane " + std::to_string(lane) + " of " + std::to_string(seeds_.size()) +
                       " is other than alone at step " + std::to_string(step + 1);
            }
            if (step == steps / 2) keep_every_second();
        }
        return "";
    }

private:
    void step_lanes(std::size_t step) {
        const std::size_t count = seeds_.size();
        std::vector<float> actions(traits_.actions.size() * count);
        std::vector<float> action(traits_.actions.size());
        for (std::size_t lane = 0; lane < count; ++lane) {
            choose_action(traits_.actions, seeds_[lane], step, action);
            for (std::size_t a = 0; a < action.size(); ++a) actions[a * count + lane] = action[a];
        }
        rewards_.resize(count);
        done_.resize(count);
        lanes_->step(actions, observations_, rewards_, done_);
    }

    /// Steps the lane's episode alone, unless it is over, and compares.
    bool as_alone(std::size_t lane) {
        Play& play = alone_[seeds_[lane]];
        const Episode& episode = play.episode();
        if (episode.done) return true;
        (void)play.step();
        if (rewards_[lane] != episode.rewards.back() || (done_[lane] != 0) != episode.done) return false;
        const std::size_t inputs = traits_.observations.size();
        for (std::size_t i = 0; !episode.done && i < inputs; ++i) {
            const float shown = episode.observations[episode.observations.size() - inputs + i];
            if (observations_[i * seeds_.size() + lane] != shown) return false;
        }
        return true;
    }

    void keep_every_second() {
        std::vector<std::uint32_t> kept;
        std::vector<std::uint64_t> kept_seeds;
        for (std::uint32_t lane = 0; lane < seeds_.size(); lane += 2) {
            kept.push_back(lane);
            kept_seeds.push_back(seeds_[lane]);
        }
        lanes_->keep(kept);
        seeds_ = std::move(kept_seeds);
        observations_.resize(traits_.observations.size() * seeds_.size());
    }

    std::unique_ptr<LaneEnvironment> lanes_;
    const EnvironmentTraits& traits_;
    std::vector<std::uint64_t> seeds_;  // of the lanes there are
    std::vector<std::unique_ptr<OneLane>> environments_;
    std::vector<Play> alone_;  // [seed_count]
    std::vector<float> observations_;
    std::vector<double> rewards_;
    std::vector<std::uint8_t> done_;
};

}  // namespace

TaskCheck check_environment(const EnvironmentLanes::Factory& make) {
    RuleBook rules;
    (void)EnvironmentChecker(make).run(rules);
    return rules.take();
}

TaskCheck check_environment(const ControlTask::Factory& make) {
    RuleBook rules;
    EnvironmentLanes::Factory make_one = [&] { return std::make_unique<OneLane>(lanes_of(make)); };
    const bool sound =
        rules.holds("the factory makes an environment", "return one from every call", [&]() -> std::string {
            // The simple form is looked at without the buffers that EnvironmentLanes puts between.
            const auto lanes = lanes_of(make);
            if (const auto* simple = dynamic_cast<const EnvironmentLanes*>(lanes.get())) make_one = simple->factory();
            return "";
        });
    if (sound && EnvironmentChecker(make_one).run(rules)) {
        rules.holds("a lane is the same alone as among others, and after keep()",
                    "let no lane read another's state, and move every variable in keep()",
                    [&] { return LaneComparison(make).run(); });
    }
    return rules.take();
}

}  // namespace clade
