#include <clade/experiment/replay/replay.hpp>

#include <clade/core/genome/genome_io.hpp>
#include <clade/core/special_values_internal.hpp>
#include <clade/experiment/run/champion_choice.hpp>

#include <array>
#include <cmath>
#include <filesystem>
#include <string>
#include <utility>

namespace clade {
namespace {

/// Scores the first genome of a store in its place in a generation.
void score_alone(Engine& engine, const OpenedRun& run, const Vocabulary& vocabulary, const GenomeStore& genome,
                 std::pair<std::uint32_t, std::size_t> generation_and_place, ScoreTable& scores) {
    const std::array origins{generation_and_place.second};
    engine.scorer->score({.genomes = genome,
                          .number = generation_and_place.first,
                          .seed = *run.config.seed,
                          .network = run.config.genome.network,
                          .functions = vocabulary.functions,
                          .origins = origins},
                         scores);
}

/// Throws InputError unless the genome is of a logged generation, or of the one after these.
void check_id(const OpenedRun& run, GenomeId id, std::uint64_t population) {
    const auto last = run.log.last_generation();
    const std::uint64_t end = ((last ? std::uint64_t{last->generation} + 1 : 0) + 1) * population;
    if (raw(id) < end) return;
    throw InputError(run.folder.path.string() + ": genome must be from 0 to " + std::to_string(end - 1) + ", got " +
                     std::to_string(raw(id)));
}

/// Its fitness, or why it has none.
void score_one(Engine& engine, const OpenedRun& run, const Vocabulary& vocabulary, std::size_t place,
               RescoredGenome& genome) {
    ScoreTable scores;
    try {
        if (engine.scores_together) {
            engine.scorer->score(engine.evolver->ask(), scores);
        } else {
            score_alone(engine, run, vocabulary, genome.genome, {genome.generation, place}, scores);
        }
    } catch (const ScoringError& error) {
        genome.fitness = nan;
        genome.failure = error.failure();
        return;
    }
    const std::size_t row = engine.scores_together ? place : 0;
    genome.fitness = scores.fitness.at(row);
    scores.complete_failures();
    for (GenomeFailure& failure : scores.failures) {
        if (failure.genome == row) genome.failure = std::move(failure);
    }
}

/// What the log says of it.
void read_logged(const OpenedRun& run, std::size_t place, RescoredGenome& genome) {
    if (!run.log.generation(genome.generation)) return;
    genome.logged_fitness = run.log.fitness(genome.generation).at(place);
    genome.logged_failure = run.log.failure(genome.generation, place);
}

}  // namespace

double score_again(const OpenedRun& run, const Vocabulary& vocabulary, const GenerationRow& row) {
    auto engine = make_engine(run.config, vocabulary, logged_inputs(run.config, run.log));
    const auto place = static_cast<std::size_t>(raw(row.champion) % row.population);
    ScoreTable scores;
    if (engine->scores_together) {
        replay_logged(*engine, run.log, row.generation);
        engine->scorer->score(engine->evolver->ask(), scores);
        return scores.fitness.at(place);
    }
    const GenomeStore champion = logged_champion(run.log, row, vocabulary.functions);
    score_alone(*engine, run, vocabulary, champion, {row.generation, place}, scores);
    return scores.fitness.front();
}

bool RescoredGenome::as_logged() const noexcept {
    if (!logged_fitness) return std::isfinite(fitness);
    return equal_or_nan(fitness, *logged_fitness);
}

RescoredGenome score_genome_again(const OpenedRun& run, const Vocabulary& vocabulary, GenomeId id) {
    const auto population = static_cast<std::uint64_t>(run.config.evolution.population_size);
    check_id(run, id, population);
    auto engine = make_engine(run.config, vocabulary, logged_inputs(run.config, run.log));
    const auto generation = static_cast<std::uint32_t>(raw(id) / population);
    const auto place = static_cast<std::size_t>(raw(id) % population);
    const std::filesystem::path kept = run.folder.failed_genome(generation, id);
    RescoredGenome result{id, generation, GenomeStore(engine->evolver->population().shape())};
    if (!engine->scores_together && std::filesystem::exists(kept)) {
        result.genome = genome_from_json(read_file(kept), vocabulary.functions).store;
    } else {
        replay_logged(*engine, run.log, generation);
        revise_logged(*engine, run.log);
        result.genome.append(engine->evolver->population()[place]);
    }
    score_one(*engine, run, vocabulary, place, result);
    read_logged(run, place, result);
    return result;
}

}  // namespace clade
