#include "clade/commands/replay_command.hpp"

#include "clade/output/failure_output.hpp"
#include "clade/output/json_text.hpp"
#include "clade/output/report_output.hpp"
#include "clade/output/trace_output.hpp"
#include "terminal/terminal.hpp"
#include "terminal/wrapping.hpp"

#include <clade/core/special_values_internal.hpp>
#include <clade/experiment/replay/replay.hpp>
#include <clade/experiment/run/champion_choice.hpp>

#include <fmt/format.h>

#include <iostream>

namespace clade {
namespace {

nlohmann::ordered_json as_json(const OpenedRun& run, const GenerationRow& champion, double fitness,
                               const TaskReport& report) {
    nlohmann::ordered_json json{{"run", run.folder.path.string()},
                                {"champion", raw(champion.champion)},
                                {"generation", champion.generation},
                                {"logged_fitness", champion.fitness.best},
                                {"fitness", fitness},
                                {"equal", fitness == champion.fitness.best}};
    add_report(json, report);
    return json;
}

/// An episode of a genome. Throws InputError where the task has none.
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

std::string text_of(const RescoredGenome& genome) {
    std::string text = fmt::format("genome {} of generation {}\nfitness: {} now{}", raw(genome.id), genome.generation,
                                   genome.fitness, failure_text(genome.failure));
    if (!genome.logged_fitness) return text + "; its generation is not logged\n";
    return text + fmt::format(", {} logged{}: {}\n", *genome.logged_fitness, failure_text(genome.logged_failure),
                              genome.as_logged() ? "equal" : "NOT EQUAL");
}

nlohmann::ordered_json as_json(const OpenedRun& run, const RescoredGenome& genome) {
    return {{"run", run.folder.path.string()},
            {"genome", raw(genome.id)},
            {"generation", genome.generation},
            {"logged_fitness", number_json(genome.logged_fitness.value_or(nan))},
            {"logged_failure", failure_json(genome.logged_failure)},
            {"fitness", number_json(genome.fitness)},
            {"failure", failure_json(genome.failure)},
            {"equal", genome.as_logged()}};
}

/// Any genome of a run.
int replay_genome(const ReplayOptions& options, const OpenedRun& run, const Vocabulary& vocabulary) {
    const RescoredGenome genome = score_genome_again(run, vocabulary, GenomeId{*options.genome});
    std::optional<Trace> trace;
    if (options.trace) {
        const auto engine = make_engine(run.config, vocabulary, logged_inputs(run.config, run.log));
        Network network = engine->network_of(genome.genome);
        trace = champion_trace(run, *engine->task, network, options.episode.value_or(0));
    }
    if (options.format == Format::json) {
        nlohmann::ordered_json answer = as_json(run, genome);
        if (trace) answer["trace"] = {{"columns", trace->columns}, {"rows", trace->rows}};
        std::cout << json_text(answer);
    } else if (options.format == Format::csv && trace) {
        std::cout << trace_csv(*trace);
    } else if (options.format == Format::csv) {
        const auto cell = [](std::optional<double> value) { return value ? fmt::format("{}", *value) : ""; };
        std::cout << "genome,generation,logged_fitness,fitness,equal\n"
                  << fmt::format("{},{},{},{},{}\n", raw(genome.id), genome.generation, cell(genome.logged_fitness),
                                 genome.fitness, genome.as_logged());
    } else {
        std::cout << for_reading(text_of(genome), Output::out);
        if (trace) show_trace(run, *trace);
    }
    return genome.as_logged() ? 0 : 1;
}

}  // namespace

int replay_command(const ReplayOptions& options, const Vocabulary& vocabulary) {
    const OpenedRun run = open_run(find_run(options.run), vocabulary);
    if (options.genome) return replay_genome(options, run, vocabulary);
    const auto engine = make_engine(run.config, vocabulary, logged_inputs(run.config, run.log));
    const std::optional<GenerationRow> logged = champion_row(run.log, logged_direction(run.log));
    if (!logged) throw Error("the run has no champion yet: nothing to replay");
    const GenerationRow& champion = *logged;
    Network network = engine->network_of(logged_champion(run.log, champion, vocabulary.functions));
    std::optional<Trace> trace;
    if (options.trace) trace = champion_trace(run, *engine->task, network, options.episode.value_or(0));
    if (trace && options.format == Format::csv) {
        std::cout << trace_csv(*trace);
        return 0;
    }
    const double fitness = score_again(run, vocabulary, champion);
    network.reset();
    const TaskReport report = engine->task->report(network);
    const bool equal = fitness == champion.fitness.best;
    if (options.format == Format::json) {
        nlohmann::ordered_json answer = as_json(run, champion, fitness, report);
        if (trace) answer["trace"] = {{"columns", trace->columns}, {"rows", trace->rows}};
        std::cout << json_text(answer);
    } else if (options.format == Format::csv) {
        std::cout << "champion,generation,logged_fitness,fitness,equal\n"
                  << fmt::format("{},{},{},{},{}\n", raw(champion.champion), champion.generation, champion.fitness.best,
                                 fitness, equal);
    } else {
        std::cout << for_reading(fmt::format("champion: genome {} of generation {}\nfitness: {} now, {} logged: {}\n",
                                             raw(champion.champion), champion.generation, fitness,
                                             champion.fitness.best, equal ? "equal" : "NOT EQUAL"),
                                 Output::out);
        const std::string text = report_text(report);
        if (!text.empty()) std::cout << '\n' << text;
        if (trace) show_trace(run, *trace);
    }
    return equal ? 0 : 1;
}

}  // namespace clade
