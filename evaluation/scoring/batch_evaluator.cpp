#include <clade/evaluation/scoring/batch_evaluator.hpp>

#include <clade/core/error.hpp>
#include <clade/core/random/random.hpp>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <limits>
#include <mutex>
#include <string>

namespace clade {
namespace {

/// The failure with the lowest genome index. Genomes behind it need not be scored any more, those before it must be:
/// so the same one is found whatever the threads.
class FirstFailure {
public:
    [[nodiscard]] bool precedes(std::size_t genome) const { return index_.load() < genome; }

    void add(std::size_t genome, std::exception_ptr exception) {
        const std::lock_guard lock(mutex_);
        if (genome >= index_.load()) return;
        index_.store(genome);
        exception_ = std::move(exception);
    }

    /// The genome it happened to; @pre there was a failure.
    [[nodiscard]] std::size_t genome() const { return index_.load(); }

    [[nodiscard]] bool happened() const { return exception_ != nullptr; }

    [[noreturn]] void rethrow(std::uint32_t generation, std::size_t genome, const std::string& task) const {
        const std::string place = "generation " + std::to_string(generation) + ", genome " + std::to_string(genome) +
                                  ", task '" + task + "': ";
        try {
            std::rethrow_exception(exception_);
        } catch (const std::exception& error) {
            std::throw_with_nested(Error(place + error.what()));
        } catch (...) {
            std::throw_with_nested(Error(place + "unknown exception"));
        }
    }

private:
    std::mutex mutex_;
    std::atomic<std::size_t> index_ = std::numeric_limits<std::size_t>::max();
    std::exception_ptr exception_;
};

const Task& existing(const std::shared_ptr<const Task>& task) {
    if (!task) throw Error("there is no task to score with");
    return *task;
}

}  // namespace

Seeds evaluation_seeds(std::uint64_t run_seed, std::uint32_t generation, std::size_t genome) {
    return {.run = Stream({run_seed, 0, Purpose::evaluate_run}, 0).bits64(),
            .generation = Stream({run_seed, generation, Purpose::evaluate_generation}, 0).bits64(),
            .genome = Stream({run_seed, generation, Purpose::evaluation}, genome).bits64()};
}

/// What one thread scores with.
struct BatchEvaluator::Worker {
    explicit Worker(const Setup& setup) : network(setup.functions, setup.parallel.simd()) {}

    /// Gets ready for a genome, and returns the seeds of its evaluation.
    Seeds take(const Task& task, const Batch& batch, std::size_t genome, const Setup& setup) {
        if (!evaluator) evaluator = task.make_evaluator();
        if (!evaluator) throw Error("make_evaluator() gave none");
        compiler.compile(batch.genomes[genome], batch.genomes.shape(), setup.network, network.program());
        network.reset();
        return evaluation_seeds(setup.seed, batch.generation, batch.origin(genome));
    }

    /// Writes the derivatives of the genome taken, whose rows begin at these, which are 0.
    void scatter(double* bias, double* weight) {
        compiler.trace_origin(origin);
        for (std::size_t n = 0; n < origin.node.size(); ++n) bias[origin.node[n]] = gradient.bias()[n];
        for (std::size_t c = 0; c < origin.connection.size(); ++c) weight[origin.connection[c]] = gradient.weight()[c];
    }

    NetworkCompiler compiler;
    Network network;
    ProgramOrigin origin;
    NetworkGradient gradient;
    std::unique_ptr<Evaluator> evaluator;  // made when first needed, in its thread
};

BatchEvaluator::BatchEvaluator(const Task& task, Setup setup)
    : BatchEvaluator(std::shared_ptr<const Task>(std::shared_ptr<const Task>(), &task), std::move(setup)) {}

BatchEvaluator::BatchEvaluator(std::shared_ptr<const Task> task, Setup setup)
    : owned_(std::move(task)), task_(existing(owned_)), setup_(std::move(setup)) {
    ThrowingSink issues;
    clade::check(setup_.racing, task_.traits(), "racing", issues);
    issues.finish();
    for (std::size_t i = 0; i < setup_.parallel.threads(); ++i) workers_.push_back(std::make_unique<Worker>(setup_));
    for (const std::string& name : task_.traits().scores) values_.push_back({"score." + name, {}});
    for (const std::string& name : task_.traits().behaviour) values_.push_back({"behaviour." + name, {}});
}

BatchEvaluator::~BatchEvaluator() = default;

/// Makes room, then score(worker, genome) for every genome to score, in any order.
template <class Score>
void BatchEvaluator::for_genomes(const Batch& batch, std::vector<double>& fitness, const Score& score) {
    check(batch);
    const std::size_t count = batch.count();
    const std::size_t threads = setup_.parallel.threads();
    fitness.resize(batch.genomes.size());
    for (GenomeValues& column : values_) column.values.resize(batch.genomes.size());
    std::atomic<std::size_t> next = 0;
    FirstFailure failure;
    const auto score_one = [&](Worker& worker, std::size_t genome) {
        if (failure.precedes(genome) || cancel_.stop_requested()) return;
        try {
            score(worker, genome);
        } catch (...) {
            failure.add(genome, std::current_exception());
        }
    };
    // Every thread takes the next few genomes as soon as it is free, few enough that none is left with much at the end.
    const std::size_t share = std::clamp<std::size_t>(count / (threads * 32), 1, 32);
    setup_.parallel.for_ranges(threads, 1, [&](std::size_t, std::size_t, std::size_t worker) {
        for (std::size_t begin = next.fetch_add(share); begin < count; begin = next.fetch_add(share)) {
            for (std::size_t i = begin; i < std::min(begin + share, count); ++i) {
                score_one(*workers_[worker], batch.genome(i));
            }
        }
    });
    if (cancel_.stop_requested()) {
        throw Cancelled("the evaluation of generation " + std::to_string(batch.generation) + " was called off");
    }
    if (failure.happened()) {
        failure.rethrow(batch.generation, batch.origin(failure.genome()), task_.traits().name);
    }
}

EvaluationCount BatchEvaluator::evaluate(const GenomeStore& population, std::uint32_t generation,
                                         std::span<const double> known, std::vector<double>& fitness) {
    const Batch batch{population, generation, known, {}};
    return setup_.racing.is_on() ? race(batch, fitness) : score(batch, fitness);
}

EvaluationCount BatchEvaluator::evaluate_variants(const GenomeStore& variants, std::uint32_t generation,
                                                  std::span<const std::size_t> origins, std::vector<double>& fitness) {
    return score({variants, generation, {}, origins}, fitness);
}

EvaluationCount BatchEvaluator::score(const Batch& batch, std::vector<double>& fitness) {
    const bool may_reuse = !batch.known.empty() && task_.traits().deterministic && values_.empty();
    std::atomic<std::size_t> reused = 0;
    for_genomes(batch, fitness, [&](Worker& worker, std::size_t genome) {
        if (may_reuse && !std::isnan(batch.known[genome])) {
            fitness[genome] = batch.known[genome];
            ++reused;
            return;
        }
        const Seeds seeds = worker.take(task_, batch, genome, setup_);
        fitness[genome] = worker.evaluator->evaluate(worker.network, seeds);
        keep_values(*worker.evaluator, genome);
    });
    return {.evaluated = batch.genomes.size() - reused, .reused = reused};
}

EvaluationCount BatchEvaluator::race(const Batch& batch, std::vector<double>& fitness) {
    const std::size_t episodes = task_.traits().episodes;
    Race race(setup_.racing, batch.genomes.size(), episodes, task_.traits().objective);
    returns_.resize(batch.genomes.size() * episodes);
    while (!race.finished()) {
        const std::size_t first = race.first_episode();
        Batch round = batch;
        round.runners = race.runners();
        for_genomes(round, fitness, [&](Worker& worker, std::size_t genome) {
            const std::span<double> returns(returns_.data() + genome * episodes, first + race.round_episodes());
            const Seeds seeds = worker.take(task_, batch, genome, setup_);
            worker.evaluator->play(worker.network, seeds, first, returns.subspan(first));
            fitness[genome] = worker.evaluator->fitness_of(returns);
            if (first == 0) keep_values(*worker.evaluator, genome);
        });
        race.end_round(fitness);
    }
    race.settle(fitness);
    race_rounds_ = race.rounds();
    return {.evaluated = batch.genomes.size(), .reused = 0};
}

EvaluationCount BatchEvaluator::evaluate_gradients(const GenomeStore& variants, std::uint32_t generation,
                                                   std::span<const std::size_t> origins, std::vector<double>& fitness,
                                                   PopulationGradient& gradient) {
    if (!task_.traits().differentiable) throw Error("task '" + task_.traits().name + "' has no gradient");
    gradient.bias.assign(variants.node_count(), 0.0);
    gradient.weight.assign(variants.connection_count(), 0.0);
    const Batch batch{variants, generation, {}, origins};
    for_genomes(batch, fitness, [&](Worker& worker, std::size_t genome) {
        const Seeds seeds = worker.take(task_, batch, genome, setup_);
        check_differentiable(worker.network.program(), setup_.functions);
        fitness[genome] = worker.evaluator->gradient(worker.network, seeds, worker.gradient);
        keep_values(*worker.evaluator, genome);
        worker.scatter(gradient.bias.data() + variants.node_begin(genome),
                       gradient.weight.data() + variants.connection_begin(genome));
    });
    return {.evaluated = variants.size(), .reused = 0};
}

/// Throws Error if the evaluator gives other numbers than the task's traits name.
void BatchEvaluator::keep_values(const Evaluator& evaluator, std::size_t genome) {
    const TaskTraits& traits = task_.traits();
    const auto keep = [&](std::span<const double> found, std::size_t named, std::size_t first, const char* what) {
        if (found.size() != named) {
            throw Error("the evaluator gives " + std::to_string(found.size()) + " numbers of " + what + ", task '" +
                        traits.name + "' names " + std::to_string(named));
        }
        for (std::size_t i = 0; i < named; ++i) values_[first + i].values[genome] = found[i];
    };
    keep(evaluator.scores(), traits.scores.size(), 0, "scores");
    keep(evaluator.behaviour(), traits.behaviour.size(), traits.scores.size(), "behaviour");
}

void BatchEvaluator::check(const Batch& batch) const {
    const TaskTraits& traits = task_.traits();
    const std::size_t count = batch.genomes.size();
    const GenomeShape& shape = batch.genomes.shape();
    if (shape.input_count != traits.input_count || shape.output_count != traits.output_count) {
        throw Error("task '" + traits.name + "' has " + std::to_string(traits.input_count) + " inputs and " +
                    std::to_string(traits.output_count) + " outputs, the genomes " + std::to_string(shape.input_count) +
                    " and " + std::to_string(shape.output_count));
    }
    if (!batch.known.empty() && batch.known.size() != count) {
        throw Error("known fitness has " + std::to_string(batch.known.size()) + " slots for " + std::to_string(count) +
                    " genomes");
    }
    if (!batch.origins.empty() && batch.origins.size() != count) {
        throw Error("origins are given of " + std::to_string(batch.origins.size()) + " of " + std::to_string(count) +
                    " variants");
    }
}

}  // namespace clade
