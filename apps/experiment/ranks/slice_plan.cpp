#include <clade/experiment/ranks/slice_plan.hpp>

#include <algorithm>
#include <utility>

namespace clade {

SlicePlan::SlicePlan(const GenomeStore& store, std::vector<std::size_t> genomes) : store_(store) {
    // Genomes of one topology stay together: it is sent once for a slice, and compiled once.
    std::ranges::sort(genomes, [&](std::size_t a, std::size_t b) {
        const double cost_a = cost_of(a);
        const double cost_b = cost_of(b);
        if (cost_a != cost_b) return cost_a > cost_b;
        return std::pair(store.topology_of(a), a) < std::pair(store.topology_of(b), b);
    });
    restart(std::move(genomes));
}

std::vector<std::size_t> SlicePlan::cut(double cost, std::size_t least) {
    std::vector<std::size_t> slice;
    double taken = 0.0;
    while (next_ < genomes_.size() && (taken < cost || slice.size() < least)) {
        taken += cost_of(genomes_[next_]);
        slice.push_back(genomes_[next_++]);
    }
    cost_left_ -= taken;
    std::ranges::sort(slice);
    return slice;
}

void SlicePlan::put_back(std::span<const std::size_t> genomes) {
    std::vector<std::size_t> all(genomes.begin(), genomes.end());
    all.insert(all.end(), genomes_.begin() + static_cast<std::ptrdiff_t>(next_), genomes_.end());
    restart(std::move(all));
}

void SlicePlan::restart(std::vector<std::size_t> genomes) {
    genomes_ = std::move(genomes);
    next_ = 0;
    cost_left_ = 0.0;
    for (const std::size_t genome : genomes_) cost_left_ += cost_of(genome);
}

}  // namespace clade
