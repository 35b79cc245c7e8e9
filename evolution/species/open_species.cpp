#include <clade/evolution/species/open_species.hpp>

#include <clade/core/special_values_internal.hpp>
#include <clade/evolution/species/genome_distance.hpp>

#include <algorithm>
#include <optional>

namespace clade {
namespace {

constexpr std::size_t least_sample = 256;
constexpr std::size_t sampled_per_species = 8;
constexpr std::size_t medoid_sample_size = 32;
constexpr std::size_t sampled_per_range = 32;
constexpr double threshold_ratio = 1.1;

/// Every n-th, so that all species and kinds of children are among them.
std::vector<std::uint32_t> evenly_spaced(std::size_t count, std::size_t most) {
    std::vector<std::uint32_t> places(std::min(count, most));
    for (std::size_t i = 0; i < places.size(); ++i) {
        places[i] = static_cast<std::uint32_t>(i * count / places.size());
    }
    return places;
}

std::vector<std::uint32_t> sample_of(const GenomeStore& population, std::size_t target) {
    return evenly_spaced(population.size(), std::max(least_sample, sampled_per_species * target));
}

/// Divides a sample at one threshold after the other.
class SampleDivision {
public:
    SampleDivision(const GenomeStore& population, const GenomeStore& representatives, const SpeciationParams& params,
                   std::size_t target, const Parallel& parallel)
        : population_(population),
          params_(params),
          target_(target),
          parallel_(parallel),
          sample_(sample_of(population, target)),
          founder_(population.shape()),
          representative_count_(representatives.size()) {
        representatives_.assign(representatives, params);
    }

    /// As NEAT divides a generation, up to the target's number of species.
    OpenSpecies divide(double threshold) {
        OpenSpecies open{.threshold = threshold};
        std::vector<std::optional<std::uint32_t>> joined = join(representatives_, sample_, threshold);
        std::vector<std::uint8_t> has_members(representative_count_, 0);
        std::vector<std::uint32_t> homeless;
        for (std::size_t i = 0; i < sample_.size(); ++i) {
            if (joined[i]) has_members[*joined[i]] = 1;
            if (!joined[i]) homeless.push_back(sample_[i]);
        }
        for (std::uint32_t row = 0; row < representative_count_; ++row) {
            if (has_members[row] != 0 && open.kept.size() < target_) open.kept.push_back(row);
        }
        while (!homeless.empty() && open.kept.size() + open.founders.size() < target_) {
            open.founders.push_back(homeless.front());
            homeless = far_from(homeless.front(), homeless, threshold);
        }
        return open;
    }

    [[nodiscard]] bool is_full(const OpenSpecies& open) const {
        return open.kept.size() + open.founders.size() >= target_;
    }

private:
    [[nodiscard]] std::vector<std::optional<std::uint32_t>> join(const SpreadRepresentatives& species,
                                                                 std::span<const std::uint32_t> genomes,
                                                                 double threshold) const {
        std::vector<std::optional<std::uint32_t>> joined(genomes.size());
        parallel_.for_ranges(genomes.size(), sampled_per_range, [&](std::size_t begin, std::size_t end, std::size_t) {
            for (std::size_t i = begin; i < end; ++i) {
                joined[i] = species.first_within(population_[genomes[i]], threshold, parallel_.simd());
            }
        });
        return joined;
    }

    /// Those of `genomes` that do not join the founder's species.
    std::vector<std::uint32_t> far_from(std::uint32_t founder, std::span<const std::uint32_t> genomes,
                                        double threshold) {
        founder_.clear();
        founder_.append(population_[founder]);
        founder_species_.assign(founder_, params_);
        const auto joined = join(founder_species_, genomes, threshold);
        std::vector<std::uint32_t> far;
        for (std::size_t i = 0; i < genomes.size(); ++i) {
            if (!joined[i] && genomes[i] != founder) far.push_back(genomes[i]);
        }
        return far;
    }

    const GenomeStore& population_;
    const SpeciationParams& params_;
    std::size_t target_;
    const Parallel& parallel_;
    std::vector<std::uint32_t> sample_;
    SpreadRepresentatives representatives_;
    GenomeStore founder_;
    SpreadRepresentatives founder_species_;
    std::size_t representative_count_;
};

/// Squared distances of a sample to its nearest centre, and which centre that is.
class SampleCentres {
public:
    SampleCentres(const GenomeStore& population, const SpeciationParams& params, std::size_t target,
                  const Parallel& parallel)
        : population_(population),
          params_(params),
          parallel_(parallel),
          sample_(sample_of(population, target)),
          centre_(sample_.size(), 0),
          squared_(sample_.size(), infinity) {}

    void add(const GenomeView& genome) {
        parallel_.for_ranges(sample_.size(), sampled_per_range, [&](std::size_t begin, std::size_t end, std::size_t) {
            for (std::size_t i = begin; i < end; ++i) {
                const double distance = genome_distance(population_[sample_[i]], genome, params_);
                if (distance * distance < squared_[i]) {
                    squared_[i] = distance * distance;
                    centre_[i] = count_;
                }
            }
        });
        ++count_;
    }

    /// Whether the sample's genomes that are nearest to it are any.
    [[nodiscard]] bool has_members(std::uint32_t centre) const {
        return std::ranges::find(centre_, centre) != centre_.end();
    }

    /// One of the sample, likelier the further it is from all centres; nothing if all lie on centres.
    [[nodiscard]] std::optional<std::uint32_t> draw(Stream& random) const {
        if (count_ == 0) return random.choice(std::span(sample_));
        double sum = 0.0;
        for (const double squared : squared_) sum += squared;
        if (!(sum > 0.0)) return std::nullopt;
        double left = random.uniform() * sum;
        std::optional<std::uint32_t> drawn;
        for (std::size_t i = 0; i < sample_.size(); ++i) {
            if (squared_[i] <= 0.0) continue;
            drawn = sample_[i];
            left -= squared_[i];
            if (left < 0.0) break;
        }
        return drawn;
    }

private:
    const GenomeStore& population_;
    const SpeciationParams& params_;
    const Parallel& parallel_;
    std::vector<std::uint32_t> sample_;
    std::vector<std::uint32_t> centre_;  // [sample], of those that were added
    std::vector<double> squared_;        // [sample]
    std::uint32_t count_ = 0;
};

}  // namespace

OpenSpecies open_by_threshold(const GenomeStore& population, const GenomeStore& representatives,
                              const SpeciationParams& params, std::size_t target, double threshold,
                              const Parallel& parallel) {
    SampleDivision sample(population, representatives, params, target, parallel);
    OpenSpecies open = sample.divide(std::clamp(threshold, params.threshold_min, params.threshold_max));
    while (!sample.is_full(open) && open.threshold > params.threshold_min) {
        open = sample.divide(std::max(open.threshold / threshold_ratio, params.threshold_min));
    }
    while (sample.is_full(open) && open.threshold < params.threshold_max) {
        OpenSpecies higher = sample.divide(std::min(open.threshold * threshold_ratio, params.threshold_max));
        if (!sample.is_full(higher)) break;
        open = std::move(higher);
    }
    return open;
}

OpenSpecies open_by_medoids(const GenomeStore& population, const GenomeStore& representatives,
                            const SpeciationParams& params, std::size_t target, const RandomKey& key,
                            const Parallel& parallel) {
    OpenSpecies open;
    SampleCentres centres(population, params, target, parallel);
    for (std::size_t row = 0; row < representatives.size(); ++row) centres.add(representatives[row]);
    for (std::uint32_t row = 0; row < representatives.size() && open.kept.size() < target; ++row) {
        if (centres.has_members(row)) open.kept.push_back(row);
    }
    Stream random(key, 0);
    while (open.kept.size() + open.founders.size() < target) {
        const std::optional<std::uint32_t> founder = centres.draw(random);
        if (!founder) break;
        open.founders.push_back(*founder);
        centres.add(population[*founder]);
    }
    return open;
}

std::uint32_t medoid(const GenomeStore& population, std::span<const std::uint32_t> members,
                     const SpeciationParams& params) {
    const std::vector<std::uint32_t> sample = evenly_spaced(members.size(), medoid_sample_size);
    std::uint32_t best = members.front();
    double least = infinity;
    for (const std::uint32_t candidate : sample) {
        double sum = 0.0;
        for (const std::uint32_t other : sample) {
            sum += genome_distance(population[members[candidate]], population[members[other]], params);
        }
        if (sum < least) {
            least = sum;
            best = members[candidate];
        }
    }
    return best;
}

}  // namespace clade
