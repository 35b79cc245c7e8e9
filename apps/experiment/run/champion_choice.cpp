#include <clade/experiment/run/champion_choice.hpp>

#include <clade/core/error.hpp>
#include <clade/core/genome/genome_io.hpp>
#include <clade/core/special_values_internal.hpp>
#include <clade/experiment/run/validation.hpp>
#include <clade/experiment/version.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <exception>
#include <set>

namespace clade {
namespace {

using Json = nlohmann::ordered_json;

/// What of the log the choice begins with.
struct LoggedChampions {
    std::vector<ChampionCandidate> best{};    ///< by fitness, the best first
    std::vector<ChampionCandidate> latest{};  ///< the latest first
    double evaluations = 0.0;                 ///< of the run, in whole ones: a race plays parts of evaluations
};

/// Reads a generation at a time: a long run needs no more memory than a short one.
LoggedChampions read_champions(const RunLog& log, const TaskTraits& traits, std::size_t most) {
    LoggedChampions found;
    const auto better = [&](const ChampionCandidate& a, const ChampionCandidate& b) {
        return is_better(a.fitness, b.fitness, traits.direction);
    };
    const auto last = log.last_generation();
    for (std::uint32_t number = 0; last && number <= last->generation; ++number) {
        const auto row = log.generation(number);
        if (!row) throw Error("generation " + std::to_string(number) + " is not in the log");
        const bool raced = row->episodes_played > 0 && traits.episodes > 0;
        found.evaluations += raced ? static_cast<double>(row->episodes_played) / static_cast<double>(traits.episodes)
                                   : static_cast<double>(row->evaluated);
        if (!std::isfinite(row->fitness.best)) continue;
        const ChampionCandidate candidate{number, row->fitness.best};
        found.latest.insert(found.latest.begin(), candidate);
        found.best.insert(std::upper_bound(found.best.begin(), found.best.end(), candidate, better), candidate);
        if (found.latest.size() > most) found.latest.pop_back();
        if (found.best.size() > most) found.best.pop_back();
    }
    return found;
}

/// Candidates and their genomes.
struct Candidates {
    std::vector<ChampionCandidate> all{};
    GenomeStore genomes;
    std::set<std::string> texts{};  ///< of the genomes: an unchanged copy is no further candidate
};

void add(Candidates& candidates, const ChampionCandidate& candidate, const RunLog& log, const FunctionSet& functions) {
    const auto [text, is_new] = candidates.texts.insert(log.champion_json(candidate.generation).value_or(""));
    if (!is_new) return;
    candidates.genomes.append(genome_from_json(*text, functions).store[0]);
    candidates.all.push_back(candidate);
}

/// The best and the latest in turn, until there are `most`.
Candidates candidates_of(const LoggedChampions& found, std::size_t most, const RunLog& log, const Engine& engine) {
    Candidates candidates{.genomes = GenomeStore(engine.evolver->population().shape())};
    const FunctionSet& functions = engine.evolver->setup().functions;
    for (std::size_t i = 0; i < found.best.size(); ++i) {
        for (const auto* list : {&found.best, &found.latest}) {
            if (candidates.all.size() < most) add(candidates, (*list)[i], log, functions);
        }
    }
    return candidates;
}

/// The champion of the generation of best validation score; nothing where there is none.
std::optional<ChampionChoice> choose_validated(const Engine& engine, const ExperimentConfig& config,
                                               const RunLog& log) {
    if (config.evaluation.champion.candidates == 0) return std::nullopt;
    const auto best = best_validated(log, engine.task->traits().direction);
    if (!best) return std::nullopt;
    return ChampionChoice{.generation = best->generation,
                          .fitness = log.generation(best->generation)->fitness.best,
                          .held_out = {.mean = best->score, .evaluations = 1},
                          .validated = true};
}

ChosenChampion with_genome(ChampionChoice choice, const RunLog& log, const FunctionSet& functions) {
    const GenerationRow row = *log.generation(choice.generation);
    return {std::move(choice), {row.fitness.best, row.generation, row.champion, logged_champion(log, row, functions)}};
}

bool is_on(const Engine& engine, const ExperimentConfig& config) {
    const ChampionParams& params = config.evaluation.champion;
    return !engine.task->traits().deterministic && !engine.scores_together && params.candidates > 0 &&
           params.budget > 0.0;
}

/// Whether the task has tested the solver by more than its fitness.
bool is_confirmed(const Engine& engine, const ExperimentConfig& config, const BestEver& solver) {
    if (config.stop.solved_fitness) return false;
    Network network = engine.network_of(solver.genome);
    return engine.task->solves(network, solver.fitness, engine.test_deadline).has_value();
}

std::optional<ChampionChoice> choose(Engine& engine, const ExperimentConfig& config, const RunLog& log,
                                     const LoggedChampions& found) {
    const TaskTraits& traits = engine.task->traits();
    const ChampionParams& params = config.evaluation.champion;
    const auto budget = static_cast<std::uint64_t>(params.budget * found.evaluations);
    const std::size_t most = candidate_count(params, found.best.size(), budget);
    Candidates candidates = candidates_of(found, most, log, engine);
    if (candidates.all.empty()) return std::nullopt;
    const HeldOutChoice chosen = choose_on_held_out(*engine.scorer,
                                                    {.genomes = candidates.genomes,
                                                     .number = log.last_generation()->generation,
                                                     .seed = *config.seed,
                                                     .network = config.genome.network,
                                                     .functions = engine.evolver->setup().functions},
                                                    traits.direction, params, budget);
    for (std::size_t i = 0; i < candidates.all.size(); ++i) candidates.all[i].held_out = chosen.candidates[i];
    const ChampionCandidate best = candidates.all[chosen.best];
    return ChampionChoice{.generation = best.generation,
                          .fitness = best.fitness,
                          .held_out = chosen.fitness,
                          .episodes = chosen.fitness.evaluations * traits.episodes,
                          .evaluations = chosen.evaluations,
                          .candidates = std::move(candidates.all)};
}

Json mean_json(const MeanFitness& fitness) {
    return {{"mean", fitness.mean}, {"deviation", fitness.deviation}, {"evaluations", fitness.evaluations}};
}

/// JSON has no NaN: null.
double number(const Json& json) { return json.is_null() ? nan : json.get<double>(); }

MeanFitness mean_of(const Json& json) {
    return {number(json.at("mean")), number(json.at("deviation")), json.at("evaluations").get<std::size_t>()};
}

}  // namespace

GenomeStore logged_champion(const RunLog& log, const GenerationRow& row, const FunctionSet& functions) {
    return genome_from_json(log.champion_json(row.generation).value_or(""), functions).store;
}

std::optional<ChosenChampion> choose_champion(Engine& engine, const ExperimentConfig& config, const RunLog& log,
                                              const BestEver* solver) {
    const FunctionSet& functions = engine.evolver->setup().functions;
    if (auto validated = choose_validated(engine, config, log)) {
        return with_genome(std::move(*validated), log, functions);
    }
    if (!is_on(engine, config)) return std::nullopt;
    LoggedChampions found =
        read_champions(log, engine.task->traits(), static_cast<std::size_t>(config.evaluation.champion.candidates));
    if (solver != nullptr && is_confirmed(engine, config, *solver)) {
        found.best = {{.generation = solver->generation, .fitness = solver->fitness}};
        found.latest = found.best;
    }
    std::optional<ChampionChoice> choice;
    try {
        choice = choose(engine, config, log, found);
    } catch (const Cancelled&) {
        throw;
    } catch (const Error& error) {
        std::throw_with_nested(
            Error("the champion cannot be chosen on held-out evaluations: " + std::string(error.what()) +
                  "; resume with --set evaluation.champion.candidates=0 to choose it by fitness"));
    }
    if (!choice) return std::nullopt;
    return with_genome(std::move(*choice), log, functions);
}

std::string choice_to_json(const ChampionChoice& choice) {
    Json json{{"generation", choice.generation},        {"fitness", choice.fitness},
              {"held_out", mean_json(choice.held_out)}, {"episodes", choice.episodes},
              {"evaluations", choice.evaluations},      {"candidates", Json::array()}};
    for (const ChampionCandidate& candidate : choice.candidates) {
        json["candidates"].push_back({{"generation", candidate.generation},
                                      {"fitness", candidate.fitness},
                                      {"held_out", mean_json(candidate.held_out)}});
    }
    if (choice.validated) json["validated"] = true;
    return json.dump();
}

std::optional<ChampionChoice> logged_choice(const RunLog& log) {
    const std::string text = log.get(champion_choice_key).value_or("");
    if (text.empty()) return std::nullopt;
    try {
        const Json json = Json::parse(text);
        ChampionChoice choice{.generation = json.at("generation").get<std::uint32_t>(),
                              .fitness = number(json.at("fitness")),
                              .held_out = mean_of(json.at("held_out")),
                              .episodes = json.at("episodes").get<std::uint64_t>(),
                              .evaluations = json.at("evaluations").get<std::uint64_t>()};
        choice.validated = json.value("validated", false);
        for (const Json& candidate : json.at("candidates")) {
            choice.candidates.push_back({candidate.at("generation").get<std::uint32_t>(),
                                         number(candidate.at("fitness")), mean_of(candidate.at("held_out"))});
        }
        return choice;
    } catch (const Json::exception& error) {
        throw FormatError("the run table's entry '" + std::string(champion_choice_key) +
                          "' is damaged: " + error.what());
    }
}

Model champion_model(const Engine& engine, const ExperimentConfig& config, const BestEver& champion) {
    return {.genome = {champion.genome, config.genome.network},
            .interface = engine.task->interface(),
            .origin = {.task = config.task.name,
                       .run = config.name,
                       .seed = *config.seed,
                       .generation = champion.generation,
                       .genome = raw(champion.id),
                       .fitness = champion.fitness,
                       .version = std::string(version)},
            .is_direct = dynamic_cast<const DirectDecoder*>(engine.decoder.get()) != nullptr};
}

}  // namespace clade
