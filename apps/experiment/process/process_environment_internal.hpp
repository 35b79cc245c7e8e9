// The environment whose worker is the world.
#pragma once

#include <clade/evaluation/episodes/control_task.hpp>
#include <clade/experiment/process/worker_pool_internal.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace clade {

/// The worker has an environment for each episode of a reset, in their order, and is told which of them to step: those
/// that are over are not.
class ProcessEnvironment final : public LaneEnvironment {
public:
    /// `source` describes the worker for people. Takes a worker for as long as it lives.
    ProcessEnvironment(std::string name, std::string source, const std::shared_ptr<WorkerPool>& pool);

    [[nodiscard]] const EnvironmentTraits& traits() const noexcept override { return traits_; }
    void reset(std::span<const std::uint64_t> seeds, std::span<float> observations) override;
    void step(std::span<const float> actions, std::span<float> observations, std::span<double> rewards,
              std::span<std::uint8_t> done) override;
    void keep(std::span<const std::uint32_t> lanes) override;
    [[nodiscard]] std::span<const double> behaviour(std::size_t lane) const override;
    [[nodiscard]] Drawing draw(std::size_t /*lane*/) const override { return {}; }
    void set_deadline(const Deadline* deadline) override { worker_->set_deadline(deadline); }

private:
    EnvironmentTraits traits_;
    WorkerLease worker_;
    std::vector<std::uint32_t> episode_;  // [lanes]: the worker's number of the lane's episode
    std::vector<std::uint8_t> over_;      // [lanes]
    std::vector<double> behaviour_;       // [lanes x behaviour]
    std::vector<std::uint32_t> running_;  // lanes that are stepped
    std::vector<std::uint32_t> asked_;    // the episodes of these
    std::vector<float> rows_;             // what is sent or was received, a lane's numbers together
    WorkerSteps steps_;
};

}  // namespace clade
