// Who scores which slice of a generation, and what has come back.
//
// A slice that a rank does not return is taken back and cut anew for others. Should it be returned after all, its number
// is no longer known, and the scores of the others count: they are the same.
#pragma once

#include <clade/core/generation.hpp>
#include <clade/experiment/ranks/rank_messages.hpp>
#include <clade/experiment/ranks/slice_plan.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace clade {

/// Where the results of slices go.
struct SliceTarget {
    ScoreTable& scores;
    PopulationGradient* gradient = nullptr;  ///< null: not asked for
    const Episodes* episodes = nullptr;      ///< null: whole evaluations
    std::size_t all_episodes = 0;            ///< of the task
};

/// The scoring of one generation. Borrows the generation.
class SliceLedger {
public:
    /// The genomes at these indices are to be scored; slices get numbers from `first_id` on.
    SliceLedger(const Generation& generation, std::vector<std::size_t> genomes, std::uint64_t first_id)
        : generation_(generation), plan_(generation.genomes, std::move(genomes)), next_id_(first_id) {}

    /// Whether every genome has its scores, or need not have them as one before it has failed.
    [[nodiscard]] bool finished() const noexcept { return plan_.empty() && given_.empty(); }
    [[nodiscard]] bool all_given() const noexcept { return plan_.empty(); }
    [[nodiscard]] double cost_left() const noexcept { return plan_.cost_left(); }
    [[nodiscard]] std::size_t given_to(std::size_t rank) const;
    [[nodiscard]] std::uint64_t next_id() const noexcept { return next_id_; }

    /// Gives a rank the next slice; SlicePlan::cut(). @pre !all_given().
    [[nodiscard]] SliceOrder give(std::size_t rank, double cost, std::size_t least);

    /// "genomes 3 to 17 of generation 5" that a rank has.
    [[nodiscard]] std::string text_of(std::size_t rank) const;

    /// What a rank has is to be scored by others.
    void take_back(std::size_t rank);

    /// What a slice that was returned has cost; nothing for one that failed, or that is not, or no longer, waited for.
    /// Throws Error if it does not fit what was asked for.
    std::optional<double> settle(const SliceResult& result, const SliceTarget& target);

    /// Of the genome of lowest place that could not be scored.
    struct Failure {
        SliceError error;
        std::size_t rank = 0;
    };
    [[nodiscard]] const std::optional<Failure>& failure() const noexcept { return failure_; }

private:
    struct Given {
        std::size_t rank = 0;
        std::vector<std::size_t> genomes{};
    };

    void note_failure(const SliceError& error, std::size_t rank);
    void check(const SliceResult& result, const Given& given, const SliceTarget& target) const;
    void keep_gradient(const SliceResult& result, const Given& given, PopulationGradient& gradient) const;

    const Generation& generation_;
    SlicePlan plan_;
    std::map<std::uint64_t, Given> given_;
    std::uint64_t next_id_;
    std::optional<Failure> failure_;
};

}  // namespace clade
