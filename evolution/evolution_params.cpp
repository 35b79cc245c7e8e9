#include <clade/evolution/evolution_params.hpp>

#include <algorithm>
#include <string>

namespace clade {

void visit_fields(SpeciationParams& p, FieldVisitor& field) {
    field("excess_coefficient", p.excess_coefficient, at_least(0.0), "Weight of excess genes in the distance (c1).");
    field("disjoint_coefficient", p.disjoint_coefficient, at_least(0.0),
          "Weight of disjoint genes in the distance (c2).");
    field("weight_coefficient", p.weight_coefficient, at_least(0.0),
          "Weight of the mean weight difference of matching genes in the distance (c3).");
    field("node_coefficient", p.node_coefficient, at_least(0.0),
          "Weight of the mean difference of matching nodes (bias, response, 1 for each other function) in the "
          "distance; 0 leaves nodes out, as the paper does.");
    field("normalisation", p.normalisation,
          "Whether excess and disjoint counts are divided by the gene count of the larger genome.");
    field("small_genome", p.small_genome, at_least(0),
          "Genomes that both have fewer connections than this are not normalised.");
    field("threshold", p.threshold, greater_than(0.0), "Distance below which a genome joins a species.");
    field("target_species", p.target_species, at_least(0),
          "Number of species towards which the threshold is moved; 0 keeps it fixed.");
    field("threshold_step", p.threshold_step, at_least(0.0), "Change of a moving threshold a generation.");
    field("threshold_min", p.threshold_min, greater_than(0.0), "Smallest value of a moving threshold.");
    field("threshold_max", p.threshold_max, greater_than(0.0), "Largest value of a moving threshold.");
    field("representative", p.representative,
          "Which member stands for its species in the next generation: random, champion, or nearest to the last one.");
}

void visit_fields(StagnationParams& p, FieldVisitor& field) {
    field("species_limit", p.species_limit, at_least(0),
          "Generations without progress after which a species stops reproducing; 0 turns this off.");
    field("population_limit", p.population_limit, at_least(0),
          "Generations without progress after which only the best species (surviving_species) reproduce; 0 turns this "
          "off.");
    field(
        "surviving_species", p.surviving_species, at_least(0),
        "So many best species still reproduce when the whole population makes no progress; 0, with protected_species: "
        "0, starts anew then (extinction).");
    field("protected_species", p.protected_species, at_least(0), "So many best species are never stopped.");
    field("extinction", p.extinction, "When every species has stopped: start anew, or end with an error.");
}

void visit_fields(SelectionParams& p, FieldVisitor& field) {
    field("sharing", p.sharing,
          "canonical: a species' share is its mean fitness (less the lowest, if negative); normalised: its mean rank "
          "between the lowest and highest fitness, which no added constant or factor changes.");
    field("survival_threshold", p.survival_threshold, between(0.0, 1.0),
          "Best part of a species that may become parents; at least one does.");
    field("min_species_size", p.min_species_size, at_least(0), "Children that every reproducing species has at least.");
    field("elitism", p.elitism, at_least(0), "Best genomes of a species that are copied unchanged.");
    field("elitism_min_species_size", p.elitism_min_species_size, at_least(1),
          "Members from which on a species' best are copied.");
    field("preserve_champion", p.preserve_champion,
          "Copies the best genome of the population unchanged, whatever the size of its species, unless the species "
          "has stopped.");
}

void visit_fields(CrossoverParams& p, FieldVisitor& field) {
    field("probability", p.probability, probability(), "Probability that a child has two parents.");
    field("interspecies_probability", p.interspecies_probability, probability(),
          "Probability that the second parent comes from another species.");
    field("average_probability", p.average_probability, probability(),
          "Probability that a child's matching genes are averaged instead of chosen at random.");
    field("disable_probability", p.disable_probability, probability(),
          "Probability that a matching gene is disabled if it is disabled in either parent.");
}

void visit_fields(MutationParams& p, FieldVisitor& field) {
    field("attributes_probability", p.attributes_probability, probability(),
          "Probability that a child's weights, biases and other attributes mutate.");
    field("add_node_probability", p.add_node_probability, probability(), "Probability that a connection is split.");
    field("add_connection_probability", p.add_connection_probability, probability(),
          "Probability that a connection is added.");
    field("delete_node_probability", p.delete_node_probability, probability(),
          "Probability that a hidden node is deleted.");
    field("delete_connection_probability", p.delete_connection_probability, probability(),
          "Probability that a connection is deleted.");
    field("toggle_connection_probability", p.toggle_connection_probability, probability(),
          "Probability that a connection is enabled or disabled.");
    field("structural_budget", p.structural_budget,
          "one: at most one structural mutation a child, chosen by the probabilities; several: each on its own.");
    field("add_connection_attempts", p.add_connection_attempts, at_least(1),
          "Random pairs of nodes tried before a connection is given up.");
    field("max_hidden_nodes", p.max_hidden_nodes, at_least(0), "Largest number of hidden nodes; 0 for no limit.");
    field("max_connections", p.max_connections, at_least(0), "Largest number of connections; 0 for no limit.");
}

void visit_fields(EvolutionParams& p, FieldVisitor& field) {
    field("population_size", p.population_size, between(1, 100000000), "Genomes in every generation.");
    field("innovation_scope", p.innovation_scope,
          "Whether equal structure gets equal innovation numbers over the whole run or within a generation.");
    field.block("speciation", p.speciation, "How a generation is split into species.");
    field.block("stagnation", p.stagnation, "When a species may no longer reproduce.");
    field.block("selection", p.selection, "Who has how many children.");
    field.block("crossover", p.crossover, "How two parents make a child.");
    field.block("mutation", p.mutation, "How a child changes.");
}

void check_caps(const EvolutionParams& p, int initial_hidden_nodes, std::string_view prefix, IssueSink& issues) {
    const int cap = p.mutation.max_hidden_nodes;
    if (cap == 0 || initial_hidden_nodes <= cap) return;
    const std::string key = prefix.empty() ? std::string() : std::string(prefix) + ".";
    issues.add(key + "mutation.max_hidden_nodes", "must not be below genome.initial.hidden_nodes (" +
                                                      std::to_string(initial_hidden_nodes) + "), got " +
                                                      std::to_string(cap));
}

void check(const EvolutionParams& p, std::string_view prefix, IssueSink& issues) {
    const std::string key = prefix.empty() ? std::string() : std::string(prefix) + ".";
    const SpeciationParams& s = p.speciation;
    const auto limit = [&](const std::string& at, double value, double highest, const std::string& what) {
        if (value <= highest) return true;
        issues.add(key + at, "must not exceed " + what + " (" + number_text(highest) + "), got " + number_text(value));
        return false;
    };
    const bool bounds_in_order = limit("speciation.threshold_min", s.threshold_min, s.threshold_max, "threshold_max");
    const bool inside = s.threshold >= s.threshold_min && s.threshold <= s.threshold_max;
    if (s.target_species > 0 && bounds_in_order && !inside) {
        issues.add(key + "speciation.threshold", "must lie between threshold_min (" + number_text(s.threshold_min) +
                                                     ") and threshold_max (" + number_text(s.threshold_max) +
                                                     ") to be moved, got " + number_text(s.threshold));
    }
    limit("speciation.target_species", s.target_species, p.population_size, "population_size");
    limit("selection.elitism", p.selection.elitism, p.population_size, "population_size");
    const double floors = 1.0 * p.selection.min_species_size * std::max(1, s.target_species);
    if (floors > p.population_size) {
        issues.add(key + "selection.min_species_size",
                   "times speciation.target_species must not exceed population_size (" +
                       std::to_string(p.population_size) + "), got " + number_text(floors));
    }
}

}  // namespace clade
