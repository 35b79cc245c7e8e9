// Scores a whole generation in parallel: genome in, number out, one slot a genome.
#pragma once

#include <clade/core/parallel.hpp>
#include <clade/evaluation/network/network_compiler.hpp>
#include <clade/evaluation/scoring/racing.hpp>
#include <clade/evaluation/task.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace clade {

/// What an evaluation of a generation did.
struct EvaluationCount {
    std::size_t evaluated = 0;  ///< networks scored, those that dropped out of a race among them
    std::size_t reused = 0;     ///< unchanged genomes whose known fitness was taken over
};

/// The derivatives of a task's loss by the biases and weights of a whole population, in the order of its store's columns.
/// Those of genes that have no part in the network, disabled ones among them, are 0.
struct PopulationGradient {
    std::vector<double> bias;    ///< [node_count of the store]
    std::vector<double> weight;  ///< [connection_count of the store]
};

/// One of the numbers that a task finds beside the fitness, of every genome of a generation.
struct GenomeValues {
    std::string name;            ///< "score.NAME" or "behaviour.NAME", after the task's traits
    std::vector<double> values;  ///< [genome]
};

/// The seeds of one evaluation: a function of these three numbers alone.
[[nodiscard]] Seeds evaluation_seeds(std::uint64_t run_seed, std::uint32_t generation, std::size_t genome);

/// Scores the genomes of a generation on worker threads, an evaluator and a network each. For one thread at a time.
class BatchEvaluator {
public:
    struct Setup {
        NetworkParams network{};  ///< that of the genomes: EvolverSetup::genome.network
        std::uint64_t seed = 0;
        FunctionSet functions{};
        Parallel parallel = Parallel(1);
        RacingParams racing{};
    };

    /// `task` must outlive this object, which a temporary does not; the other form owns it as well. Throws Error if
    /// there is no task, FieldError if it has no episodes to race over, as `racing` asks.
    BatchEvaluator(const Task& task, Setup setup);
    BatchEvaluator(const Task&& task, Setup setup) = delete;
    BatchEvaluator(std::shared_ptr<const Task> task, Setup setup);
    ~BatchEvaluator();

    /// From now on every evaluation ends with Cancelled, after the genomes that are being scored, once `token` asks to
    /// stop: what is being written is unspecified then, and nothing else has changed.
    void cancel_with(std::stop_token token) { cancel_ = std::move(token); }

    /// Scores every genome of `population` into `fitness` [population.size()].
    ///
    /// `known` is empty or has a slot a genome: a number there is the fitness of an unchanged genome, taken over if the
    /// task is deterministic and gives nothing beside the fitness; NaN means not known.
    ///
    /// With racing, genomes drop out before they have played all episodes (racing.hpp says what their fitness is), and no
    /// fitness is taken over: it may be of a genome that dropped out.
    ///
    /// Throws Error if the population does not fit the task, or an exception of the task nested in an Error that names
    /// generation, genome (the lowest index if several throw; with racing, of one round) and task; `fitness` is then
    /// unspecified. NaN and infinities are handed on as they are.
    EvaluationCount evaluate(const GenomeStore& population, std::uint32_t generation, std::span<const double> known,
                             std::vector<double>& fitness);

    /// Scores every variant of genomes of a generation into `fitness` [variants.size()], each with the seeds of the
    /// genome that it is a variant of, `origins` [variants.size()]. Never races. Throws as evaluate() does.
    EvaluationCount evaluate_variants(const GenomeStore& variants, std::uint32_t generation,
                                      std::span<const std::size_t> origins, std::vector<double>& fitness);

    /// As evaluate_variants(), and finds the derivatives of the task's loss as well; `origins` empty: the genomes of the
    /// generation themselves. One pass, forward and backward, counts as one evaluation.
    ///
    /// Throws Error also if the task is not differentiable, or if a network is recurrent or has a function that a user
    /// added.
    EvaluationCount evaluate_gradients(const GenomeStore& variants, std::uint32_t generation,
                                       std::span<const std::size_t> origins, std::vector<double>& fitness,
                                       PopulationGradient& gradient);

    /// What the last evaluation found beside the fitness: first the task's scores, then its behaviour.
    [[nodiscard]] const std::vector<GenomeValues>& values() const noexcept { return values_; }

    /// The rounds of the last evaluate(); empty without racing.
    [[nodiscard]] const std::vector<RaceRound>& race_rounds() const noexcept { return race_rounds_; }

private:
    struct Worker;

    /// What is to be scored. One of `known` and `origins` is empty, or both are.
    struct Batch {
        const GenomeStore& genomes;
        std::uint32_t generation;
        std::span<const double> known;
        std::span<const std::size_t> origins;
        std::span<const std::size_t> runners{};  ///< the only genomes to score, ascending; empty: all

        [[nodiscard]] std::size_t count() const { return runners.empty() ? genomes.size() : runners.size(); }
        [[nodiscard]] std::size_t genome(std::size_t i) const { return runners.empty() ? i : runners[i]; }
        [[nodiscard]] std::size_t origin(std::size_t genome) const {
            return origins.empty() ? genome : origins[genome];
        }
    };

    EvaluationCount score(const Batch& batch, std::vector<double>& fitness);
    EvaluationCount race(const Batch& batch, std::vector<double>& fitness);
    void check(const Batch& batch) const;
    void keep_values(const Evaluator& evaluator, std::size_t genome);
    template <class Score>
    void for_genomes(const Batch& batch, std::vector<double>& fitness, const Score& score);

    std::shared_ptr<const Task> owned_;  // refers to it only where the caller has it
    const Task& task_;
    std::stop_token cancel_;
    Setup setup_;
    std::vector<std::unique_ptr<Worker>> workers_;
    std::vector<GenomeValues> values_;
    std::vector<double> returns_;  // [genome][episode] of a race
    std::vector<RaceRound> race_rounds_;
};

}  // namespace clade
