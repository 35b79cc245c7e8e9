#include <clade/evolution/select/fitness_sharing.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace clade {
namespace {

/// Species by their best merit of this generation, best first.
std::vector<std::size_t> ranking(const Speciation& speciation, std::span<const double> merit) {
    std::vector<std::size_t> order(speciation.species().size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return merit[speciation.members(a).front()] > merit[speciation.members(b).front()];
    });
    return order;
}

/// Lowest and highest finite merit.
struct MeritRange {
    double low = 0.0;
    double high = 0.0;
    bool empty = true;
};

MeritRange finite_range(std::span<const double> merit) {
    MeritRange range;
    for (const double value : merit) {
        if (!std::isfinite(value)) continue;
        range.low = range.empty ? value : std::min(range.low, value);
        range.high = range.empty ? value : std::max(range.high, value);
        range.empty = false;
    }
    return range;
}

/// What one genome's merit counts, between 0 and 1; halves keep differences of huge values finite.
double share_of(double merit, const MeritRange& range, Sharing sharing) {
    if (!std::isfinite(merit)) return 0.0;
    const double base = sharing == Sharing::normalised || range.low < 0.0 ? range.low : 0.0;
    const double span = range.high / 2 - base / 2;
    if (span <= 0.0) return 1.0;
    return std::min(1.0, (merit / 2 - base / 2) / span);
}

}  // namespace

std::vector<std::uint8_t> reproducing_species(const Speciation& speciation, std::span<const double> merit,
                                              const StagnationParams& params, std::uint32_t generation,
                                              std::uint32_t population_stagnation) {
    const std::vector<std::size_t> order = ranking(speciation, merit);
    std::vector<std::uint8_t> reproducing(order.size(), 0);
    const bool stuck =
        params.population_limit > 0 && population_stagnation > static_cast<std::uint32_t>(params.population_limit);
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        const std::uint32_t age = generation - speciation.species()[order[rank]].last_progress;
        const bool progresses = params.species_limit == 0 || age < static_cast<std::uint32_t>(params.species_limit);
        const bool is_protected = rank < static_cast<std::size_t>(params.protected_species);
        const bool may =
            is_protected || (stuck ? rank < static_cast<std::size_t>(params.surviving_species) : progresses);
        reproducing[order[rank]] = may ? 1 : 0;
    }
    return reproducing;
}

std::vector<double> shared_fitness(const Speciation& speciation, std::span<const double> merit, Sharing sharing,
                                   std::span<const std::uint8_t> reproducing, const Parallel& parallel) {
    const MeritRange range = finite_range(merit);
    const auto share = [&](std::size_t species) {
        double sum = 0.0;
        for (const std::uint32_t genome : speciation.members(species)) sum += share_of(merit[genome], range, sharing);
        return sum / static_cast<double>(speciation.members(species).size());
    };
    std::vector<double> shares(reproducing.size(), 0.0);
    parallel.for_ranges(shares.size(), 1, [&](std::size_t begin, std::size_t end, std::size_t) {
        for (std::size_t species = begin; species < end; ++species) {
            if (reproducing[species] != 0) shares[species] = share(species);
        }
    });
    return shares;
}

std::vector<std::uint32_t> apportion(std::span<const double> shares, std::span<const std::uint8_t> takers,
                                     std::uint32_t total, std::uint32_t minimum) {
    std::vector<std::size_t> order;
    double sum = 0.0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        if (takers[i] == 0) continue;
        order.push_back(i);
        sum += shares[i];
    }
    const auto count = static_cast<std::uint32_t>(order.size());
    const std::uint32_t floor = std::min(minimum, total / count);
    std::vector<double> ideal(shares.size(), 0.0);
    std::vector<std::uint32_t> quota(shares.size(), 0);
    std::uint64_t given = 0;
    for (const std::size_t i : order) {
        ideal[i] = (sum > 0.0 ? shares[i] / sum : 1.0 / count) * total;
        quota[i] = std::max(floor, static_cast<std::uint32_t>(ideal[i]));
        given += quota[i];
    }
    // Whoever is furthest below its ideal gains, whoever is furthest above it loses, until the sum is right.
    const auto lack = [&](std::size_t i) { return ideal[i] - quota[i]; };
    while (given != total) {
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return lack(a) > lack(b); });
        if (given < total) {
            for (std::size_t k = 0; k < order.size() && given < total; ++k, ++given) ++quota[order[k]];
        } else {
            for (std::size_t k = order.size(); k-- > 0 && given > total;) {
                if (quota[order[k]] <= floor) continue;
                --quota[order[k]];
                --given;
            }
        }
    }
    return quota;
}

}  // namespace clade
