// The task whose worker scores networks.
#pragma once

#include <clade/evaluation/episodes/episode.hpp>
#include <clade/evaluation/task.hpp>
#include <clade/experiment/process/worker_pool_internal.hpp>

#include <memory>
#include <string>

namespace clade {

/// A seed as the protocol has it: below 2^53, which every language has exactly.
[[nodiscard]] constexpr std::uint64_t worker_seed(std::uint64_t seed) { return seed & ((std::uint64_t{1} << 53) - 1); }

class NetworksTask final : public Task {
public:
    /// `source` describes the worker for people.
    NetworksTask(std::string name, std::string source, EpisodeSeeds seeds, std::shared_ptr<WorkerPool> pool);

    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override;
    [[nodiscard]] TaskPage page() const override;

private:
    class WorkerEvaluator;

    std::string source_;
    EpisodeSeeds seeds_;
    std::shared_ptr<WorkerPool> pool_;
    TaskTraits traits_;
};

}  // namespace clade
