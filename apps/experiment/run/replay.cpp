#include <clade/experiment/run/replay.hpp>

#include <array>

namespace clade {

GenomeStore logged_champion(const RunLog& log, const GenerationRow& row, const FunctionSet& functions) {
    return genome_from_json(log.champion_json(row.generation).value_or(""), functions).store;
}

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
    const std::array origins{place};
    engine->scorer->score({.genomes = champion,
                           .number = row.generation,
                           .seed = *run.config.seed,
                           .network = run.config.genome.network,
                           .functions = vocabulary.functions,
                           .origins = origins},
                          scores);
    return scores.fitness.front();
}

}  // namespace clade
