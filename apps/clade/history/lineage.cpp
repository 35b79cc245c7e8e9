#include "clade/history/lineage.hpp"

#include "clade/history/rebuilder.hpp"

#include <algorithm>
#include <cmath>

namespace clade::history {
namespace {

GenomeStore alone(const GenomeStore& generation, std::uint64_t index) {
    GenomeStore store(generation.shape());
    store.append(generation[index]);
    return store;
}

}  // namespace

std::vector<Ancestor> ancestors_of(const RunLog& log, GenomeId id, std::uint64_t population) {
    std::vector<Ancestor> line;
    auto generation = static_cast<std::uint32_t>(raw(id) / population);
    std::vector<GenomeRow> rows = log.genomes(generation);
    line.push_back({rows.at(raw(id) % population)});
    while (line.back().row.parent_a != no_genome) {
        Ancestor& child = line.back();
        rows = log.genomes(--generation);
        child.parent = rows.at(raw(child.row.parent_a) % population);
        if (child.row.parent_b != no_genome && child.row.parent_b != child.row.parent_a) {
            child.other_parent = rows.at(raw(child.row.parent_b) % population);
        }
        line.push_back({*child.parent});
    }
    std::reverse(line.begin(), line.end());
    return line;
}

bool is_rise(const Ancestor& ancestor, FitnessDirection direction) {
    if (!ancestor.parent || !std::isfinite(ancestor.row.fitness)) return false;
    return !std::isfinite(ancestor.parent->fitness) ||
           is_better(ancestor.row.fitness, ancestor.parent->fitness, direction);
}

std::vector<LineageStep> rising_steps(const OpenedRun& run, const Vocabulary& vocabulary,
                                      const std::vector<Ancestor>& line) {
    const FitnessDirection direction = logged_direction(run.log);
    Rebuilder rebuilder(run, vocabulary);
    std::vector<LineageStep> steps;
    for (const Ancestor& ancestor : line) {
        if (!is_rise(ancestor, direction)) continue;
        LineageStep& step = steps.emplace_back(LineageStep{ancestor});
        const GenomeStore& before = rebuilder.generation(ancestor.row.generation - 1);
        step.parent_genes = alone(before, ancestor.parent->index);
        if (ancestor.other_parent) step.other_genes = alone(before, ancestor.other_parent->index);
        step.genes = alone(rebuilder.generation(ancestor.row.generation), ancestor.row.index);
        step.diff = diff_genomes(step.parent_genes[0], step.genes[0]);
    }
    return steps;
}

}  // namespace clade::history
