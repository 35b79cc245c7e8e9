#include "clade/inspect/inspect_generation.hpp"

#include "clade/history/operator_success.hpp"
#include "clade/inspect/inspect_values.hpp"
#include "clade/output/run_summary.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"

#include <clade/core/digest.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iostream>

namespace clade::inspect {
namespace {

constexpr std::size_t genomes_shown = 10;
constexpr std::size_t members_shown = 20;

using history::OperatorCount;

std::vector<OperatorCount> operator_counts(const Subject& subject, std::uint32_t generation,
                                           const std::vector<GenomeRow>& genomes) {
    history::OperatorTally tally(subject.direction);
    tally.add(genomes, generation == 0 ? std::vector<double>{} : subject.run.log.fitness(generation - 1));
    return tally.counts();
}

Json operator_json(const OperatorCount& count) {
    return {{"operator", count.name},
            {"genomes", count.genomes},
            {"best", json_value(count.best)},
            {"mean", json_value(count.mean())},
            {"improved", count.improved}};
}

void print_json(const Subject& subject, const GenerationRow& row, const std::vector<GenomeRow>& genomes) {
    Json json{{"run", subject.run.folder.path.string()}};
    json.update(generation_json(row));
    for (const char* list : {"species", "operators", "refined", "genomes", "race", "failures"}) {
        json[list] = Json::array();
    }
    for (const GenomeFailure& failure : subject.run.log.failures(row.generation)) {
        json["failures"].push_back({{"genome", raw(genomes.at(failure.genome).id)},
                                    {"kind", name_of(failure.kind)},
                                    {"message", failure.message}});
    }
    for (const SpeciesRecord& species : subject.run.log.species(row.generation)) {
        json["species"].push_back(species_json(species));
    }
    for (const OperatorCount& count : operator_counts(subject, row.generation, genomes)) {
        json["operators"].push_back(operator_json(count));
    }
    for (const RefinedGenome& refined : subject.run.log.refined(row.generation)) {
        json["refined"].push_back({{"genome", raw(genomes.at(refined.genome).id)},
                                   {"before", json_value(refined.fitness_before)},
                                   {"after", json_value(refined.fitness)},
                                   {"evaluations", refined.evaluations}});
    }
    const std::vector<ScoreColumn> scores = subject.run.log.score_columns(row.generation);
    for (const GenomeRow& genome : genomes) json["genomes"].push_back(genome_json(genome, scores));
    for (const EpisodeRound& round : subject.run.log.race(row.generation)) {
        json["race"].push_back({{"genomes", round.genomes}, {"episodes", round.episodes}});
    }
    print(json);
}

std::string fitness_text(const FitnessSummary& fitness) {
    if (std::isnan(fitness.best)) return "every genome failed";
    return fmt::format("best {}, mean {}, median {}, deviation {}, worst {}", short_fitness(fitness.best),
                       short_fitness(fitness.mean), short_fitness(fitness.median), short_fitness(fitness.deviation),
                       short_fitness(fitness.worst));
}

void print_facts(const Subject& subject, const GenerationRow& row) {
    const auto last = subject.run.log.last_generation();
    std::vector<Fact> facts{
        {"generation",
         fmt::format("{} (0 to {} are logged)", row.generation, last ? last->generation : row.generation)},
        {"fitness", fitness_text(row.fitness)},
        {"genomes", fmt::format("{}: {} scored, {} with a known fitness, {} failed", row.population, row.evaluated,
                                row.reused, row.failed_count)},
        {"champion", fmt::format("genome {}, {} hidden, {}", raw(row.champion), row.complexity.best_hidden,
                                 counted(row.complexity.best_connections, "connection"))},
        {"complexity", fmt::format("mean {:.4g} hidden nodes, {:.4g} connections", row.complexity.mean_hidden,
                                   row.complexity.mean_connections)},
        {"species", fmt::format("{}, threshold {:.4g}", row.species_count, row.threshold)}};
    if (const std::string racing = racing_text({row}); !racing.empty()) facts.push_back({"episodes", racing});
    if (row.restarted) facts.push_back({"extinction", "all species stagnated; the next generation starts anew"});
    std::cout << facts_text(facts, terminal_width(Output::out));
}

std::string refined_table(const std::vector<RefinedGenome>& all, const std::vector<GenomeRow>& genomes) {
    TextTable table;
    table.columns({{"refined genome", TextTable::always}, {"before", 2}, {"after", 3}, {"evaluations", 1}});
    for (const RefinedGenome& refined : all) {
        table.row({std::to_string(raw(genomes.at(refined.genome).id)), short_fitness(refined.fitness_before),
                   short_fitness(refined.fitness), std::to_string(refined.evaluations)});
    }
    return table.text(terminal_width(Output::out));
}

std::string race_table(const std::vector<EpisodeRound>& race) {
    TextTable table;
    table.columns({{"round of the race", TextTable::always}, {"genomes", 3}, {"episodes", 2}, {"episodes so far", 1}});
    std::size_t so_far = 0;
    for (std::size_t i = 0; i < race.size(); ++i) {
        so_far += race[i].episodes;
        table.row({std::to_string(i + 1), std::to_string(race[i].genomes), std::to_string(race[i].episodes),
                   std::to_string(so_far)});
    }
    return table.text(terminal_width(Output::out));
}

std::string failures_table(const std::vector<GenomeFailure>& all, const std::vector<GenomeRow>& genomes) {
    TextTable table;
    table.column("failed genome");
    table.column("kind", TextTable::Align::left);
    table.column("message", TextTable::Align::left);
    const std::size_t shown = std::min(all.size(), genomes_shown);
    for (std::size_t i = 0; i < shown; ++i) {
        table.row(
            {std::to_string(raw(genomes.at(all[i].genome).id)), std::string(name_of(all[i].kind)), all[i].message});
    }
    return table.text(terminal_width(Output::out)) + thinned_note(shown, all.size(), "failed genomes");
}

std::string species_table(const std::vector<SpeciesRecord>& all) {
    TextTable table;
    table.columns({{"species", TextTable::always},
                   {"age", 5},
                   {"size", TextTable::always},
                   {"best", TextTable::always},
                   {"mean", 4},
                   {"stagnation", 3},
                   {"offspring", 2},
                   {"champion", 6}});
    for (const SpeciesRecord& species : all) {
        table.row({std::to_string(raw(species.id)), std::to_string(species.age), std::to_string(species.size),
                   short_fitness(species.best), short_fitness(species.mean), std::to_string(species.stagnation),
                   std::to_string(species.offspring), std::to_string(raw(species.champion))});
    }
    return table.text(terminal_width(Output::out));
}

std::string operators_table(const std::vector<OperatorCount>& counts, std::size_t population) {
    TextTable table;
    table.column("operator", TextTable::Align::left);
    table.columns({{"genomes", TextTable::always}, {"share", 2}, {"best", 4}, {"mean", 1}, {"beat parent", 3}});
    for (const OperatorCount& count : counts) {
        const double share = 100.0 * static_cast<double>(count.genomes) / static_cast<double>(population);
        table.row({count.name, std::to_string(count.genomes), fmt::format("{:.0f}%", share), short_fitness(count.best),
                   short_fitness(count.mean()), std::to_string(count.improved)});
    }
    return table.text(terminal_width(Output::out));
}

}  // namespace

void print_generation(const Subject& subject, std::uint32_t generation, Format format) {
    const GenerationRow row = known_generation(subject, generation);
    std::vector<GenomeRow> genomes = subject.run.log.genomes(generation);
    if (format == Format::csv) {
        std::cout << genomes_csv(genomes, subject.run.log.score_columns(generation));
        return;
    }
    if (format == Format::json) return print_json(subject, row, genomes);
    print_facts(subject, row);
    std::cout << '\n' << species_table(subject.run.log.species(generation));
    std::cout << '\n' << operators_table(operator_counts(subject, generation, genomes), genomes.size());
    const std::vector<RefinedGenome> refined = subject.run.log.refined(generation);
    if (!refined.empty()) std::cout << '\n' << refined_table(refined, genomes);
    const std::vector<EpisodeRound> race = subject.run.log.race(generation);
    if (!race.empty()) std::cout << '\n' << race_table(race);
    const std::vector<GenomeFailure> failures = subject.run.log.failures(generation);
    if (!failures.empty()) std::cout << '\n' << failures_table(failures, genomes);
    sort_by_fitness(genomes, subject.direction);
    std::cout << '\n'
              << genomes_table(genomes, genomes_shown)
              << thinned_note(std::min(genomes_shown, genomes.size()), genomes.size(), "genomes");
}

void print_members(const Subject& subject, SpeciesId id, std::uint32_t generation, Format format) {
    (void)known_generation(subject, generation);
    std::vector<GenomeRow> genomes = subject.run.log.genomes(generation);
    std::erase_if(genomes, [&](const GenomeRow& row) { return row.species != id; });
    const std::vector<SpeciesRecord> all = subject.run.log.species(generation);
    const auto found = std::find_if(all.begin(), all.end(), [&](const SpeciesRecord& one) { return one.id == id; });
    if (found == all.end()) {
        std::vector<std::uint32_t> ids(all.size());
        std::transform(all.begin(), all.end(), ids.begin(), [](const SpeciesRecord& one) { return raw(one.id); });
        throw InputError(fmt::format("{}: species of generation {} must be one of {}, got {}",
                                     subject.run.folder.path.string(), generation, fmt::join(ids, ", "), raw(id)));
    }
    if (format == Format::csv) {
        std::cout << genomes_csv(genomes, subject.run.log.score_columns(generation));
        return;
    }
    if (format == Format::json) {
        Json json{{"run", subject.run.folder.path.string()},
                  {"generation", generation},
                  {"species", species_json(*found)},
                  {"genomes", Json::array()}};
        const std::vector<ScoreColumn> scores = subject.run.log.score_columns(generation);
        for (const GenomeRow& genome : genomes) json["genomes"].push_back(genome_json(genome, scores));
        print(json);
        return;
    }
    std::cout << fmt::format("species {} in generation {}\n\n", raw(id), generation) << species_table({*found}) << '\n';
    sort_by_fitness(genomes, subject.direction);
    std::cout << genomes_table(genomes, members_shown)
              << thinned_note(std::min(members_shown, genomes.size()), genomes.size(), "genomes");
}

}  // namespace clade::inspect
