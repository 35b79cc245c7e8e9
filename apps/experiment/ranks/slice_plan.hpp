// Which genomes go into the next slice: the largest first, slices smaller and smaller.
//
//   genomes by size   ############ ######### ###### #### ### ## ## # # # #
//   slices            |     1     |   2     |  3   |  4  |  5  |6 |7 |8 |9
//
// A slice is a part of what is left, as large as the share of the rank that it is for. So ranks of unequal speed end
// together, and few messages are needed. Costs are guessed by size; how long a unit of it takes is measured.
#pragma once

#include <clade/core/genome/genome_store.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace clade {

/// What is guessed that scoring a genome takes, in units that are measured.
[[nodiscard]] inline double scoring_cost(const GenomeSize& size) noexcept {
    return 1.0 + static_cast<double>(size.nodes) + static_cast<double>(size.connections);
}

/// Cuts the genomes that are to be scored into slices.
class SlicePlan {
public:
    /// `genomes` are indices into the store.
    SlicePlan(const GenomeStore& store, std::vector<std::size_t> genomes);

    [[nodiscard]] bool empty() const noexcept { return next_ == genomes_.size(); }

    /// Of the genomes that are left.
    [[nodiscard]] double cost_left() const noexcept { return cost_left_; }

    /// The genomes of the next slice, ascending: of about `cost`, but at least `least` of them; fewer only if no more are
    /// left.
    [[nodiscard]] std::vector<std::size_t> cut(double cost, std::size_t least);

    /// These are to be scored after all, before the others.
    void put_back(std::span<const std::size_t> genomes);

    /// Drops all that keep(genome) is false of.
    template <class Keep>
    void keep_if(const Keep& keep) {
        std::vector<std::size_t> kept;
        for (; next_ < genomes_.size(); ++next_) {
            if (keep(genomes_[next_])) kept.push_back(genomes_[next_]);
        }
        restart(std::move(kept));
    }

private:
    [[nodiscard]] double cost_of(std::size_t genome) const noexcept { return scoring_cost(store_.size_of(genome)); }
    void restart(std::vector<std::size_t> genomes);

    const GenomeStore& store_;
    std::vector<std::size_t> genomes_;  // in the order of cutting
    std::size_t next_ = 0;              // the first that is left
    double cost_left_ = 0.0;
};

}  // namespace clade
