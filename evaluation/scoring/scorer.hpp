// Scorers: score the genomes of a generation. Derive to score them in your own way.
//
//   ThreadScorer scorer(task);
//   ScoreTable scores;
//   for (...) {
//       scorer.score(evolver.ask(), scores);
//       evolver.tell(scores);
//   }
//
// ThreadScorer gives each network to an evaluator of a task. A scorer of your own sees the whole generation at once: for
// matches between genomes, a simulator of many bodies, or networks that are scored elsewhere.
#pragma once

#include <clade/core/error.hpp>
#include <clade/core/generation.hpp>
#include <clade/core/score_table.hpp>
#include <clade/evaluation/scoring/scoring_slot.hpp>

#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace clade {

class Task;

/// The derivatives of a loss by the biases and weights of a whole population, in the order of its store's columns. Those
/// of genes that have no part in the network, disabled ones among them, are 0.
struct PopulationGradient {
    std::vector<double> bias{};    ///< [node_count of the store]
    std::vector<double> weight{};  ///< [connection_count of the store]
};

/// A genome could not be scored; the exception of the task is nested.
class ScoringError : public Error {
public:
    ScoringError(const std::string& message, GenomeFailure failure) : Error(message), failure_(std::move(failure)) {}

    [[nodiscard]] const GenomeFailure& failure() const noexcept { return failure_; }

private:
    GenomeFailure failure_;
};

/// Scores a whole generation. For one thread at a time.
class Scorer {
public:
    virtual ~Scorer() = default;

    /// Writes the scores of every genome, and the number of networks that were scored. Equal generations must give equal
    /// scores: everything random depends on the generation's seed and number alone.
    ///
    /// Throws Error where a genome cannot be scored (a ScoringError says which), Cancelled if it was asked to stop;
    /// `scores` are unspecified then, and nothing else has changed. A failed genome has a fitness that is not finite.
    virtual void score(const Generation& generation, ScoreTable& scores) = 0;

    /// The same, and the derivatives of a loss that falls where fitness gets better. Throws Error by default.
    virtual void score_with_gradient(const Generation& generation, ScoreTable& scores, PopulationGradient& gradient);

    /// Makes score() throw Cancelled soon after `token` requests a stop. By default it is ignored.
    virtual void cancel_with(std::stop_token /*token*/) {}

    /// Makes each thread write into a slot which genome it is scoring. They must outlive their use; an empty span ends
    /// it. By default it is ignored.
    virtual void show_in(std::span<ScoringSlot> /*slots*/) {}
};

/// Some episodes for some genomes.
struct Episodes {
    std::span<const std::size_t> genomes;  ///< the genomes that play, ascending
    std::size_t first = 0;                 ///< the first episode
    std::size_t count = 0;                 ///< how many from there on
    std::span<double> returns;             ///< [genomes of the generation][episodes of the task]; those before are read
};

/// A scorer that can also play some episodes of an evaluation at a time, for tasks that have them.
class EpisodeScorer : public Scorer {
public:
    /// What it scores on.
    [[nodiscard]] virtual const Task& task() const noexcept = 0;

    /// Plays them, writes their returns, and into `scores` the fitness over all episodes played so far. Columns are
    /// written with the first episode. A genome that failed with its earlier episodes plays no more. @pre the task's
    /// traits say `episodes`.
    virtual void play(const Generation& generation, const Episodes& episodes, ScoreTable& scores) = 0;
};

}  // namespace clade
