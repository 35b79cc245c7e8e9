#include <clade/experiment/run/memory_estimate.hpp>

#include <clade/core/genome/gene_bytes.hpp>
#include <clade/evolution/genome/initial_population.hpp>
#include <clade/evolution/refine/weight_optimizer_factory.hpp>

#include <algorithm>
#include <cmath>
#include <string>

namespace clade {
namespace {

constexpr double megabyte = 1e6;

// Measured, as what a run had taken after two generations of 150 to a million genomes.
constexpr double per_genome = 600.0;                            // [bytes] scores, plan, species
constexpr auto per_node = static_cast<double>(4 * node_bytes);  // two generations, in columns with room to grow
constexpr auto per_connection = static_cast<double>(4 * connection_bytes);  //
constexpr double per_champion_node = 1000.0;                                // as JSON, on its way into champion.json
constexpr double per_possible_connection = 1200.0;                          // that, and its innovation number

double data_memory(std::span<const InputFile> files) {
    double bytes = 0;
    for (const InputFile& file : files) bytes += 2.0 * static_cast<double>(file.bytes);
    return bytes;
}

std::string megabytes(double bytes) { return number_text(std::ceil(bytes / megabyte)) + " MB"; }

std::string plural(double count, const char* thing) {
    return number_text(std::round(count)) + " " + thing + (count == 1.0 ? "" : "s");
}

/// The key that makes the generation so large, and its value.
std::pair<std::string, std::string> key_to_blame(const ExperimentConfig& config, const GenerationSize& size) {
    GenerationSize alone = size;
    alone.genomes = 1;
    const InitialParams& initial = config.genome.initial;
    if (alone.memory() <= static_cast<double>(memory_limit(config))) {
        return {"evolution.population_size", number_text(size.genomes)};
    }
    if (!initial.genome.empty()) return {"genome.initial.genome", "'" + initial.genome + "'"};
    if (initial.hidden_nodes > 0) return {"genome.initial.hidden_nodes", std::to_string(initial.hidden_nodes)};
    return {"genome.initial.connections", std::string(name_of(initial.connections))};
}

[[noreturn]] void refuse(const ExperimentConfig& config, const std::string& key, const std::string& value,
                         const std::string& need) {
    throw FieldError(key, "must fit into evaluation.memory_limit_mb (" +
                              std::to_string(config.evaluation.memory_limit_mb) + "), got " + value + ": " + need);
}

/// The least number of genomes that are refined in a generation.
double refined_genomes(const ExperimentConfig& config) {
    if (config.refine.genomes != RefinedGenomes::fraction) return 1.0;
    return std::max(1.0, config.refine.fraction * config.evolution.population_size);
}

/// Throws FieldError if the optimisers of one generation need more than what `rest` bytes leave of the limit.
void check_refinement(const ExperimentConfig& config, const GenerationSize& size, double rest) {
    const RefineParams& refine = config.refine;
    const double dimension = size.nodes + size.connections;
    const double genomes = refined_genomes(config);
    const double bytes = genomes * optimizer_memory(refine.method, dimension, refine.offspring);
    if (refine.method == RefineMethod::none || rest + bytes <= static_cast<double>(memory_limit(config))) return;
    const bool many = refine.offspring > 0;
    refuse(config, many ? "refine.offspring" : "refine.method",
           many ? std::to_string(refine.offspring) : std::string(name_of(refine.method)),
           "to refine " + plural(genomes, "genome") + " with " + number_text(std::round(dimension)) +
               " weights and biases needs about " + megabytes(bytes) +
               "; choose adam or snes, refine fewer genomes or with fewer offspring, or raise the limit");
}

}  // namespace

std::uint64_t memory_limit(const ExperimentConfig& config) {
    return static_cast<std::uint64_t>(config.evaluation.memory_limit_mb) * static_cast<std::uint64_t>(megabyte);
}

double GenerationSize::memory() const noexcept {
    return genomes * (per_genome + nodes * per_node + connections * per_connection) + nodes * per_champion_node +
           possible * per_possible_connection;
}

GenerationSize first_generation_size(const ExperimentConfig& config, const GenomeShape& shape,
                                     const GenomeStore* initial) {
    const double genomes = config.evolution.population_size;
    if (initial != nullptr && !initial->empty()) {
        const auto connections = static_cast<double>((*initial)[0].connection_count());
        return {genomes, static_cast<double>((*initial)[0].node_count()), connections, connections};
    }
    const InitialCounts counts = initial_counts(config.genome, shape);
    return {genomes, counts.nodes, counts.connections, counts.possible};
}

void check_memory(const ExperimentConfig& config, const GenerationSize& generation, std::span<const InputFile> files) {
    const double data = data_memory(files);
    const double bytes = generation.memory() + data;
    if (bytes <= static_cast<double>(memory_limit(config))) return check_refinement(config, generation, bytes);
    const auto [key, value] = key_to_blame(config, generation);
    refuse(config, key, value,
           plural(generation.genomes, "genome") + " with " + plural(generation.nodes, "node") + " and " +
               plural(generation.connections, "connection") + " each need about " + megabytes(bytes) +
               (data > 0 ? " with the data" : "") + "; make it smaller, or raise the limit");
}

}  // namespace clade
