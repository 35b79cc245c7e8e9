#include <clade/evolution/species/speciation.hpp>

#include <clade/core/random/random.hpp>
#include <clade/core/special_values_internal.hpp>

#include <algorithm>
#include <cmath>

namespace clade {
namespace {

constexpr std::uint32_t no_species = 0xffffffffU;
constexpr std::size_t genomes_per_range = 64;
constexpr double first_threshold = 3.0;  // where the search for one begins

}  // namespace

Speciation::Speciation(const SpeciationParams& params, const GenomeShape& shape)
    : params_(params),
      target_(params.target_species.value_or(default_target_species)),
      threshold_(params.threshold.value_or(first_threshold)),
      representatives_(shape),
      chosen_(shape) {}

void Speciation::assign(const GenomeStore& population, std::uint64_t seed, std::uint32_t generation,
                        const Parallel& parallel) {
    species_of_.assign(population.size(), no_species);
    if (params_.threshold) {
        join_existing(population, parallel);
        found_species(population, generation, parallel);
    } else if (params_.method == SpeciationMethod::threshold) {
        const auto open = open_by_threshold(population, representatives_, params_, target_, threshold_, parallel);
        join_open(open, population, generation, parallel);
    } else {
        const auto open = open_by_medoids(population, representatives_, params_, target_,
                                          {seed, generation, Purpose::choose_medoids}, parallel);
        join_open(open, population, generation, parallel);
    }
    drop_empty_species();
    collect_members();
}

void Speciation::join_existing(const GenomeStore& population, const Parallel& parallel) {
    if (representatives_.empty()) return;
    spread_.assign(representatives_, params_);
    parallel.for_ranges(population.size(), genomes_per_range, [&](std::size_t begin, std::size_t end, std::size_t) {
        for (std::size_t genome = begin; genome < end; ++genome) {
            const auto found = spread_.first_within(population[genome], threshold_, parallel.simd());
            if (found) species_of_[genome] = *found;
        }
    });
}

void Speciation::found_species(const GenomeStore& population, std::uint32_t generation, const Parallel& parallel) {
    GenomeStore founder(population.shape());
    std::vector<std::uint32_t> homeless;
    for (std::uint32_t genome = 0; genome < population.size(); ++genome) {
        if (species_of_[genome] == no_species) homeless.push_back(genome);
    }
    while (!homeless.empty()) {
        const auto index = static_cast<std::uint32_t>(species_.size());
        species_.push_back({SpeciesId{next_id_++}, generation, generation, -infinity});
        species_of_[homeless.front()] = index;
        founder.clear();
        founder.append(population[homeless.front()]);
        spread_.assign(founder, params_);
        parallel.for_ranges(homeless.size(), genomes_per_range, [&](std::size_t begin, std::size_t end, std::size_t) {
            for (std::size_t i = begin; i < end; ++i) {
                const bool near =
                    spread_.first_within(population[homeless[i]], threshold_, parallel.simd()).has_value();
                if (near) species_of_[homeless[i]] = index;
            }
        });
        std::erase_if(homeless, [&](std::uint32_t genome) { return species_of_[genome] != no_species; });
    }
}

void Speciation::join_open(const OpenSpecies& open, const GenomeStore& population, std::uint32_t generation,
                           const Parallel& parallel) {
    threshold_ = open.threshold;
    GenomeStore genomes(population.shape());
    std::vector<std::uint32_t> index = open.kept;
    for (const std::uint32_t row : open.kept) genomes.append(representatives_[row]);
    for (const std::uint32_t founder : open.founders) {
        genomes.append(population[founder]);
        index.push_back(static_cast<std::uint32_t>(species_.size()));
        species_.push_back({SpeciesId{next_id_++}, generation, generation, -infinity});
    }
    spread_.assign(genomes, params_);
    parallel.for_ranges(population.size(), genomes_per_range, [&](std::size_t begin, std::size_t end, std::size_t) {
        for (std::size_t genome = begin; genome < end; ++genome) {
            const auto joined = spread_.first_within_or_nearest(population[genome], open.threshold, parallel.simd());
            species_of_[genome] = index[joined];
        }
    });
}

void Speciation::drop_empty_species() {
    std::vector<std::uint32_t> size(species_.size(), 0);
    for (const std::uint32_t species : species_of_) ++size[species];
    std::vector<std::uint32_t> new_index(species_.size(), no_species);
    std::uint32_t kept = 0;
    representative_.clear();
    for (std::size_t species = 0; species < size.size(); ++species) {
        if (size[species] == 0) continue;
        new_index[species] = kept;
        representative_.push_back(std::min(species, representatives_.size()));
        species_[kept++] = species_[species];
    }
    species_.resize(kept);
    for (std::uint32_t& species : species_of_) species = new_index[species];
}

void Speciation::collect_members() {
    members_.resize(species_of_.size());
    members_end_.assign(species_.size(), 0);
    for (const std::uint32_t species : species_of_) ++members_end_[species];
    std::size_t total = 0;
    for (std::size_t& end : members_end_) {
        const std::size_t size = end;
        end = total;  // where the species begins, until its members have moved it to its end
        total += size;
    }
    for (std::uint32_t genome = 0; genome < species_of_.size(); ++genome) {
        members_[members_end_[species_of_[genome]]++] = genome;
    }
}

void Speciation::note_progress(std::span<const double> merit, std::uint32_t generation, const Parallel& parallel) {
    ranked_.resize(members_.size());
    ranking_space_.resize(members_.size());
    parallel.for_ranges(species_.size(), 1, [&](std::size_t begin, std::size_t end, std::size_t) {
        for (std::size_t index = begin; index < end; ++index) rank_members(index, merit);
    });
    for (std::size_t index = 0; index < species_.size(); ++index) {
        const double best = merit[members(index).front()];
        if (best > species_[index].best_merit) {
            species_[index].best_merit = best;
            species_[index].last_progress = generation;
        }
    }
}

void Speciation::rank_members(std::size_t species, std::span<const double> merit) {
    const std::size_t begin = members_begin(species);
    const std::size_t size = members_end_[species] - begin;
    const auto ranked = std::span(ranked_).subspan(begin, size);
    for (std::size_t i = 0; i < size; ++i) {
        const std::uint32_t genome = members_[begin + i];
        ranked[i] = {rank_key(merit[genome]), genome};
    }
    const auto sorted = sort_ranked(ranked, std::span(ranking_space_).subspan(begin, size));
    for (std::size_t i = 0; i < size; ++i) members_[begin + i] = sorted[i].genome;
}

void Speciation::choose_representatives(const GenomeStore& population, std::span<const std::uint8_t> alive,
                                        std::uint64_t seed, std::uint32_t generation) {
    chosen_.clear();
    std::vector<Species> kept;
    for (std::size_t species = 0; species < species_.size(); ++species) {
        if (alive[species] == 0) continue;
        chosen_.append(population[representative_of(species, population, seed, generation)]);
        kept.push_back(species_[species]);
    }
    std::swap(representatives_, chosen_);
    species_ = std::move(kept);
}

std::uint32_t Speciation::representative_of(std::size_t species, const GenomeStore& population, std::uint64_t seed,
                                            std::uint32_t generation) const {
    const std::span<const std::uint32_t> all = members(species);
    if (params_.method == SpeciationMethod::k_medoids) return medoid(population, all, params_);
    switch (params_.representative) {
        case Representative::champion:
            return all.front();
        case Representative::random: {
            Stream random({seed, generation, Purpose::representative}, raw(species_[species].id));
            return random.choice(all);
        }
        case Representative::nearest:
            break;
    }
    // New species have no representative yet: their founder, the member of lowest index, stands for them.
    if (representative_[species] == representatives_.size()) return *std::min_element(all.begin(), all.end());
    std::uint32_t nearest = all.front();
    double least = infinity;
    for (const std::uint32_t genome : all) {
        const double distance =
            genome_distance(population[genome], representatives_[representative_[species]], params_);
        if (distance < least || (distance == least && genome < nearest)) {
            least = distance;
            nearest = genome;
        }
    }
    return nearest;
}

void Speciation::clear() {
    species_.clear();
    representatives_.clear();
}

std::span<const std::uint32_t> Speciation::members(std::size_t species) const noexcept {
    const std::size_t begin = members_begin(species);
    return std::span(members_).subspan(begin, members_end_[species] - begin);
}

void Speciation::write(ByteWriter& out) const {
    out.value(threshold_);
    out.value(next_id_);
    out.value(static_cast<std::uint64_t>(species_.size()));
    for (const Species& species : species_) {  // member by member: padding has no value to write
        out.value(species.id);
        out.value(species.created);
        out.value(species.last_progress);
        out.value(species.best_merit);
    }
    write_store(representatives_, out);
}

void Speciation::read(ByteReader& in, std::uint32_t generation, const InnovationTable& innovations) {
    threshold_ = in.value<double>();
    if (!(threshold_ >= 0.0 && std::isfinite(threshold_))) throw FormatError("the saved threshold is no distance");
    next_id_ = in.value<std::uint32_t>();
    species_.clear();
    const auto count = in.value<std::uint64_t>();
    for (std::uint64_t i = 0; i < count; ++i) {
        Species species;
        species.id = in.value<SpeciesId>();
        species.created = in.value<std::uint32_t>();
        species.last_progress = in.value<std::uint32_t>();
        species.best_merit = in.value<double>();
        const bool in_order = raw(species.id) < next_id_ && (species_.empty() || species_.back().id < species.id);
        if (!in_order) throw FormatError("the saved species are not in the order of their ids");
        if (species.created > generation || species.last_progress > generation) {
            throw FormatError("a saved species is younger than the generation");
        }
        species_.push_back(species);
    }
    GenomeStore representatives = read_store(in);
    if (representatives.shape() != representatives_.shape() || !innovations.fits(representatives)) {
        throw FormatError("the saved representatives do not fit the configuration");
    }
    representatives_ = std::move(representatives);
    if (representatives_.size() != species_.size()) throw FormatError("species and representatives differ in number");
}

}  // namespace clade
