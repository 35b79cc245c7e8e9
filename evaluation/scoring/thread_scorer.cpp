#include <clade/evaluation/scoring/thread_scorer.hpp>

#include <clade/core/error.hpp>
#include <clade/core/special_values_internal.hpp>
#include <clade/evaluation/deadline.hpp>
#include <clade/evaluation/network/network_gradient.hpp>
#include <clade/evaluation/scoring/first_failure_internal.hpp>
#include <clade/evaluation/scoring/score_check_internal.hpp>
#include <clade/evaluation/seeds.hpp>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <iterator>
#include <string>

namespace clade {
/// What one thread scores with.
struct ThreadScorer::Worker {
    explicit Worker(SimdLevel level) : simd(level), network({}, level) {}

    /// Gets the evaluator ready for the generation.
    void begin(const Task& task, const Generation& generation) {
        if (!evaluator) {
            evaluator = task.make_evaluator();
            if (!evaluator) throw Error("make_evaluator() returned null");
            evaluator->set_deadline(&deadline);
        }
        if (!begun) evaluator->begin_generation(generation.number);
        begun = true;
    }

    /// Gets ready for a genome, and returns the seeds of its evaluation.
    Seeds take(const Task& task, const Generation& generation, std::size_t genome) {
        begin(task, generation);
        const Seeds seeds = decode(generation, genome, network);
        if (needs_gradient) check_differentiable(network.program(), generation.functions);
        return seeds;
    }

    /// The same for several genomes, which are to be scored together.
    void take_batch(const Task& task, const Generation& generation, std::span<const std::size_t> genomes) {
        begin(task, generation);
        while (networks.size() < genomes.size()) networks.emplace_back(FunctionSet{}, simd);
        batch.assign(genomes.size(), {});
        for (std::size_t i = 0; i < genomes.size(); ++i) {
            networks[i].use(generation.functions);
            batch[i].seeds = decode(generation, genomes[i], networks[i]);
            batch[i].network = &networks[i];
        }
    }

    /// Makes a genome's network, and returns the seeds of its evaluation.
    Seeds decode(const Generation& generation, std::size_t genome, Network& into) const {
        decoder->decode(generation.genomes[genome], generation.network, into.program());
        into.reset();
        if (!generation.held_out.empty()) return held_out_seeds(generation.seed, generation.held_out[genome]);
        return evaluation_seeds(generation.seed, generation.number, generation.place_of(genome));
    }

    void begin_limit(double seconds) {
        deadline.begin(seconds);
        if (slot != nullptr) slot->count_evaluation();
    }

    /// Writes the derivatives of the genome taken, whose rows begin at these, which are 0.
    void scatter(double* bias, double* weight) {
        decoder->trace_origin(origin);
        for (std::size_t n = 0; n < origin.node.size(); ++n) bias[origin.node[n]] = gradient.bias()[n];
        for (std::size_t c = 0; c < origin.connection.size(); ++c) weight[origin.connection[c]] = gradient.weight()[c];
    }

    SimdLevel simd;
    std::unique_ptr<Decoder> decoder;
    Network network;
    std::vector<Network> networks;       // those of a batch
    std::vector<BatchEvaluation> batch;  // of the first networks
    ProgramOrigin origin;
    NetworkGradient gradient;
    Deadline deadline;
    std::unique_ptr<Evaluator> evaluator;  // made when first needed, in its thread
    bool begun = false;                    // whether the evaluator knows of the generation that is being scored
    bool needs_gradient = false;
    ScoringSlot* slot = nullptr;
    std::vector<GenomeFailure> failures;  // of the genomes that it is scoring, in any order
};

ThreadScorer::ThreadScorer(const Task& task, ThreadScorerSetup setup)
    : ThreadScorer(std::shared_ptr<const Task>(std::shared_ptr<const Task>(), &task), std::move(setup)) {}

ThreadScorer::ThreadScorer(std::shared_ptr<const Task> task, ThreadScorerSetup setup)
    : task_(std::move(task)), setup_(std::move(setup)) {
    if (!task_) throw Error("a ThreadScorer needs a task, got null");
    check_traits(task_->traits());
    for (std::size_t i = 0; i < setup_.parallel.threads(); ++i) {
        workers_.push_back(std::make_unique<Worker>(setup_.parallel.simd()));
    }
}

ThreadScorer::ThreadScorer(ThreadScorer&& other) noexcept = default;
ThreadScorer::~ThreadScorer() = default;

/// Makes room for the scores, and the workers ready for the generation.
void ThreadScorer::prepare(const Generation& generation, ScoreTable& scores) {
    check(generation);
    const std::vector<std::string> columns = score_column_names(task_->traits());
    scores.columns.resize(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) scores.columns[i].name = columns[i];
    scores.resize(generation.genomes.size());
    scores.merit.clear();
    scores.rounds.clear();
    scores.failures.clear();
    scores.evaluated = generation.genomes.size();
    scores.reused = 0;
    for (const auto& worker : workers_) {
        worker->begun = false;
        worker->needs_gradient = false;
        worker->network.use(generation.functions);
        if (worker->decoder && worker->decoder->genome_shape() == generation.genomes.shape()) continue;
        worker->decoder =
            setup_.decoder ? setup_.decoder->clone() : std::make_unique<DirectDecoder>(generation.genomes.shape());
    }
}

/// score(worker, failure, begin, end) for all of 0 to `count`, in shares and in any order.
template <class Score>
void ThreadScorer::for_shares(const Generation& generation, std::size_t count, std::size_t share, const Score& score) {
    std::atomic<std::size_t> next = 0;
    FirstFailure failure;
    for (std::size_t i = 0; i < workers_.size(); ++i) {
        workers_[i]->deadline.cancel_with(cancel_);
        workers_[i]->slot = i < slots_.size() ? &slots_[i] : nullptr;
        workers_[i]->failures.clear();
    }
    setup_.parallel.for_ranges(setup_.parallel.threads(), 1, [&](std::size_t, std::size_t, std::size_t worker) {
        for (std::size_t begin = next.fetch_add(share); begin < count; begin = next.fetch_add(share)) {
            score(*workers_[worker], failure, begin, std::min(begin + share, count));
        }
        if (workers_[worker]->slot != nullptr) workers_[worker]->slot->end();
    });
    if (cancel_.stop_requested()) {
        throw Cancelled("the evaluation of generation " + std::to_string(generation.number) + " was cancelled");
    }
    if (failure.happened()) {
        failure.rethrow(generation.number, generation.place_of(failure.genome()), task_->traits().name);
    }
}

/// score(worker, genome) for every one of these genomes, or for all if there are none, in any order.
template <class Score>
void ThreadScorer::for_genomes(const Generation& generation, std::span<const std::size_t> genomes, const Score& score) {
    const std::size_t count = genomes.empty() ? generation.genomes.size() : genomes.size();
    // Every thread takes the next few genomes as soon as it is free, few enough that none is left with much at the end.
    const std::size_t share = std::clamp<std::size_t>(count / (setup_.parallel.threads() * 32), 1, 32);
    for_shares(generation, count, share,
               [&](Worker& worker, FirstFailure& failure, std::size_t begin, std::size_t end) {
                   for (std::size_t i = begin; i < end; ++i) {
                       const std::size_t genome = genomes.empty() ? i : genomes[i];
                       if (failure.precedes(genome) || cancel_.stop_requested()) continue;
                       failure.watch(genome, [&] { score(worker, genome); });
                   }
               });
}

/// evaluate(seeds), and once more if that fails and is to be tried again, gives the genome its fitness.
template <class Evaluate>
void ThreadScorer::attempt(Worker& worker, const Generation& generation, std::size_t genome, ScoreTable& scores,
                           const Evaluate& evaluate) {
    const auto [on_failure, seconds] = setup_.failure;
    if (worker.slot != nullptr) worker.slot->begin(generation.number, generation.place_of(genome));
    for (bool last = on_failure != OnFailure::retry;; last = true) {
        const Seeds seeds = worker.take(*task_, generation, genome);
        try {
            if (seconds > 0.0) worker.begin_limit(seconds);
            scores.fitness[genome] = evaluate(seeds);
            if (seconds > 0.0) worker.deadline.check();
            if (last || std::isfinite(scores.fitness[genome])) return;
        } catch (const LogicError&) {
            throw;
        } catch (...) {
            if (on_failure == OnFailure::stop || cancel_.stop_requested()) throw;
            worker.evaluator.reset();  // who knows what state it is in
            worker.begun = false;
            if (!last) continue;
            worker.failures.push_back(failure_of(genome, std::current_exception()));
            scores.fitness[genome] = nan;
            for (ScoreColumn& column : scores.columns) column.values[genome] = nan;
            return;
        }
    }
}

/// Those of all workers become those of the scores, in their order.
void ThreadScorer::gather_failures(ScoreTable& scores) {
    for (const auto& worker : workers_) {
        scores.failures.insert(scores.failures.end(), std::make_move_iterator(worker->failures.begin()),
                               std::make_move_iterator(worker->failures.end()));
    }
    std::ranges::sort(scores.failures, {}, &GenomeFailure::genome);
}

void ThreadScorer::score(const Generation& generation, ScoreTable& scores) {
    prepare(generation, scores);
    const bool may_reuse = !generation.known_fitness.empty() && task_->traits().deterministic && scores.columns.empty();
    due_.clear();
    for (std::size_t genome = 0; genome < generation.genomes.size(); ++genome) {
        const bool known = may_reuse && !std::isnan(generation.known_fitness[genome]);
        if (!known) due_.push_back(genome);
        if (known) scores.fitness[genome] = generation.known_fitness[genome];
    }
    if (task_->traits().batch > 1) {
        score_batches(generation, due_, scores);
    } else if (!due_.empty()) {
        for_genomes(generation, due_,
                    [&](Worker& worker, std::size_t genome) { evaluate_alone(worker, generation, genome, scores); });
    }
    gather_failures(scores);
    scores.complete_failures();
    scores.evaluated = due_.size();
    scores.reused = generation.genomes.size() - due_.size();
}

void ThreadScorer::evaluate_alone(Worker& worker, const Generation& generation, std::size_t genome,
                                  ScoreTable& scores) {
    attempt(worker, generation, genome, scores, [&](const Seeds& seeds) {
        const double fitness = worker.evaluator->evaluate(worker.network, seeds);
        keep_columns(*worker.evaluator, genome, scores);
        return fitness;
    });
}

/// Returns the genomes that must be scored alone: all of them if something went wrong.
std::vector<std::size_t> ThreadScorer::evaluate_together(Worker& worker, const Generation& generation,
                                                         std::span<const std::size_t> genomes, ScoreTable& scores) {
    const auto [on_failure, seconds] = setup_.failure;
    if (worker.slot != nullptr) worker.slot->begin(generation.number, generation.place_of(genomes.front()));
    worker.take_batch(*task_, generation, genomes);
    try {
        if (seconds > 0.0) worker.begin_limit(seconds * static_cast<double>(genomes.size()));
        worker.evaluator->evaluate_batch(worker.batch);
    } catch (const LogicError&) {
        throw;
    } catch (...) {
        if (cancel_.stop_requested()) throw;
        worker.evaluator.reset();
        worker.begun = false;
        return {genomes.begin(), genomes.end()};
    }
    std::vector<std::size_t> alone;
    for (std::size_t i = 0; i < genomes.size(); ++i) {
        const BatchEvaluation& one = worker.batch[i];
        if (one.failed || (on_failure == OnFailure::retry && !std::isfinite(one.fitness))) {
            alone.push_back(genomes[i]);
            continue;
        }
        scores.fitness[genomes[i]] = one.fitness;
        keep_columns(one.scores, one.behaviour, genomes[i], scores);
    }
    return alone;
}

void ThreadScorer::score_batches(const Generation& generation, std::span<const std::size_t> genomes,
                                 ScoreTable& scores) {
    // Smaller than the task allows where threads would wait for the last batch.
    const std::size_t share =
        std::clamp<std::size_t>(genomes.size() / (setup_.parallel.threads() * 4), 1, task_->traits().batch);
    for_shares(generation, genomes.size(), share,
               [&](Worker& worker, FirstFailure& failure, std::size_t begin, std::size_t end) {
                   const std::span<const std::size_t> batch = genomes.subspan(begin, end - begin);
                   std::vector<std::size_t> alone(batch.begin(), batch.end());
                   if (failure.precedes(batch.front()) || cancel_.stop_requested()) return;
                   if (batch.size() > 1) {
                       alone.clear();  // no genome of a batch that fails as a whole is scored further
                       failure.watch(batch.front(),
                                     [&] { alone = evaluate_together(worker, generation, batch, scores); });
                   }
                   for (const std::size_t genome : alone) {
                       if (failure.precedes(genome) || cancel_.stop_requested()) return;
                       failure.watch(genome, [&] { evaluate_alone(worker, generation, genome, scores); });
                   }
               });
}

void ThreadScorer::score_with_gradient(const Generation& generation, ScoreTable& scores, PopulationGradient& gradient) {
    if (!task_->traits().differentiable) throw Error("task '" + task_->traits().name + "' has no gradient");
    const GenomeStore& genomes = generation.genomes;
    prepare(generation, scores);
    for (const auto& worker : workers_) worker->needs_gradient = true;
    gradient.bias.assign(genomes.node_count(), 0.0);
    gradient.weight.assign(genomes.connection_count(), 0.0);
    for_genomes(generation, {}, [&](Worker& worker, std::size_t genome) {
        attempt(worker, generation, genome, scores, [&](const Seeds& seeds) {
            const double fitness = worker.evaluator->gradient(worker.network, seeds, worker.gradient);
            keep_columns(*worker.evaluator, genome, scores);
            worker.scatter(gradient.bias.data() + genomes.node_begin(genome),
                           gradient.weight.data() + genomes.connection_begin(genome));
            return fitness;
        });
    });
    gather_failures(scores);
    scores.complete_failures();
}

void ThreadScorer::play(const Generation& generation, const Episodes& episodes, ScoreTable& scores) {
    if (episodes.first == 0 || scores.fitness.size() != generation.genomes.size()) prepare(generation, scores);
    const std::size_t stride = task_->traits().episodes;
    for_genomes(generation, episodes.genomes, [&](Worker& worker, std::size_t genome) {
        const bool failed = std::ranges::binary_search(scores.failures, genome, {}, &GenomeFailure::genome);
        if (failed) return;
        attempt(worker, generation, genome, scores, [&](const Seeds& seeds) {
            const std::span<double> played = episodes.returns.subspan(genome * stride, episodes.first + episodes.count);
            worker.evaluator->play(worker.network, seeds, episodes.first, played.subspan(episodes.first));
            const double fitness = worker.evaluator->fitness_of(played);
            if (episodes.first == 0) keep_columns(*worker.evaluator, genome, scores);
            return fitness;
        });
    });
    gather_failures(scores);
}

/// Throws LogicError if the evaluator gives other numbers than the task's traits name.
void ThreadScorer::keep_columns(std::span<const double> scores_found, std::span<const double> behaviour,
                                std::size_t genome, ScoreTable& scores) const {
    const TaskTraits& traits = task_->traits();
    const auto keep = [&](std::span<const double> found, std::size_t named, std::size_t first, const char* what) {
        if (found.size() != named) {
            throw LogicError("the evaluator gives " + std::to_string(found.size()) + " numbers of " + what +
                             ", task '" + traits.name + "' names " + std::to_string(named));
        }
        for (std::size_t i = 0; i < named; ++i) scores.columns[first + i].values[genome] = found[i];
    };
    keep(scores_found, traits.scores.size(), 0, "scores");
    keep(behaviour, traits.behaviour.size(), traits.scores.size(), "behaviour");
}

void ThreadScorer::keep_columns(const Evaluator& evaluator, std::size_t genome, ScoreTable& scores) const {
    keep_columns(evaluator.scores(), evaluator.behaviour(), genome, scores);
}

void ThreadScorer::check(const Generation& generation) const {
    const TaskTraits& traits = task_->traits();
    const std::size_t count = generation.genomes.size();
    const GenomeShape& shape = generation.genomes.shape();
    if (setup_.decoder && shape != setup_.decoder->genome_shape()) {
        throw Error("the decoder reads genomes with " + describe(setup_.decoder->genome_shape()) + ", these have " +
                    describe(shape));
    }
    if (!setup_.decoder && (shape.input_count != traits.input_count || shape.output_count != traits.output_count)) {
        throw Error("task '" + traits.name + "' has " + std::to_string(traits.input_count) + " inputs and " +
                    std::to_string(traits.output_count) + " outputs, the genomes " + std::to_string(shape.input_count) +
                    " and " + std::to_string(shape.output_count));
    }
    if (!generation.known_fitness.empty() && generation.known_fitness.size() != count) {
        throw Error("known fitness has " + std::to_string(generation.known_fitness.size()) + " slots for " +
                    std::to_string(count) + " genomes");
    }
    if (!generation.origins.empty() && generation.origins.size() != count) {
        throw Error("origins are given of " + std::to_string(generation.origins.size()) + " of " +
                    std::to_string(count) + " variants");
    }
    if (!generation.held_out.empty() && generation.held_out.size() != count) {
        throw Error("numbers of held-out evaluations are given for " + std::to_string(generation.held_out.size()) +
                    " of " + std::to_string(count) + " genomes");
    }
}

}  // namespace clade
