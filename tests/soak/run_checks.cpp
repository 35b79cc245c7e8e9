#include "tests/soak/run_checks.hpp"

#include <clade/core/genome/graph.hpp>

#include <algorithm>
#include <map>

namespace clade {

std::vector<std::string> RunChecks::broken_rules(const GenomeStore& population) {
    std::vector<std::string> broken = population.violations();
    const auto expected = static_cast<std::size_t>(evolution_.population_size);
    if (population.size() != expected) {
        broken.push_back("a generation must have " + std::to_string(expected) + " genomes, got " +
                         std::to_string(population.size()));
    }
    const int most_hidden = evolution_.mutation.max_hidden_nodes;
    for (std::size_t i = 0; i < population.size(); ++i) {
        const GenomeView genome = population[i];
        if (!genome_.network.is_recurrent() && !is_acyclic({genome.source, genome.target})) {
            broken.push_back("genome " + std::to_string(i) + " of a feed-forward run has a cycle");
        }
        const std::size_t hidden = genome.node_count() - population.shape().output_count;
        if (most_hidden > 0 && hidden > static_cast<std::size_t>(most_hidden)) {
            broken.push_back("genome " + std::to_string(i) +
                             " has more than max_hidden_nodes: " + std::to_string(hidden));
        }
        check_innovations(genome, broken);
    }
    return broken;
}

void RunChecks::check_innovations(const GenomeView& genome, std::vector<std::string>& broken) {
    const bool one_number = evolution_.innovation_scope == InnovationScope::run;
    for (std::size_t i = 0; i < genome.connection_count(); ++i) {
        const std::uint32_t number = raw(genome.innovation[i]);
        const std::uint64_t ends = (std::uint64_t{raw(genome.source[i])} << 32U) | raw(genome.target[i]);
        if (ends_.try_emplace(number, ends).first->second != ends) {
            broken.push_back("innovation " + std::to_string(number) + " stands for two connections");
        }
        if (one_number && numbers_.try_emplace(ends, number).first->second != number) {
            broken.push_back("innovation " + std::to_string(number) + " is the second of one connection");
        }
    }
}

std::vector<std::string> RunChecks::broken_rules(const GenerationRecord& record) const {
    std::vector<std::string> broken;
    const auto expected = static_cast<std::size_t>(evolution_.population_size);
    std::map<std::uint32_t, std::size_t> members;
    for (const std::uint32_t species : record.genome_species) ++members[species];
    std::size_t offspring = 0;
    for (std::size_t i = 0; i < record.species.size(); ++i) {
        const SpeciesRecord& species = record.species[i];
        const std::string name = "species " + std::to_string(raw(species.id));
        offspring += species.offspring;
        if (i > 0 && !(record.species[i - 1].id < species.id)) broken.push_back(name + " is not in the order of ids");
        if (species.size == 0 || members[raw(species.id)] != species.size) {
            broken.push_back(name + " has " + std::to_string(members[raw(species.id)]) + " genomes, but says " +
                             std::to_string(species.size));
        }
    }
    if (members.size() != record.species.size()) broken.emplace_back("a genome is in a species that is not there");
    if (record.genome_species.size() != expected) broken.emplace_back("not every genome is in a species");
    if (offspring != (record.restarted ? 0 : expected)) {
        broken.push_back("species must have " + std::to_string(expected) +
                         " children in all, or none at a restart, got " + std::to_string(offspring));
    }
    if (record.champion >= expected) broken.emplace_back("the champion is no genome of the generation");
    return broken;
}

bool state_reads_back(const Evolver& evolver) {
    ByteWriter written;
    evolver.write(written);
    ByteReader reader(written.bytes());
    Evolver again(evolver.setup());
    again.read(reader);
    ByteWriter second;
    again.write(second);
    return reader.remaining() == 0 && std::ranges::equal(written.bytes(), second.bytes());
}

}  // namespace clade
