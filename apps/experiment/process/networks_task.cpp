#include <clade/experiment/process/networks_task_internal.hpp>

#include <clade/core/error.hpp>
#include <clade/core/functions/functions.hpp>
#include <clade/core/text.hpp>

#include <string_view>
#include <utility>
#include <vector>

namespace clade {
namespace {

/// The functions that the worker names; all that come with Clade if it names none.
std::vector<std::string> known_or_builtin(const std::vector<std::string>& known,
                                          const std::vector<std::string_view>& builtin) {
    return known.empty() ? std::vector<std::string>(builtin.begin(), builtin.end()) : known;
}

}  // namespace

/// One thread's worker.
class NetworksTask::WorkerEvaluator final : public Evaluator {
public:
    explicit WorkerEvaluator(const NetworksTask& task) : seeds_(task.seeds_), worker_(task.pool_) {}

    double evaluate(Network& network, const Seeds& seeds) override {
        genomes_.assign(1, {&network.program(), seed_of(seeds)});
        ask();
        if (results_[0].failed) throw Error("the worker says of this genome: " + printable(results_[0].error, 300));
        return results_[0].fitness;
    }

    void evaluate_batch(std::span<BatchEvaluation> batch) override {
        genomes_.clear();
        for (const BatchEvaluation& one : batch) genomes_.push_back({&one.network->program(), seed_of(one.seeds)});
        ask();
        for (std::size_t i = 0; i < batch.size(); ++i) {
            batch[i].fitness = results_[i].fitness;
            batch[i].scores = std::move(results_[i].scores);
            batch[i].behaviour = std::move(results_[i].behaviour);
            batch[i].failed = results_[i].failed;
        }
    }

    [[nodiscard]] std::span<const double> scores() const override { return results_[0].scores; }
    [[nodiscard]] std::span<const double> behaviour() const override { return results_[0].behaviour; }

private:
    [[nodiscard]] std::uint64_t seed_of(const Seeds& seeds) const {
        return worker_seed(seeds_ == EpisodeSeeds::fixed ? seeds.run : seeds.generation);
    }

    void ask() {
        results_.assign(genomes_.size(), {});
        worker_->set_deadline(deadline());
        worker_->score(genomes_, results_);
        worker_->set_deadline(nullptr);
    }

    EpisodeSeeds seeds_;
    WorkerLease worker_;
    std::vector<WorkerGenome> genomes_;
    std::vector<WorkerResult> results_;
};

NetworksTask::NetworksTask(std::string name, std::string source, EpisodeSeeds seeds, std::shared_ptr<WorkerPool> pool)
    : source_(std::move(source)), seeds_(seeds), pool_(std::move(pool)) {
    const WorkerHello& hello = pool_->hello();
    traits_ = {.name = std::move(name),
               .input_count = hello.inputs.size(),
               .output_count = hello.outputs.size(),
               .direction = hello.direction,
               .solved_fitness = hello.solved,
               .deterministic = hello.deterministic || seeds == EpisodeSeeds::fixed,
               .feed_forward_only = !hello.recurrent,
               .activations = known_or_builtin(hello.activations, builtin_functions().activations.names()),
               .aggregations = known_or_builtin(hello.aggregations, builtin_functions().aggregations.names()),
               .batch = static_cast<std::size_t>(hello.batch),
               .scores = hello.scores,
               .behaviour = hello.behaviour};
    check_traits(traits_);
}

std::unique_ptr<Evaluator> NetworksTask::make_evaluator() const { return std::make_unique<WorkerEvaluator>(*this); }

TaskPage NetworksTask::page() const {
    return {.inputs = pool_->hello().input_signals(), .outputs = pool_->hello().output_signals(), .source = source_};
}

}  // namespace clade
