#include <clade/experiment/run/rebuild.hpp>

#include <clade/core/special_values_internal.hpp>

#include <clade/experiment/run/champion_choice.hpp>
#include <clade/experiment/run/config_in_force.hpp>

#include <algorithm>
#include <charconv>

namespace clade {

OpenedRun open_run(const RunFolder& folder, const Vocabulary& vocabulary) {
    RunLog log(folder.log(), RunLog::Mode::read);
    ExperimentConfig config = logged_config(folder, log, vocabulary);
    return {folder, std::move(config), std::move(log)};
}

FitnessDirection logged_direction(const RunLog& log) {
    return value_named<FitnessDirection>(log.get("direction").value_or("")).value_or(FitnessDirection::maximise);
}

std::optional<GenerationRow> solving_generation(const RunLog& log) {
    const std::optional<std::string> number = log.get("solved_generation");
    std::uint32_t generation = 0;
    if (!number || log.get("solved") != "true") return std::nullopt;
    const auto [end, problem] = std::from_chars(number->data(), number->data() + number->size(), generation);
    return problem == std::errc{} ? log.generation(generation) : std::nullopt;
}

std::optional<GenerationRow> champion_row(const RunLog& log, FitnessDirection direction) {
    if (const auto choice = logged_choice(log)) return log.generation(choice->generation);
    if (auto row = solving_generation(log)) return row;
    std::optional<GenerationRow> best;
    for (const GenerationRow& row : log.generations()) {
        const double before = best ? best->fitness.best : nan;
        if (is_better(row.fitness.best, before, direction)) best = row;
    }
    return best;
}

void revise_logged(Engine& engine, const RunLog& log) {
    Evolver& evolver = *engine.evolver;
    const std::vector<RefinedGenome> all = log.refined(evolver.generation());
    if (all.empty()) return;
    evolver.speciate();
    for (const RefinedGenome& refined : all) {
        if (!refined.improved()) continue;
        GenomeStore genome(evolver.population().shape());
        if (refined.genome < evolver.population().size()) genome.append(evolver.population()[refined.genome]);
        const bool fits = !genome.empty() && refined.weights.size() == genome.connection_count() &&
                          refined.biases.size() == genome.node_count();
        if (!fits) throw FormatError("the logged weights of a refined genome do not fit it");
        std::copy(refined.weights.begin(), refined.weights.end(), genome.attributes(0).weight.begin());
        std::copy(refined.biases.begin(), refined.biases.end(), genome.attributes(0).bias.begin());
        evolver.revise(refined.genome, genome[0], engine.inheritance);
    }
}

void replay_logged(Engine& engine, const RunLog& log, std::uint32_t generation) {
    Evolver& evolver = *engine.evolver;
    while (evolver.generation() < generation) {
        const std::uint32_t number = evolver.generation();
        const auto row = log.generation(number);
        if (!row) throw Error("generation " + std::to_string(number) + " is not in the log");
        revise_logged(engine, log);
        const ScoreTable logged{
            .fitness = log.fitness(number), .columns = log.score_columns(number), .merit = log.merit(number)};
        if (evolver.tell(logged).digest == raw(row->digest)) continue;
        throw Error("generation " + std::to_string(number) +
                    " differs from the log: was the configuration in the run folder changed, or the run "
                    "made by another version?");
    }
}

std::unique_ptr<Engine> rebuild(const OpenedRun& run, const Vocabulary& vocabulary, std::uint32_t generation) {
    auto engine = make_engine(run.config, vocabulary, logged_inputs(run.config, run.log));
    replay_logged(*engine, run.log, generation);
    revise_logged(*engine, run.log);
    return engine;
}

}  // namespace clade
