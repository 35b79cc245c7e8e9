#include <clade/experiment/process/process_environment_internal.hpp>

#include <clade/experiment/process/networks_task_internal.hpp>

#include <numeric>
#include <utility>

namespace clade {
namespace {

EnvironmentTraits traits_of(std::string name, std::string source, const WorkerHello& hello) {
    return {
        .name = std::move(name),
        .observations = hello.input_signals(),
        .actions = hello.choices.empty() ? continuous_actions(hello.output_signals()) : discrete_actions(hello.choices),
        .step_limit = static_cast<std::size_t>(hello.step_limit),
        .solved_return = hello.solved,
        .lane_limit = static_cast<std::size_t>(hello.batch),
        .random = !hello.deterministic,
        .behaviour = hello.behaviour,
        .page = {.source = std::move(source)}};
}

}  // namespace

ProcessEnvironment::ProcessEnvironment(std::string name, std::string source, const std::shared_ptr<WorkerPool>& pool)
    : traits_(traits_of(std::move(name), std::move(source), pool->hello())), worker_(pool) {}

void ProcessEnvironment::reset(std::span<const std::uint64_t> seeds, std::span<float> observations) {
    const std::size_t lanes = seeds.size();
    std::vector<std::uint64_t> sent;
    for (const std::uint64_t seed : seeds) sent.push_back(worker_seed(seed));
    rows_.resize(observations.size());
    worker_->reset(sent, rows_);
    const std::size_t width = traits_.observations.size();
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        for (std::size_t i = 0; i < width; ++i) observations[i * lanes + lane] = rows_[lane * width + i];
    }
    episode_.resize(lanes);
    std::iota(episode_.begin(), episode_.end(), 0);
    over_.assign(lanes, 0);
    behaviour_.assign(lanes * traits_.behaviour.size(), 0.0);
}

void ProcessEnvironment::step(std::span<const float> actions, std::span<float> observations, std::span<double> rewards,
                              std::span<std::uint8_t> done) {
    const std::size_t lanes = episode_.size();
    running_.clear();
    asked_.clear();
    rows_.clear();
    for (std::uint32_t lane = 0; lane < lanes; ++lane) {
        if (over_[lane] != 0) continue;
        running_.push_back(lane);
        asked_.push_back(episode_[lane]);
        for (std::size_t i = 0; i < traits_.actions.size(); ++i) rows_.push_back(actions[i * lanes + lane]);
    }
    if (!running_.empty()) worker_->step(asked_, rows_, steps_);
    const std::size_t width = traits_.observations.size();
    const std::size_t behaviours = traits_.behaviour.size();
    for (std::size_t row = 0; row < running_.size(); ++row) {
        const std::uint32_t lane = running_[row];
        for (std::size_t i = 0; i < width; ++i) observations[i * lanes + lane] = steps_.observations[row * width + i];
        for (std::size_t i = 0; i < behaviours; ++i) {
            behaviour_[lane * behaviours + i] = steps_.behaviour[row * behaviours + i];
        }
        rewards[lane] = steps_.rewards[row];
        over_[lane] = steps_.over[row];
    }
    for (std::size_t lane = 0; lane < lanes; ++lane) done[lane] = over_[lane];
}

void ProcessEnvironment::keep(std::span<const std::uint32_t> lanes) {
    const std::size_t width = traits_.behaviour.size();
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        episode_[i] = episode_[lanes[i]];
        over_[i] = over_[lanes[i]];
        for (std::size_t b = 0; b < width; ++b) behaviour_[i * width + b] = behaviour_[lanes[i] * width + b];
    }
    episode_.resize(lanes.size());
    over_.resize(lanes.size());
    behaviour_.resize(lanes.size() * width);
}

std::span<const double> ProcessEnvironment::behaviour(std::size_t lane) const {
    const std::size_t width = traits_.behaviour.size();
    return std::span(behaviour_).subspan(lane * width, width);
}

}  // namespace clade
