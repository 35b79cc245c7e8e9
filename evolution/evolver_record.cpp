// What the evolver says of a scored generation, and its state as bytes.
#include <clade/evolution/evolver.hpp>

#include <clade/core/check.hpp>
#include <clade/core/special_values_internal.hpp>
#include <clade/evolution/genome/innovation_table.hpp>
#include <clade/evolution/species/speciation.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>

namespace clade {
namespace {

/// The value in the middle, or the mean of the two there. Reorders `values`. @pre not empty.
double median_of(std::vector<double>& values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1) return *middle;
    return *std::max_element(values.begin(), middle) / 2 + *middle / 2;
}

/// Divides before it adds, as a sum of the largest values would overflow. @pre not empty.
double mean_of(std::span<const double> values) {
    const auto count = static_cast<double>(values.size());
    return std::accumulate(values.begin(), values.end(), 0.0, [&](double sum, double v) { return sum + v / count; });
}

/// Of the values that are finite; NaN if there are none. Leaves those in `values`, reordered.
FitnessSummary summarise(std::vector<double>& values, FitnessDirection direction) {
    std::erase_if(values, [](double value) { return !std::isfinite(value); });
    if (values.empty()) return {nan, nan, nan, nan, nan};
    const double mean = mean_of(values);
    double variance = 0.0;
    for (const double value : values) variance += (value - mean) * (value - mean) / static_cast<double>(values.size());
    const auto [least, greatest] = std::minmax_element(values.begin(), values.end());
    FitnessSummary summary{.best = *greatest, .mean = mean, .deviation = std::sqrt(variance), .worst = *least};
    if (direction == FitnessDirection::minimise) std::swap(summary.best, summary.worst);
    summary.median = median_of(values);
    return summary;
}

std::uint32_t enabled_count(const GenomeView& genome) {
    return static_cast<std::uint32_t>(std::count(genome.enabled.begin(), genome.enabled.end(), 1));
}

Complexity complexity_of(const GenomeStore& population, std::size_t champion) {
    const std::uint32_t outputs = population.shape().output_count;
    const auto genomes = static_cast<double>(population.size());
    const GenomeView best = population[champion];
    return {static_cast<double>(population.node_count()) / genomes - outputs,
            static_cast<double>(enabled_count(population.all())) / genomes,
            static_cast<std::uint32_t>(best.node_count()) - outputs, enabled_count(best)};
}

/// Makes `store` hold this genome and no other; keeps its memory.
void keep_alone(const GenomeView& genome, GenomeStore& store) {
    store.clear();
    store.append(genome);
}

}  // namespace

void Evolver::write_record(std::span<const double> fitness) {
    record_.generation = generation_;
    record_.genome_fitness.assign(fitness.begin(), fitness.end());
    const std::array<std::function<void()>, 3> parts{
        [&] {
            values_ = record_.genome_fitness;
            record_.fitness = summarise(values_, setup_.direction);
            record_.failed_count = fitness.size() - values_.size();
        },
        [&] { record_.complexity = complexity_of(population_, record_.champion); },
        [&] { record_.digest = population_.digest(setup_.parallel); }};
    setup_.parallel.invoke(parts);
    keep_alone(shown(record_.champion), record_.champion_genome);
    record_.threshold = speciation_->threshold();
    record_.genome_species.resize(population_.size());
    record_.species.resize(speciation_->species().size());
    setup_.parallel.for_ranges(record_.species.size(), 1, [&](std::size_t begin, std::size_t end, std::size_t) {
        for (std::size_t index = begin; index < end; ++index) record_.species[index] = species_record(index, fitness);
    });
    record_.parent_a.swap(parent_a_);
    record_.parent_b.swap(parent_b_);
    record_.operators.swap(operators_);
}

SpeciesRecord Evolver::species_record(std::size_t index, std::span<const double> fitness) {
    const Species& species = speciation_->species()[index];
    const std::span<const std::uint32_t> members = speciation_->members(index);
    const auto is_scored = [&](std::uint32_t genome) { return std::isfinite(fitness[genome]); };
    const auto scored = static_cast<double>(std::count_if(members.begin(), members.end(), is_scored));
    double mean = scored > 0.0 ? 0.0 : nan;
    for (const std::uint32_t genome : members) {
        record_.genome_species[genome] = raw(species.id);
        if (is_scored(genome)) mean += fitness[genome] / scored;
    }
    std::uint32_t champion = members.front();  // the first of the best merit
    for (const std::uint32_t genome : members) {
        if (!is_scored(genome)) continue;
        if (!is_scored(champion) || is_better(fitness[genome], fitness[champion], setup_.direction)) champion = genome;
    }
    return {.id = species.id,
            .age = generation_ - species.created,
            .size = static_cast<std::uint32_t>(members.size()),
            .stagnation = generation_ - species.last_progress,
            .offspring = quotas_[index],
            .best = is_scored(champion) ? fitness[champion] : nan,
            .mean = mean,
            .champion = id_of(generation_, champion)};
}

void Evolver::write(ByteWriter& out) const {
    CLADE_CHECK(!speciated_, "a state is written between generations");
    out.value(generation_);
    out.value(last_progress_);
    out.value(best_merit_);
    write_store(population_, out);
    innovations_->write(out);
    speciation_->write(out);
    out.values(std::span(known_fitness_));
    out.values(std::span(parent_a_));
    out.values(std::span(parent_b_));
    out.values(std::span(operators_));
    out.value(best_ever_.fitness);
    out.value(best_ever_.generation);
    out.value(best_ever_.id);
    write_store(best_ever_.genome, out);
    merit_of_scores_->write(out);
}

void Evolver::read(ByteReader& in) {
    speciated_ = false;
    shown_.clear();
    generation_ = in.value<std::uint32_t>();
    last_progress_ = in.value<std::uint32_t>();
    best_merit_ = in.value<double>();
    GenomeStore population = read_store(in);
    if (population.size() != population_.size() || population.shape() != population_.shape()) {
        throw FormatError("the saved population does not fit the configuration");
    }
    population_ = std::move(population);
    innovations_->read(in);
    speciation_->read(in);
    next_.clear();
    in.values_into(std::span(known_fitness_));
    in.values_into(std::span(parent_a_));
    in.values_into(std::span(parent_b_));
    in.values_into(std::span(operators_));
    best_ever_.fitness = in.value<double>();
    best_ever_.generation = in.value<std::uint32_t>();
    best_ever_.id = in.value<GenomeId>();
    best_ever_.genome = read_store(in);
    merit_of_scores_->read(in);
}

}  // namespace clade
