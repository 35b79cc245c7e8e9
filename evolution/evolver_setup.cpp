#include <clade/evolution/evolver_setup.hpp>

#include <clade/core/genome/graph.hpp>
#include <clade/evolution/genome/initial_population.hpp>

#include <string>
#include <utility>

namespace clade {
namespace {

void check_initial_genome(const EvolverSetup& setup, const GenomeStore& saved, IssueSink& issues) {
    const std::string key = "genome.initial.genome";
    const GenomeShape& shape = saved.shape();
    if (const GenomeShape wanted = setup.genome_shape(); shape != wanted) {
        issues.add(key, "must have " + describe(wanted) + " here, got " + describe(shape));
    }
    if (saved.size() != 1) {
        issues.add(key, "must be one genome");
        return;
    }
    for (const std::string& broken : saved.violations()) issues.add(key, broken);
    const GenomeView genome = saved[0];
    if (!setup.genome.network.is_recurrent() && !is_acyclic({genome.source, genome.target})) {
        issues.add(key, "must have no cycle with network: feed_forward");
    }
    for (std::size_t row = 0; row < genome.node_count(); ++row) {
        if (setup.functions.activations.contains(genome.activation[row]) &&
            setup.functions.aggregations.contains(genome.aggregation[row])) {
            continue;
        }
        issues.add(key, "node " + std::to_string(raw(genome.node_id[row])) + " has an unknown function");
    }
}

/// Ids are numbers of 32 bits, with room for nodes to come.
constexpr Range countable() { return between(0.0, 1e9); }

void check_counts(const EvolverSetup& setup, IssueSink& issues) {
    for (const auto& [key, count] :
         {std::pair{"input_count", setup.input_count}, {"output_count", setup.output_count}}) {
        const auto number = static_cast<double>(count);
        if (!countable().contains(number)) {
            issues.add(key, "must be " + countable().describe() + ", got " + number_text(number));
        }
    }
    const double possible = initial_counts(setup.genome, setup.genome_shape()).possible;
    if (!setup.initial_genome && !countable().contains(possible)) {
        issues.add(setup.genome.initial.hidden_nodes > 0 ? "genome.initial.hidden_nodes" : "genome.initial.route",
                   "must allow at most 1000000000 initial connections, got " + number_text(possible));
    }
    if (setup.output_count == 0) issues.add("output_count", "must be at least 1, got 0");
    if (setup.input_count == 0 && !setup.genome.bias_input) {
        issues.add("input_count", "must be at least 1 without genome.bias_input, got 0: there is nothing to connect");
    }
}

}  // namespace

GenomeShape EvolverSetup::genome_shape() const noexcept {
    return {static_cast<std::uint32_t>(input_count), static_cast<std::uint32_t>(output_count), genome.bias_input};
}

void check(const EvolverSetup& setup) {
    ThrowingSink issues;
    GenomeParams genome = setup.genome;  // a visitor may write what it visits
    EvolutionParams evolution = setup.evolution;
    RangeCheck genome_ranges("genome", issues);
    RangeCheck evolution_ranges("evolution", issues);
    visit_fields(genome, genome_ranges);
    visit_fields(evolution, evolution_ranges);
    check(setup.genome, "genome", setup.functions, issues);
    check(setup.evolution, "evolution", issues);
    check_caps(setup.evolution, setup.genome.initial.hidden_nodes, "evolution", issues);
    check_counts(setup, issues);
    if (setup.initial_genome) check_initial_genome(setup, setup.initial_genome->store, issues);
    issues.finish();
}

}  // namespace clade
