// Environments that step many episodes at once, one per lane, as a structure of arrays.
//
//   state         [variable_count x lanes]      variable v of lane l at state[v * lanes + l]
//   observations  [observations.size() x lanes]
//   actions       [actions.size() x lanes]
//
// A lane gets the same bits alone as among others, at every SIMD level: lanes never mix.
#pragma once

#include <clade/core/simd.hpp>
#include <clade/evaluation/episodes/environment.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace clade {

/// Used by one thread.
class LaneEnvironment {
public:
    virtual ~LaneEnvironment() = default;

    [[nodiscard]] virtual const EnvironmentTraits& traits() const noexcept = 0;

    /// Begins seeds.size() episodes, from now on the lanes, each depending on its seed alone. @pre not more than
    /// traits().lane_limit, if that is set
    virtual void reset(std::span<const std::uint64_t> seeds, std::span<float> observations) = 0;

    /// Steps every lane. What a lane that is done shows and earns from then on means nothing; it may be stepped on.
    virtual void step(std::span<const float> actions, std::span<float> observations, std::span<double> rewards,
                      std::span<std::uint8_t> done) = 0;

    /// Keeps only these lanes, in ascending order.
    virtual void keep(std::span<const std::uint32_t> lanes) = 0;

    /// The behaviour of a lane so far: [traits.behaviour.size()].
    [[nodiscard]] virtual std::span<const double> behaviour(std::size_t lane) const = 0;

    /// A drawing of a lane.
    [[nodiscard]] virtual Drawing draw(std::size_t lane) const = 0;

    /// For an environment whose reset() and step() may take long: when they must end, as Deadline::check() says; null:
    /// never. It is ignored by default. Must outlive its use.
    virtual void set_deadline(const Deadline* /*deadline*/) {}
};

/// Environments of the simple form, one a lane, made as they are needed.
class EnvironmentLanes final : public LaneEnvironment {
public:
    using Factory = std::function<std::unique_ptr<Environment>()>;

    /// Throws Error if the factory gives no environment.
    explicit EnvironmentLanes(Factory factory);

    [[nodiscard]] const Factory& factory() const noexcept { return factory_; }

    [[nodiscard]] const EnvironmentTraits& traits() const noexcept override { return environments_[0]->traits(); }
    void reset(std::span<const std::uint64_t> seeds, std::span<float> observations) override;
    void step(std::span<const float> actions, std::span<float> observations, std::span<double> rewards,
              std::span<std::uint8_t> done) override;
    void keep(std::span<const std::uint32_t> lanes) override;
    [[nodiscard]] std::span<const double> behaviour(std::size_t lane) const override;
    [[nodiscard]] Drawing draw(std::size_t lane) const override;

private:
    void add_environment();

    Factory factory_;
    std::vector<std::unique_ptr<Environment>> environments_;  // at least one; lane l is the l-th
    std::vector<bool> over_;                                  // [lanes]: an episode that is over is not stepped on
    std::vector<float> action_;                               // of one lane
    std::vector<float> observation_;                          // of one lane
};

/// What the kernels of an environment are called with.
struct LanePass {
    double* state;         ///< [variable_count x lanes]
    const float* actions;  ///< [actions.size() x lanes]; null when only observing
    float* observations;   ///< [observations.size() x lanes]
    double* rewards;       ///< [lanes]
    std::uint8_t* done;    ///< [lanes]
    std::size_t lanes;
    const double* constants;  ///< the environment's own parameters
};

/// The dynamics of an environment at one SIMD level (core/kernels_internal.hpp).
struct LaneKernels {
    void (*step)(const LanePass& pass);     ///< new state, rewards, done, observations
    void (*observe)(const LanePass& pass);  ///< observations of the state as it is
};

/// Where a variable of the state starts: uniform in [low, high).
struct StartRange {
    double low = 0.0;
    double high = 0.0;
};

/// An environment that is its traits, its start and its kernels: state of doubles, all lanes in one kernel call.
class KernelEnvironment : public LaneEnvironment {
public:
    /// `start` has an entry a variable of the state.
    KernelEnvironment(EnvironmentTraits traits, std::vector<StartRange> start, std::vector<double> constants,
                      const LaneKernels& kernels);

    [[nodiscard]] const EnvironmentTraits& traits() const noexcept override { return traits_; }
    void reset(std::span<const std::uint64_t> seeds, std::span<float> observations) override;
    void step(std::span<const float> actions, std::span<float> observations, std::span<double> rewards,
              std::span<std::uint8_t> done) override;
    void keep(std::span<const std::uint32_t> lanes) override;
    [[nodiscard]] std::span<const double> behaviour(std::size_t lane) const override;
    [[nodiscard]] Drawing draw(std::size_t lane) const override;

    /// Begins as many lanes as `states` [variable_count x lanes] has, from these states.
    void start_from(std::span<const double> states, std::span<float> observations);
    [[nodiscard]] std::span<const double> state() const noexcept { return state_; }
    [[nodiscard]] std::size_t lanes() const noexcept { return lanes_; }

protected:
    /// The variables of one lane's state: what draw() and behaviour() of a derived class work from.
    [[nodiscard]] std::vector<double> state_of(std::size_t lane) const;

private:
    EnvironmentTraits traits_;
    std::vector<StartRange> start_;
    std::vector<double> constants_;
    const LaneKernels* kernels_;
    std::vector<double> state_;
    std::size_t lanes_ = 0;
};

}  // namespace clade
