// What the evolver says of a scored generation, and its state as bytes.
#include <clade/evolution/evolver.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace clade {
namespace {

/// Of the values that are finite; NaN if there are none. Sorts `values`.
FitnessSummary summarise(std::vector<double>& values, Objective objective) {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    std::erase_if(values, [](double value) { return !std::isfinite(value); });
    if (values.empty()) return {nan, nan, nan, nan, nan};
    std::sort(values.begin(), values.end());
    const auto count = static_cast<double>(values.size());
    double mean = 0.0;
    for (const double value : values) mean += value / count;
    double variance = 0.0;
    for (const double value : values) variance += (value - mean) * (value - mean) / count;
    const std::size_t half = values.size() / 2;
    const double median = values.size() % 2 == 1 ? values[half] : values[half - 1] / 2 + values[half] / 2;
    FitnessSummary summary{values.back(), mean, median, std::sqrt(variance), values.front()};
    if (objective == Objective::minimise) std::swap(summary.best, summary.worst);
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

}  // namespace

void Evolver::write_record(std::span<const double> fitness) {
    record_.generation = generation_;
    record_.genome_fitness.assign(fitness.begin(), fitness.end());
    std::vector<double> values = record_.genome_fitness;
    record_.fitness = summarise(values, setup_.objective);
    record_.failed_count = fitness.size() - values.size();
    record_.complexity = complexity_of(population_, record_.champion);
    record_.champion_genome = GenomeStore(population_.shape());
    record_.champion_genome.append(population_[record_.champion]);
    record_.digest = population_.digest();
    record_.threshold = speciation_.threshold();
    record_.species.clear();
    record_.genome_species.resize(population_.size());
    for (std::size_t index = 0; index < speciation_.species().size(); ++index) {
        const Species& species = speciation_.species()[index];
        const std::span<const std::uint32_t> members = speciation_.members(index);
        values.clear();
        for (const std::uint32_t genome : members) {
            values.push_back(fitness[genome]);
            record_.genome_species[genome] = raw(species.id);
        }
        const FitnessSummary summary = summarise(values, setup_.objective);
        record_.species.push_back({species.id, generation_ - species.created,
                                   static_cast<std::uint32_t>(members.size()), generation_ - species.last_progress,
                                   quotas_[index], summary.best, summary.mean, id_of(generation_, members.front())});
    }
    record_.parent_a = parent_a_;
    record_.parent_b = parent_b_;
    record_.operators = operators_;
}

void Evolver::write(ByteWriter& out) const {
    out.value(generation_);
    out.value(last_progress_);
    write_store(population_, out);
    innovations_.write(out);
    speciation_.write(out);
    out.values(std::span(known_fitness_));
    out.values(std::span(parent_a_));
    out.values(std::span(parent_b_));
    out.values(std::span(operators_));
    out.value(best_ever_.fitness);
    out.value(best_ever_.generation);
    out.value(best_ever_.id);
    write_store(best_ever_.genome, out);
}

void Evolver::read(ByteReader& in) {
    generation_ = in.value<std::uint32_t>();
    last_progress_ = in.value<std::uint32_t>();
    GenomeStore population = read_store(in);
    if (population.size() != population_.size() || population.shape() != population_.shape()) {
        throw FormatError("the saved population does not fit the configuration");
    }
    population_ = std::move(population);
    innovations_.read(in);
    speciation_.read(in);
    in.values_into(std::span(known_fitness_));
    in.values_into(std::span(parent_a_));
    in.values_into(std::span(parent_b_));
    in.values_into(std::span(operators_));
    best_ever_.fitness = in.value<double>();
    best_ever_.generation = in.value<std::uint32_t>();
    best_ever_.id = in.value<GenomeId>();
    best_ever_.genome = read_store(in);
}

}  // namespace clade
