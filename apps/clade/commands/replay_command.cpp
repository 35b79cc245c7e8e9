#include "clade/commands/replay_command.hpp"

#include "clade/output/report_output.hpp"
#include "clade/output/trace_output.hpp"
#include "terminal/terminal.hpp"
#include "terminal/wrapping.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iostream>

namespace clade {
namespace {

/// Where in the log the genome stands that the run stands for.
struct LoggedChampion {
    GenerationRow row;
    std::uint64_t index = 0;  ///< position in its generation
};

LoggedChampion logged_champion(const OpenedRun& run, Objective objective) {
    const std::optional<GenerationRow> best = champion_row(run.log, objective);
    if (!best) throw Error("the run has no champion yet; there is nothing to replay");
    const auto size = static_cast<std::uint64_t>(run.config.evolution.population_size);
    return {*best, raw(best->champion) % size};
}

double score_again(const OpenedRun& run, const Engine& engine, const LoggedChampion& champion, Network& network) {
    const auto evaluator = engine.task->make_evaluator();
    network.reset();
    return evaluator->evaluate(network, evaluation_seeds(*run.config.seed, champion.row.generation, champion.index));
}

nlohmann::ordered_json as_json(const OpenedRun& run, const LoggedChampion& champion, double fitness,
                               const TaskReport& report) {
    nlohmann::ordered_json json{{"run", run.folder.path.string()},
                                {"champion", raw(champion.row.champion)},
                                {"generation", champion.row.generation},
                                {"logged_fitness", champion.row.fitness.best},
                                {"fitness", fitness},
                                {"equal", fitness == champion.row.fitness.best}};
    add_report(json, report);
    return json;
}

/// An episode of the champion. Throws InputError where the task has none.
Trace champion_trace(const OpenedRun& run, const Task& task, Network& network, std::uint64_t episode) {
    network.reset();
    Trace trace = task.trace(network, episode);
    if (trace.empty()) {
        throw InputError(fmt::format("{}: --trace needs a task with episodes; '{}' has none", run.folder.path.string(),
                                     task.traits().name));
    }
    return trace;
}

/// Draws an episode and leaves it in the run's folder.
void show_trace(const OpenedRun& run, const Trace& trace) {
    double total = 0.0;
    for (const std::vector<double>& row : trace.rows) total += row.back();
    std::cout << '\n'
              << trace_text(trace, terminal_width(Output::out))
              << fmt::format("{} steps, return {}\n", trace.rows.size(), short_fitness(total));
    const std::filesystem::path csv = run.folder.path / "trace.csv";
    replace_file(csv, trace_csv(trace));
    std::cout << "saved: " << csv.string() << '\n';
    const std::string picture = trace_svg(trace);
    if (picture.empty()) return;
    const std::filesystem::path svg = run.folder.path / "trace.svg";
    replace_file(svg, picture);
    std::cout << "saved: " << svg.string() << '\n';
}

}  // namespace

int replay_command(const ReplayOptions& options, const Vocabulary& vocabulary) {
    const OpenedRun run = open_run(find_run(options.run), vocabulary);
    const auto engine = make_engine(run.config, vocabulary, logged_inputs(run.config, run.log));
    const LoggedChampion champion = logged_champion(run, engine->task->traits().objective);
    const std::string json = run.log.champion_json(champion.row.generation).value_or("");
    Network network = make_network(genome_from_json(json, vocabulary.functions), vocabulary.functions);
    std::optional<Trace> trace;
    if (options.trace) trace = champion_trace(run, *engine->task, network, options.episode.value_or(0));
    if (trace && options.format == Format::csv) {
        std::cout << trace_csv(*trace);
        return 0;
    }
    const double fitness = score_again(run, *engine, champion, network);
    network.reset();
    const TaskReport report = engine->task->report(network);
    const bool equal = fitness == champion.row.fitness.best;
    if (options.format == Format::json) {
        nlohmann::ordered_json answer = as_json(run, champion, fitness, report);
        if (trace) answer["trace"] = {{"columns", trace->columns}, {"rows", trace->rows}};
        std::cout << answer.dump(2) << '\n';
    } else if (options.format == Format::csv) {
        std::cout << "champion,generation,logged_fitness,fitness,equal\n"
                  << fmt::format("{},{},{},{},{}\n", raw(champion.row.champion), champion.row.generation,
                                 champion.row.fitness.best, fitness, equal);
    } else {
        std::cout << for_reading(fmt::format("champion: genome {} of generation {}\nfitness: {} now, {} logged: {}\n",
                                             raw(champion.row.champion), champion.row.generation, fitness,
                                             champion.row.fitness.best, equal ? "equal" : "NOT EQUAL"),
                                 Output::out);
        const std::string text = report_text(report);
        if (!text.empty()) std::cout << '\n' << text;
        if (trace) show_trace(run, *trace);
    }
    return equal ? 0 : 1;
}

}  // namespace clade
