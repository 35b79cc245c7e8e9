#include <clade/experiment/log/log_invariants.hpp>

#include <clade/core/fields.hpp>
#include <clade/core/special_values_internal.hpp>
#include <clade/evolution/generation_summary_internal.hpp>
#include <clade/experiment/log/log_columns.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clade {
namespace {

std::string found_text(double value) { return number_text(value); }
std::string found_text(std::uint64_t value) { return std::to_string(value); }

/// The checks of one generation after another.
class InvariantCheck {
public:
    InvariantCheck(const RunLog& log, FitnessDirection direction) : log_(log), direction_(direction) {}

    LogFindings run() {
        for (const GenerationRow& row : log_.generations()) {
            row_ = &row;
            if (!population_) population_ = row.population;
            try {
                genomes_ = log_.genomes(row.generation);
                check_fitness();
                check_counts();
                check_genomes();
                check_species();
            } catch (const FormatError& error) {
                found("", "", error.what());
            }
            evaluations_ = row.evaluations_total;
        }
        return std::move(findings_);
    }

private:
    void found(std::string_view table, std::string_view column, std::string problem) {
        findings_.push_back({row_->generation, std::string(table), std::string(column), std::move(problem)});
    }
    template <class T>
    void expect(std::string_view table, std::string_view column, T logged, T derived, std::string_view from) {
        if (logged == derived || (logged != logged && derived != derived)) return;
        found(table, column,
              "is " + found_text(logged) + ", but " + std::string(from) + " give " + found_text(derived));
    }

    void check_fitness();
    void check_counts();
    void check_genomes();
    void check_species();
    void check_one_species(const SpeciesRecord& one, const std::vector<double>& fitness);

    const RunLog& log_;
    FitnessDirection direction_;
    LogFindings findings_;
    const GenerationRow* row_ = nullptr;
    std::vector<GenomeRow> genomes_;
    std::optional<std::uint64_t> population_;
    std::uint64_t evaluations_ = 0;  // up to the generation before
};

void InvariantCheck::check_fitness() {
    std::vector<double> fitness;
    fitness.reserve(genomes_.size());
    for (const GenomeRow& genome : genomes_) fitness.push_back(genome.fitness);
    const FitnessSummary summary = summarise(fitness, direction_);
    constexpr std::string_view from = "the genomes' fitness values";
    expect("generation", "best", row_->fitness.best, summary.best, from);
    expect("generation", "mean", row_->fitness.mean, summary.mean, from);
    expect("generation", "median", row_->fitness.median, summary.median, from);
    expect("generation", "deviation", row_->fitness.deviation, summary.deviation, from);
    expect("generation", "worst", row_->fitness.worst, summary.worst, from);
    expect<std::uint64_t>("generation", "failed_count", row_->failed_count, genomes_.size() - fitness.size(), from);
}

void InvariantCheck::check_counts() {
    expect("generation", "population", row_->population, *population_, "earlier generations");
    expect("generation", "evaluations_total", row_->evaluations_total, evaluations_ + row_->evaluated,
           "the generation before and `evaluated`");
    std::uint64_t refined = 0;
    for (const RefinedGenome& genome : log_.refined(row_->generation)) refined += genome.evaluations;
    expect("generation", "refined_evaluations", row_->refined_evaluations, refined, "the rows of `refinement`");
    std::uint64_t played = 0;
    std::uint64_t saved = 0;
    for (const EpisodeRound& round : log_.race(row_->generation)) {
        played += round.genomes * round.episodes;
        saved += (row_->population - round.genomes) * round.episodes;
    }
    expect("generation", "episodes_played", row_->episodes_played, played, "the rows of `race`");
    expect("generation", "episodes_saved", row_->episodes_saved, saved, "the rows of `race`");
}

void InvariantCheck::check_genomes() {
    for (const GenomeRow& genome : genomes_) {
        for (const GenomeId parent : {genome.parent_a, genome.parent_b}) {
            const bool exists =
                parent == no_genome || (row_->generation > 0 && raw(parent) / row_->population + 1 == row_->generation);
            if (!exists) {
                return found(
                    "chunk", "data",
                    "genome " + std::to_string(raw(genome.id)) + " has a parent that the generation before lacks");
            }
        }
    }
    const std::uint64_t champion = raw(row_->champion) - row_->generation * row_->population;
    if (champion >= genomes_.size()) {
        found("generation", "champion", "is no genome of the generation");
    } else if (!equal_or_nan(genomes_[champion].fitness, row_->fitness.best) && !std::isnan(row_->fitness.best)) {
        found("generation", "champion", "is a genome whose fitness is not `best`");
    }
}

void InvariantCheck::check_species() {
    const std::vector<SpeciesRecord> species = log_.species(row_->generation);
    expect<std::uint64_t>("generation", "species_count", row_->species_count, species.size(), "the rows of `species`");
    std::map<SpeciesId, std::vector<double>> members;
    for (const GenomeRow& genome : genomes_) members[genome.species].push_back(genome.fitness);
    for (const SpeciesRecord& one : species) {
        check_one_species(one, members[one.id]);
        members.erase(one.id);
    }
    for (const auto& [id, fitness] : members) {
        found("species", "id", "genomes are of species " + std::to_string(raw(id)) + ", which has no row");
    }
}

void InvariantCheck::check_one_species(const SpeciesRecord& one, const std::vector<double>& fitness) {
    const std::string from = "the genomes of species " + std::to_string(raw(one.id));
    expect<std::uint64_t>("species", "size", one.size, fitness.size(), from);
    std::vector<double> finite = fitness;
    const FitnessSummary summary = summarise(finite, direction_);
    expect("species", "best", one.best, summary.best, from);
    if (!(std::abs(one.mean - summary.mean) <= 1e-9 * std::max(1.0, std::abs(summary.mean))) &&
        !equal_or_nan(one.mean, summary.mean)) {
        expect("species", "mean", one.mean, summary.mean, from);
    }
    if (one.age > row_->generation) found("species", "age", "is more than the run's");
    if (one.stagnation > row_->generation) found("species", "stagnation", "is more than the run's age");
    const std::uint64_t champion = raw(one.champion) - row_->generation * row_->population;
    if (champion >= genomes_.size() || genomes_[champion].species != one.id) {
        found("species", "champion", "is no member of species " + std::to_string(raw(one.id)));
    }
}

}  // namespace

LogFindings check_invariants(const RunLog& log, FitnessDirection direction) {
    return InvariantCheck(log, direction).run();
}

}  // namespace clade
