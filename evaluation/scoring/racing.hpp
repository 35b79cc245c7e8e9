// Racing (successive halving): all genomes play a few episodes; only the best play more.
//
//   round   episodes so far   who plays
//   1       first_episodes    all
//   2       twice that        the best part of them (`keep`)
//   3       twice that        the best part of those
//   ...     until all episodes of the task are played; the last round has what is left
//
// Where the cut falls among equal genomes, all of them drop out, or, if none is better, go on. As in a generation all meet
// the same episodes, like is compared with like. Karnin, Koren & Somekh, ICML 2013; Jamieson & Talwalkar, AISTATS 2016.
//
// Fitness of a genome that dropped out: that of the episodes it has played, but worse than that of every genome that went
// on. Where it would not be (the later episodes may be harder), it becomes the next worse number; genomes that dropped out
// in the same round keep their order. So the best genome of a generation has played all episodes, unless each one that
// has failed.
#pragma once

#include <clade/core/fields.hpp>
#include <clade/core/fitness_direction.hpp>
#include <clade/core/score_table.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace clade {

struct TaskTraits;

struct RacingParams {
    int first_episodes = 0;  ///< 0: no racing
    double keep = 0.5;

    [[nodiscard]] bool is_on() const noexcept { return first_episodes > 0; }
    bool operator==(const RacingParams&) const = default;
};

void visit_fields(RacingParams& p, FieldVisitor& field);

/// Whether the task has episodes to race over; `prefix` is the key of the racing block.
void check(const RacingParams& p, const TaskTraits& traits, std::string_view prefix, IssueSink& issues);

/// The race of one generation: which genomes play which episodes, and the fitness of those that drop out. It plays
/// nothing itself.
class Race {
public:
    /// @pre racing is on, episodes > 0.
    Race(const RacingParams& params, std::size_t genomes, std::size_t episodes, FitnessDirection direction);

    [[nodiscard]] bool finished() const noexcept { return played_ == episodes_ || runners_.empty(); }

    /// The genomes that play in this round, ascending.
    [[nodiscard]] std::span<const std::size_t> runners() const noexcept { return runners_; }

    /// The episodes of this round: `round_episodes()` of them, from `first_episode()` on.
    [[nodiscard]] std::size_t first_episode() const noexcept { return played_; }
    [[nodiscard]] std::size_t round_episodes() const noexcept;

    /// Ends a round. `fitness` [genomes]: of each runner over all episodes it has played; others are not looked at.
    void end_round(std::span<const double> fitness);

    /// Ranks the genomes that dropped out behind those that went on. `fitness` as after the last round. @pre finished().
    void settle(std::span<double> fitness) const;

    [[nodiscard]] const std::vector<EpisodeRound>& rounds() const noexcept { return rounds_; }

private:
    [[nodiscard]] bool precedes(double a, double b) const noexcept;

    RacingParams params_;
    std::size_t episodes_;  // of an evaluation
    FitnessDirection direction_;
    std::size_t played_ = 0;  // episodes, by the runners
    std::vector<std::size_t> runners_;
    std::vector<std::size_t> rounds_of_;  // [genome]: rounds that it played in
    std::vector<EpisodeRound> rounds_;
};

}  // namespace clade
