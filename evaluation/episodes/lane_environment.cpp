#include <clade/evaluation/episodes/lane_environment.hpp>

#include <clade/core/check.hpp>
#include <clade/core/random/random.hpp>

#include <algorithm>

namespace clade {

EnvironmentLanes::EnvironmentLanes(Factory factory) : factory_(std::move(factory)) {
    add_environment();
    action_.resize(traits().actions.size());
    observation_.resize(traits().observations.size());
}

void EnvironmentLanes::add_environment() {
    auto environment = factory_();
    if (!environment) throw Error("the factory of an environment returned null");
    environments_.push_back(std::move(environment));
}

void EnvironmentLanes::reset(std::span<const std::uint64_t> seeds, std::span<float> observations) {
    const std::size_t lanes = seeds.size();
    CLADE_CHECK(observations.size() == observation_.size() * lanes, "a lane has a number an observation");
    while (environments_.size() < lanes) add_environment();
    over_.assign(lanes, false);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        environments_[lane]->reset(seeds[lane], observation_);
        for (std::size_t i = 0; i < observation_.size(); ++i) observations[i * lanes + lane] = observation_[i];
    }
}

void EnvironmentLanes::step(std::span<const float> actions, std::span<float> observations, std::span<double> rewards,
                            std::span<std::uint8_t> done) {
    const std::size_t lanes = over_.size();
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        if (over_[lane]) continue;
        for (std::size_t i = 0; i < action_.size(); ++i) action_[i] = actions[i * lanes + lane];
        const Step step = environments_[lane]->step(action_, observation_);
        for (std::size_t i = 0; i < observation_.size(); ++i) observations[i * lanes + lane] = observation_[i];
        rewards[lane] = step.reward;
        done[lane] = step.done ? 1 : 0;
        over_[lane] = step.done;
    }
}

void EnvironmentLanes::keep(std::span<const std::uint32_t> lanes) {
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        std::swap(environments_[i], environments_[lanes[i]]);  // ascending: i <= lanes[i], and none is needed twice
        over_[i] = over_[lanes[i]];
    }
    over_.resize(lanes.size());
}

std::span<const double> EnvironmentLanes::behaviour(std::size_t lane) const { return environments_[lane]->behaviour(); }

Drawing EnvironmentLanes::draw(std::size_t lane) const { return environments_[lane]->draw(); }

KernelEnvironment::KernelEnvironment(EnvironmentTraits traits, std::vector<StartRange> start,
                                     std::vector<double> constants, const LaneKernels& kernels)
    : traits_(std::move(traits)), start_(std::move(start)), constants_(std::move(constants)), kernels_(&kernels) {}

void KernelEnvironment::reset(std::span<const std::uint64_t> seeds, std::span<float> observations) {
    lanes_ = seeds.size();
    state_.resize(start_.size() * lanes_);
    for (std::size_t lane = 0; lane < lanes_; ++lane) {
        Stream stream({seeds[lane], 0, Purpose::episode}, 0);
        for (std::size_t v = 0; v < start_.size(); ++v) {
            state_[v * lanes_ + lane] = stream.uniform(start_[v].low, start_[v].high);
        }
    }
    kernels_->observe({state_.data(), nullptr, observations.data(), nullptr, nullptr, lanes_, constants_.data()});
}

void KernelEnvironment::start_from(std::span<const double> states, std::span<float> observations) {
    state_.assign(states.begin(), states.end());
    lanes_ = states.size() / start_.size();
    kernels_->observe({state_.data(), nullptr, observations.data(), nullptr, nullptr, lanes_, constants_.data()});
}

void KernelEnvironment::step(std::span<const float> actions, std::span<float> observations, std::span<double> rewards,
                             std::span<std::uint8_t> done) {
    CLADE_CHECK(actions.size() == traits_.actions.size() * lanes_ && rewards.size() == lanes_ && done.size() == lanes_,
                "a lane has a number an action, a reward and a mark");
    kernels_->step(
        {state_.data(), actions.data(), observations.data(), rewards.data(), done.data(), lanes_, constants_.data()});
}

void KernelEnvironment::keep(std::span<const std::uint32_t> lanes) {
    double* next = state_.data();
    for (std::size_t v = 0; v < start_.size(); ++v) {
        for (const std::uint32_t lane : lanes)
            *next++ = state_[v * lanes_ + lane];  // ascending: never ahead of reading
    }
    lanes_ = lanes.size();
    state_.resize(start_.size() * lanes_);
}

std::span<const double> KernelEnvironment::behaviour(std::size_t /*lane*/) const { return {}; }

Drawing KernelEnvironment::draw(std::size_t /*lane*/) const { return {}; }

std::vector<double> KernelEnvironment::state_of(std::size_t lane) const {
    std::vector<double> variables(start_.size());
    for (std::size_t v = 0; v < variables.size(); ++v) variables[v] = state_[v * lanes_ + lane];
    return variables;
}

}  // namespace clade
