#include "clade/history/operator_success.hpp"

#include <clade/core/special_values_internal.hpp>
#include <clade/evolution/breed/child_plan.hpp>

#include <cmath>

namespace clade::history {
namespace {

/// The bits of a genome's operators, and one behind them for a genome without any.
bool takes_part(const GenomeRow& row, std::size_t place) {
    return place < operator_names.size() ? ((unsigned{row.operators} >> place) & 1U) != 0 : row.operators == 0;
}

}  // namespace

double OperatorCount::mean() const { return scored == 0 ? nan : sum / static_cast<double>(scored); }

double OperatorCount::improved_share() const {
    return genomes == 0 ? nan : static_cast<double>(improved) / static_cast<double>(genomes);
}

OperatorTally::OperatorTally(FitnessDirection direction)
    : direction_(direction), best_(nan), counts_(operator_names.size() + 1) {
    for (std::size_t i = 0; i < operator_names.size(); ++i) counts_[i].name = operator_names[i];
    counts_.back().name = "none";
    for (OperatorCount& count : counts_) count.best = nan;
}

void OperatorTally::add(std::span<const GenomeRow> genomes, std::span<const double> before) {
    const GenomeRow* champion = nullptr;
    for (const GenomeRow& row : genomes) {
        const bool scored = std::isfinite(row.fitness);
        const std::uint64_t parent = raw(row.parent_a) % genomes.size();
        const bool improved = scored && row.parent_a != no_genome && parent < before.size() &&
                              is_better(row.fitness, before[parent], direction_);
        if (scored && is_better(row.fitness, best_, direction_)) {
            best_ = row.fitness;
            champion = &row;
        }
        for (std::size_t place = 0; place < counts_.size(); ++place) {
            if (!takes_part(row, place)) continue;
            OperatorCount& count = counts_[place];
            ++count.genomes;
            if (improved) ++count.improved;
            if (!scored) continue;
            ++count.scored;
            count.sum += row.fitness;
            if (is_better(row.fitness, count.best, direction_)) count.best = row.fitness;
        }
    }
    for (std::size_t place = 0; champion != nullptr && place < counts_.size(); ++place) {
        if (takes_part(*champion, place)) ++counts_[place].best_ever;
    }
}

std::vector<OperatorCount> OperatorTally::counts() const {
    std::vector<OperatorCount> occurring = counts_;
    std::erase_if(occurring, [](const OperatorCount& count) { return count.genomes == 0; });
    return occurring;
}

std::vector<OperatorCount> operator_success(const RunLog& log, FitnessDirection direction) {
    OperatorTally tally(direction);
    std::vector<double> before;
    const auto last = log.last_generation();
    for (std::uint32_t generation = 0; last && generation <= last->generation; ++generation) {
        tally.add(log.genomes(generation), before);
        before = log.fitness(generation);
    }
    return tally.counts();
}

}  // namespace clade::history
