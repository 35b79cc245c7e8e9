#include "clade/history/species_timeline.hpp"

#include <clade/core/special_values_internal.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace clade::history {
namespace {

/// Goes through the generations as selection did, to know which species were allowed children.
class StagnationRule {
public:
    StagnationRule(const StagnationParams& params, FitnessDirection direction)
        : params_(params), direction_(direction) {}

    /// Whether each species of the generation may have children (evolution/select/fitness_sharing.hpp). `genomes` and
    /// `merit` are those of the generation; without merit, fitness decides.
    std::vector<bool> may_reproduce(const GenerationRow& row, const std::vector<SpeciesRecord>& species,
                                    const std::vector<GenomeRow>& genomes, const std::vector<double>& merit) {
        const std::vector<double> best = best_merit(species, genomes, merit);
        const double leader = best.empty() ? -infinity : *std::ranges::max_element(best);
        if (leader > best_) {
            best_ = leader;
            last_progress_ = row.generation;
        }
        const bool stuck = params_.population_limit > 0 &&
                           row.generation - last_progress_ > static_cast<std::uint32_t>(params_.population_limit);
        std::vector<std::size_t> order(species.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return best[a] > best[b]; });
        std::vector<bool> may(species.size());
        for (std::size_t rank = 0; rank < order.size(); ++rank) {
            const bool progresses = params_.species_limit == 0 ||
                                    species[order[rank]].stagnation < static_cast<std::uint32_t>(params_.species_limit);
            const bool is_protected = rank < static_cast<std::size_t>(params_.protected_species);
            may[order[rank]] =
                is_protected || (stuck ? rank < static_cast<std::size_t>(params_.surviving_species) : progresses);
        }
        if (row.restarted) {
            best_ = -infinity;
            last_progress_ = row.generation + 1;
        }
        return may;
    }

private:
    [[nodiscard]] std::vector<double> best_merit(const std::vector<SpeciesRecord>& species,
                                                 const std::vector<GenomeRow>& genomes,
                                                 const std::vector<double>& merit) const {
        std::vector<double> best(species.size(), -infinity);
        for (std::size_t i = 0; i < species.size(); ++i) {
            if (merit.empty()) {
                const double fitness = species[i].best;
                if (std::isfinite(fitness)) best[i] = direction_ == FitnessDirection::maximise ? fitness : -fitness;
                continue;
            }
            for (const GenomeRow& row : genomes) {
                if (row.species == species[i].id) best[i] = std::max(best[i], merit.at(row.index));
            }
        }
        return best;
    }

    StagnationParams params_;
    FitnessDirection direction_;
    double best_ = -infinity;
    std::uint32_t last_progress_ = 0;
};

SpeciesEnd end_of(const SpeciesRecord& species, bool may_reproduce, bool restarted) {
    if (restarted) return SpeciesEnd::restart;
    if (species.offspring > 0) return SpeciesEnd::absorbed;
    return may_reproduce ? SpeciesEnd::outcompeted : SpeciesEnd::stagnant;
}

SpeciesLife new_life(SpeciesId id, const std::vector<GenomeRow>& genomes, const std::vector<GenomeRow>& before) {
    SpeciesLife life{.id = id, .born = genomes.front().generation, .best = nan};
    // A species is founded by its member of lowest position (evolution/species/speciation.hpp).
    const auto founder = std::ranges::find(genomes, id, &GenomeRow::species);
    if (founder == genomes.end()) return life;  // of a damaged log
    life.founder = *founder;
    for (const GenomeId parent : {founder->parent_a, founder->parent_b}) {
        if (parent == no_genome || before.empty()) continue;
        const SpeciesId species = before.at(raw(parent) % before.size()).species;
        if (std::ranges::find(life.parents, species) == life.parents.end()) life.parents.push_back(species);
    }
    return life;
}

}  // namespace

std::uint32_t SpeciesLife::largest() const { return *std::ranges::max_element(sizes); }

std::uint64_t SpeciesLife::members() const { return std::accumulate(sizes.begin(), sizes.end(), std::uint64_t{0}); }

std::vector<SpeciesLife> species_timeline(const OpenedRun& run) {
    const FitnessDirection direction = logged_direction(run.log);
    StagnationRule rule(run.config.evolution.stagnation, direction);
    std::map<SpeciesId, SpeciesLife> lives;
    std::vector<GenomeRow> before;
    for (const GenerationRow& row : run.log.generations()) {
        const std::vector<SpeciesRecord> species = run.log.species(row.generation);
        std::vector<GenomeRow> genomes = run.log.genomes(row.generation);
        const auto may = rule.may_reproduce(row, species, genomes, run.log.merit(row.generation));
        for (std::size_t i = 0; i < species.size(); ++i) {
            auto found = lives.find(species[i].id);
            if (found == lives.end()) {
                found = lives.emplace(species[i].id, new_life(species[i].id, genomes, before)).first;
            }
            SpeciesLife& life = found->second;
            life.sizes.push_back(species[i].size);
            if (is_better(species[i].best, life.best, direction)) {
                life.best = species[i].best;
                life.champion = species[i].champion;
            }
            life.end = end_of(species[i], may[i], row.restarted);  // right if this was its last generation
        }
        before = std::move(genomes);
    }
    const auto last = run.log.last_generation();
    std::vector<SpeciesLife> all;
    for (auto& [id, life] : lives) {
        if (last && life.last() == last->generation && !last->restarted) life.end = SpeciesEnd::alive;
        all.push_back(std::move(life));
    }
    return all;
}

}  // namespace clade::history
