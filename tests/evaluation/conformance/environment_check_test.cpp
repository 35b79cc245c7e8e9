// What the conformance suite says of environments: nothing of a sound one, and which rule a broken one breaks.
#include <clade/evaluation/conformance/task_check.hpp>

#include <clade/core/random/random.hpp>

#include "tests/support/task_checks.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace clade {
namespace {

using testing::broken;

constexpr float float_nan = std::numeric_limits<float>::quiet_NaN();

/// A walk along a line, with a flaw if asked for.
class FlawedWalk final : public Environment {
public:
    enum class Flaw {
        none,
        reset_leaves_one_out,
        step_leaves_one_out,
        writes_nan,
        writes_too_many,
        reward_is_nan,
        remembers,
        forgets_the_seed,
        shares,
        no_behaviour,
        throws,
    };

    explicit FlawedWalk(Flaw flaw = Flaw::none, EnvironmentTraits traits = declared())
        : traits_(std::move(traits)), flaw_(flaw) {}

    static EnvironmentTraits declared() {
        return {.name = "walk",
                .observations = {{.name = "position", .low = -3, .high = 3}, {.name = "step"}},
                .actions = continuous_actions({{.name = "speed", .low = -1, .high = 1}}),
                .step_limit = 50,
                .behaviour = {"position"}};
    }

    [[nodiscard]] const EnvironmentTraits& traits() const noexcept override { return traits_; }

    void reset(std::uint64_t seed, std::span<float> observation) override {
        if (flaw_ != Flaw::remembers) steps_ = 0;
        position() = Stream({flaw_ == Flaw::forgets_the_seed ? 1 : seed, 0, Purpose::episode}, 0).uniform(-1.0, 1.0);
        observe(observation, flaw_ == Flaw::reset_leaves_one_out);
    }

    Step step(std::span<const float> action, std::span<float> observation) override {
        if (flaw_ == Flaw::throws) throw Error("the leg broke");
        position() += 0.2 * double{action[0]};
        ++steps_;
        observe(observation, flaw_ == Flaw::step_leaves_one_out);
        if (flaw_ == Flaw::writes_nan) observation[0] = float_nan;
        if (flaw_ == Flaw::writes_too_many) *(observation.data() + observation.size()) = 1.0F;
        return {.reward = flaw_ == Flaw::reward_is_nan ? double{float_nan} : 1.0, .done = std::abs(position()) > 2.0};
    }

    [[nodiscard]] std::span<const double> behaviour() const override {
        return flaw_ == Flaw::no_behaviour ? std::span<const double>() : std::span<const double>(&own_, 1);
    }

private:
    double& position() {
        static double shared = 0.0;
        return flaw_ == Flaw::shares ? shared : own_;
    }
    void observe(std::span<float> observation, bool leave_one_out) {
        observation[0] = static_cast<float>(position());
        if (!leave_one_out) observation[1] = static_cast<float>(steps_);
    }

    EnvironmentTraits traits_;
    Flaw flaw_;
    double own_ = 0.0;
    int steps_ = 0;
};

std::string broken(FlawedWalk::Flaw flaw) {
    return broken(check_environment([flaw] { return std::make_unique<FlawedWalk>(flaw); }));
}

std::string broken(const EnvironmentTraits& traits) {
    return broken(check_environment([&] { return std::make_unique<FlawedWalk>(FlawedWalk::Flaw::none, traits); }));
}

TEST(CheckEnvironment, FindsNothingWrongWithASoundOne) {
    const TaskCheck check = check_environment([] { return std::make_unique<FlawedWalk>(); });
    EXPECT_EQ(broken(check), "");
    EXPECT_EQ(check.checked.size(), 6U);
}

TEST(CheckEnvironment, FindsObservationsThatAreNotWrittenOrNoNumbers) {
    const std::string rule = "reset() and step() write every observation and a reward, finite numbers: ";
    EXPECT_EQ(broken(FlawedWalk::Flaw::reset_leaves_one_out), rule + "reset(): observation 'step' was not written\n");
    EXPECT_EQ(broken(FlawedWalk::Flaw::step_leaves_one_out), rule + "step 1: observation 'step' was not written\n");
    EXPECT_EQ(broken(FlawedWalk::Flaw::writes_nan), rule + "step 1: observation 'position' is nan\n");
    EXPECT_EQ(broken(FlawedWalk::Flaw::writes_too_many), rule + "step 1: more than 2 observations were written\n");
    EXPECT_EQ(broken(FlawedWalk::Flaw::reward_is_nan), rule + "step 1: the reward is nan\n");
    EXPECT_EQ(broken(FlawedWalk::Flaw::no_behaviour), rule + "behaviour() has 0 numbers where 1 are named\n");
    EXPECT_EQ(broken(FlawedWalk::Flaw::throws), rule + "exception: the leg broke\n");
}

TEST(CheckEnvironment, FindsWhatAnEpisodeLeavesBehind) {
    EXPECT_EQ(
        broken(FlawedWalk::Flaw::remembers),
        "an episode leaves nothing behind for the next: after an episode that was left early, seed 0 gave another "
        "one than before\n");
}

TEST(CheckEnvironment, FindsEpisodesThatAreNotOfTheirSeedAlone) {
    int made = 0;
    const TaskCheck check = check_environment([&] {
        EnvironmentTraits traits = FlawedWalk::declared();
        traits.step_limit = static_cast<std::size_t>(3 + made++);  // each environment is another
        return std::make_unique<FlawedWalk>(FlawedWalk::Flaw::none, traits);
    });
    EXPECT_NE(broken(check).find("equal seeds and actions give equal episodes: "), std::string::npos) << broken(check);
}

TEST(CheckEnvironment, FindsEnvironmentsThatShareState) {
    EXPECT_EQ(broken(FlawedWalk::Flaw::shares),
              "environments share no state: stepped in turns, two environments gave other episodes than apart\n");
}

TEST(CheckEnvironment, FindsThatRandomIsDeclaredWrongly) {
    const std::string rule = "random says whether episodes of different seeds differ: ";
    EXPECT_EQ(broken(FlawedWalk::Flaw::forgets_the_seed), rule + "eight seeds gave the same episode\n");
    EnvironmentTraits fixed = FlawedWalk::declared();
    fixed.random = false;
    EXPECT_EQ(broken(fixed), rule + "two seeds gave different episodes\n");
}

TEST(CheckEnvironment, FindsTraitsThatMakeNoSense) {
    const auto with = [](auto&& change) {
        EnvironmentTraits traits = FlawedWalk::declared();
        change(traits);
        return broken(traits);
    };
    const std::string rule = "the environment's traits make sense: ";
    const std::string place = rule + "environment 'walk': ";
    EXPECT_EQ(with([](auto& traits) { traits.name.clear(); }),
              rule + "an environment's name must be lower-case letters, digits and _, a letter first, got ''\n");
    EXPECT_EQ(with([](auto& traits) { traits.observations.clear(); }), place + "needs at least one observation\n");
    EXPECT_EQ(with([](auto& traits) { traits.actions = {}; }),
              place + "needs at least one action: discrete_actions() or continuous_actions()\n");
    EXPECT_EQ(with([](auto& traits) { traits.step_limit = 0; }), place + "step_limit must be at least 1, got 0\n");
    EXPECT_EQ(with([](auto& traits) { traits.observations[0].low = 5; }),
              place + "observation 'position' must have a low that does not exceed high (3), got 5\n");
    EXPECT_EQ(with([](auto& traits) { traits.observations[1].scale = 0; }),
              place + "observation 'step' must have a scale that is finite and not 0, got 0\n");
    EXPECT_EQ(with([](auto& traits) { traits.actions = continuous_actions({{.name = "speed"}}); }),
              place +
                  "control 'speed' needs a finite low below a finite high, got -inf and inf: outputs are spread over "
                  "that range\n");
    EXPECT_EQ(with([](auto& traits) { traits.actions.choices = {"left"}; }),
              place + "actions must be either choices or controls, got both\n");
    EXPECT_EQ(with([](auto& traits) { traits.solved_return = double{float_nan}; }),
              place + "solved_return must be a finite number, got nan\n");
}

/// Many walks as one lane environment, with a flaw if asked for.
class Walks final : public LaneEnvironment {
public:
    enum class Flaw { none, lanes_mix, keep_moves_nothing };
    explicit Walks(Flaw flaw) : flaw_(flaw) {}

    [[nodiscard]] const EnvironmentTraits& traits() const noexcept override { return traits_; }
    void reset(std::span<const std::uint64_t> seeds, std::span<float> observations) override {
        positions_.clear();
        for (const std::uint64_t seed : seeds) {
            positions_.push_back(Stream({seed, 0, Purpose::episode}, 0).uniform(-1.0, 1.0));
        }
        observe(observations);
    }
    void step(std::span<const float> actions, std::span<float> observations, std::span<double> rewards,
              std::span<std::uint8_t> done) override {
        for (std::size_t lane = 0; lane < positions_.size(); ++lane) {
            positions_[lane] += 0.1 * double{actions[flaw_ == Flaw::lanes_mix ? 0 : lane]};
            rewards[lane] = positions_[lane];
            done[lane] = 0;
        }
        observe(observations);
    }
    void keep(std::span<const std::uint32_t> lanes) override {
        for (std::size_t i = 0; i < lanes.size(); ++i) {
            if (flaw_ != Flaw::keep_moves_nothing) positions_[i] = positions_[lanes[i]];
        }
        positions_.resize(lanes.size());
    }
    [[nodiscard]] std::span<const double> behaviour(std::size_t) const override { return {}; }
    [[nodiscard]] Drawing draw(std::size_t) const override { return {}; }

private:
    void observe(std::span<float> observations) const {
        for (std::size_t lane = 0; lane < positions_.size(); ++lane) {
            observations[lane] = static_cast<float>(positions_[lane]);
        }
    }
    EnvironmentTraits traits_{.name = "walks",
                              .observations = {{.name = "position"}},
                              .actions = continuous_actions({{.name = "speed", .low = -1, .high = 1}})};
    Flaw flaw_;
    std::vector<double> positions_;
};

std::string broken(Walks::Flaw flaw) {
    return broken(check_environment([flaw] { return std::make_unique<Walks>(flaw); }));
}

TEST(CheckEnvironment, FindsLanesThatAreOtherAmongOthers) {
    const std::string rule = "a lane is the same alone as among others, and after keep(): ";
    EXPECT_EQ(broken(Walks::Flaw::none), "");
    EXPECT_EQ(broken(Walks::Flaw::lanes_mix), rule + "lane 1 of 8 is other than alone at step 1\n");
    EXPECT_EQ(broken(Walks::Flaw::keep_moves_nothing), rule + "lane 1 of 4 is other than alone at step 22\n");
}

TEST(CheckEnvironment, FindsThatAFactoryGivesNone) {
    const TaskCheck check = check_environment([]() -> std::unique_ptr<LaneEnvironment> { return nullptr; });
    EXPECT_EQ(broken(check), "the factory makes an environment: exception: the factory returned null\n");
}

TEST(CheckTask, LooksAtTheEnvironmentOfAControlTaskFirst) {
    const auto task = [](FlawedWalk::Flaw flaw) {
        return ControlTask(
            [flaw] {
                return std::make_unique<EnvironmentLanes>([flaw] { return std::make_unique<FlawedWalk>(flaw); });
            },
            {});
    };
    EXPECT_EQ(broken(check_task(task(FlawedWalk::Flaw::none))), "");
    EXPECT_NE(broken(check_task(task(FlawedWalk::Flaw::step_leaves_one_out)))
                  .find("step 1: observation 'step' was not written"),
              std::string::npos);
}

}  // namespace
}  // namespace clade
