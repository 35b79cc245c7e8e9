#include <clade/evolution/evolution_params.hpp>

#include <algorithm>
#include <string>

namespace clade {

void visit_fields(SpeciationParams& p, FieldVisitor& field) {
    field("excess_coefficient", p.excess_coefficient, at_least(0.0),
          "Coefficient of excess genes in the compatibility distance (c1).");
    field("disjoint_coefficient", p.disjoint_coefficient, at_least(0.0),
          "Coefficient of disjoint genes in the distance (c2).");
    field("weight_coefficient", p.weight_coefficient, at_least(0.0),
          "Coefficient of the mean weight difference of matching genes in the distance (c3).");
    field("node_coefficient", p.node_coefficient, at_least(0.0),
          "Coefficient of the mean difference of matching nodes in the distance: bias, response, and 1 for each "
          "different function. 0 ignores nodes, as in the 2002 paper.");
    field("normalisation", p.normalisation,
          "Divide excess and disjoint counts by the larger genome's number of connections (gene_count), or not.");
    field("small_genome", p.small_genome, at_least(0),
          "No normalisation if both genomes have fewer connections than this.", {.needs = "normalisation: gene_count"});
    field(
        "threshold", p.threshold, greater_than(0.0),
        "Compatibility threshold: a genome joins a species if its distance to the representative is lower. null: it is "
        "found in each generation, so that target_species is held.");
    field("target_species", p.target_species, at_least(1),
          "Number of species to hold where threshold is null, at most population_size / min_species_size; null for " +
              std::to_string(default_target_species) + ".",
          {.needs = "threshold: null"});
    field(
        "method", p.method,
        "How target_species is held. threshold: each generation has the highest threshold at which there are as many; "
        "k_medoids: genomes join the nearest of as many species, whose representatives are their medoids.",
        {.needs = "threshold: null"});
    field.removed("threshold_step", "with target_species the threshold is found anew in each generation: leave it out");
    field("threshold_min", p.threshold_min, greater_than(0.0), "Minimum of a threshold that is found.",
          {.needs = "threshold: null, method: threshold"});
    field("threshold_max", p.threshold_max, greater_than(0.0), "Maximum of a threshold that is found.",
          {.needs = "threshold: null, method: threshold"});
    field("representative", p.representative,
          "Representative of a species in the next generation: a random member, the champion of the species, or the "
          "member nearest to the previous representative.",
          {.needs = "method: threshold"});
}

void visit_fields(StagnationParams& p, FieldVisitor& field) {
    field("species_limit", p.species_limit, at_least(0),
          "Generations without improvement after which a species is stagnant and may not reproduce; 0 for no limit.");
    field("population_limit", p.population_limit, at_least(0),
          "Generations without improvement of the population after which only the best species reproduce; 0 for no "
          "limit.");
    field("surviving_species", p.surviving_species, at_least(0),
          "Number of best species that reproduce after population_limit. With 0, and protected_species: 0, the "
          "population is extinct.",
          {.needs = "population_limit: not 0"});
    field("protected_species", p.protected_species, at_least(0), "Number of best species that never stagnate.",
          {.needs = "species_limit: not 0"});
    field("extinction", p.extinction,
          "When no species may reproduce: restart with a new initial population, or end with an error.");
}

void visit_fields(SelectionParams& p, FieldVisitor& field) {
    field("sharing", p.sharing,
          "Share of offspring of a species: its mean fitness (canonical; shifted if negative), or its mean fitness "
          "scaled to [0, 1] between the lowest and the highest (normalised).");
    field("survival_threshold", p.survival_threshold, between(0.0, 1.0),
          "Fraction of each species, the best members, that may become parents; at least one member.");
    field("min_species_size", p.min_species_size, at_least(0),
          "Minimum number of offspring of each reproducing species.");
    field("elitism", p.elitism, at_least(0), "Number of best genomes of each species that are copied unchanged.");
    field("elitism_min_species_size", p.elitism_min_species_size, at_least(1),
          "Species size from which elitism applies.", {.needs = "elitism: not 0"});
    field(
        "preserve_champion", p.preserve_champion,
        "Copy the generation's best genome, the champion of its species, unchanged, whatever the size of the species, "
        "unless the species is stagnant.");
}

void visit_fields(CrossoverParams& p, FieldVisitor& field) {
    field("probability", p.probability, probability(), "Probability that a child has two parents.");
    field("interspecies_probability", p.interspecies_probability, probability(),
          "Probability that the second parent comes from another species.", {.needs = "probability: not 0"});
    field("average_probability", p.average_probability, probability(),
          "Probability that a child averages its parents' matching genes, instead of choosing each at random.",
          {.needs = "probability: not 0"});
    field("disable_probability", p.disable_probability, probability(),
          "Probability that a matching gene is disabled if it is disabled in either parent.",
          {.needs = "probability: not 0"});
}

void visit_fields(MutationParams& p, FieldVisitor& field) {
    field("attributes_probability", p.attributes_probability, probability(),
          "Probability that a child's attributes (weights, biases, responses, functions) mutate; the blocks below "
          "genome have the rates per gene.");
    field("add_node_probability", p.add_node_probability, probability(),
          "Probability of adding a node, which splits a connection.");
    field("add_connection_probability", p.add_connection_probability, probability(),
          "Probability of adding a connection.");
    field("delete_node_probability", p.delete_node_probability, probability(),
          "Probability of deleting a hidden node and its connections.");
    field("delete_connection_probability", p.delete_connection_probability, probability(),
          "Probability of deleting a connection.");
    field("toggle_connection_probability", p.toggle_connection_probability, probability(),
          "Probability of enabling a disabled connection, or of disabling an enabled one.");
    field("structural_budget", p.structural_budget,
          "Structural mutations per child: at most one, or several, each with its own probability.");
    field("add_connection_attempts", p.add_connection_attempts, between(1, 10000),
          "Maximum number of random pairs of nodes tried for a new connection.",
          {.needs = "add_connection_probability: not 0"});
    field("max_hidden_nodes", p.max_hidden_nodes, at_least(0), "Maximum number of hidden nodes; 0 for no limit.");
    field("max_connections", p.max_connections, at_least(0), "Maximum number of connections; 0 for no limit.");
}

void visit_fields(EvolutionParams& p, FieldVisitor& field) {
    field("population_size", p.population_size, between(1, 100000000), "Number of genomes in every generation.");
    field("innovation_scope", p.innovation_scope,
          "Scope in which equal structural mutations get equal innovation numbers: the whole run, or one generation.");
    field.block("speciation", p.speciation, "Division of a generation into species.");
    field.block("stagnation", p.stagnation, "Species and populations that no longer improve.");
    field.block("selection", p.selection, "Parents, elites and the number of offspring of each species.");
    field.block("crossover", p.crossover, "Children of two parents.");
    field.block("mutation", p.mutation, "Changes of a child.");
}

void check_caps(const EvolutionParams& p, int initial_hidden_nodes, std::string_view prefix, IssueSink& issues) {
    const int cap = p.mutation.max_hidden_nodes;
    if (cap == 0 || initial_hidden_nodes <= cap) return;
    const std::string key = prefix.empty() ? std::string() : std::string(prefix) + ".";
    issues.add(key + "mutation.max_hidden_nodes", "must not be below genome.initial.hidden_nodes (" +
                                                      std::to_string(initial_hidden_nodes) + "), got " +
                                                      std::to_string(cap));
}

std::size_t held_species(const EvolutionParams& p) noexcept {
    const int room = std::max(1, p.population_size / std::max(1, p.selection.min_species_size));
    if (p.speciation.threshold) return 0;
    return std::min(static_cast<std::uint64_t>(room), p.speciation.target_species.value_or(default_target_species));
}

void check(const EvolutionParams& p, std::string_view prefix, IssueSink& issues) {
    const std::string key = prefix.empty() ? std::string() : std::string(prefix) + ".";
    const SpeciationParams& s = p.speciation;
    const auto limit = [&](const std::string& at, double value, double highest, const std::string& what) {
        if (value <= highest) return true;
        issues.add(key + at, "must not exceed " + what + " (" + number_text(highest) + "), got " + number_text(value));
        return false;
    };
    limit("speciation.threshold_min", s.threshold_min, s.threshold_max, "threshold_max");
    if (s.threshold && s.target_species) {
        issues.add(
            key + "speciation.target_species",
            "must be left out where threshold is set, which then decides, got " + std::to_string(*s.target_species));
    }
    if (s.threshold && s.method == SpeciationMethod::k_medoids) {
        issues.add(key + "speciation.threshold",
                   "must be null where method is k_medoids, got " + number_text(*s.threshold));
    }
    limit("selection.elitism", p.selection.elitism, p.population_size, "population_size");
    limit("selection.min_species_size", p.selection.min_species_size, p.population_size, "population_size");
}

}  // namespace clade
