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
#include <clade/experiment/trials/statistics.hpp>

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

/// What is shown of a genome besides its fitness.
struct Played {
    std::optional<Trace> trace{};
    std::optional<std::vector<double>> returns{};  ///< of held-out episodes
};

/// Throws InputError where episodes are asked for that the task does not have.
Played play(const ReplayOptions& options, const OpenedRun& run, const Task& task, Network& network) {
    Played played;
    const auto require = [&](bool has, const char* flag) {
        if (has) return;
        throw InputError(fmt::format("{}: {} needs a task with episodes; '{}' has none", run.folder.path.string(), flag,
                                     task.traits().name));
    };
    network.reset();
    if (options.trace) {
        played.trace = task.trace(network, options.episode.value_or(0));
        require(!played.trace->empty(), "--trace");
    }
    if (options.episodes) {
        network.reset();
        played.returns = task.returns(network, *run.config.seed, *options.episodes);
        require(!played.returns->empty(), "--episodes");
    }
    return played;
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

std::string returns_text(const std::vector<double>& returns) {
    const Summary summary = summarise(returns);
    if (returns.size() == 1) return fmt::format("return of one held-out episode: {}\n", short_fitness(summary.mean));
    const Interval interval = mean_interval(summary);
    return fmt::format(
        "mean return of {} held-out episodes: {} (95 % interval {} to {}), deviation {}, lowest {}, highest {}\n",
        grouped(static_cast<double>(returns.size())), short_fitness(summary.mean), short_fitness(interval.low),
        short_fitness(interval.high), short_fitness(summary.deviation), short_fitness(summary.lowest),
        short_fitness(summary.highest));
}

void show(const OpenedRun& run, const Played& played) {
    if (played.returns) std::cout << '\n' << for_reading(returns_text(*played.returns), Output::out);
    if (played.trace) show_trace(run, *played.trace);
}

/// What was played as CSV; empty where nothing was.
std::string csv_of(const Played& played) {
    if (played.trace) return trace_csv(*played.trace);
    if (!played.returns) return "";
    std::string text = "episode,return\n";
    for (std::size_t i = 0; i < played.returns->size(); ++i) text += fmt::format("{},{}\n", i, (*played.returns)[i]);
    return text;
}

void add_played(nlohmann::ordered_json& json, const Played& played) {
    if (played.trace) json["trace"] = {{"columns", played.trace->columns}, {"rows", played.trace->rows}};
    if (!played.returns) return;
    const Summary summary = summarise(*played.returns);
    const Interval interval = mean_interval(summary);
    json["held_out_episodes"] = {{"episodes", summary.count},
                                 {"mean", number_json(summary.mean)},
                                 {"mean_low", number_json(interval.low)},
                                 {"mean_high", number_json(interval.high)},
                                 {"deviation", number_json(summary.deviation)},
                                 {"lowest", number_json(summary.lowest)},
                                 {"highest", number_json(summary.highest)}};
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
    Played played;
    if (options.trace || options.episodes) {
        const auto engine = make_engine(run.config, vocabulary, logged_inputs(run.config, run.log));
        Network network = engine->network_of(genome.genome);
        played = play(options, run, *engine->task, network);
    }
    const std::string csv = csv_of(played);
    if (options.format == Format::json) {
        nlohmann::ordered_json answer = as_json(run, genome);
        add_played(answer, played);
        std::cout << json_text(answer);
    } else if (options.format == Format::csv && !csv.empty()) {
        std::cout << csv;
    } else if (options.format == Format::csv) {
        const auto cell = [](std::optional<double> value) { return value ? fmt::format("{}", *value) : ""; };
        std::cout << "genome,generation,logged_fitness,fitness,equal\n"
                  << fmt::format("{},{},{},{},{}\n", raw(genome.id), genome.generation, cell(genome.logged_fitness),
                                 genome.fitness, genome.as_logged());
    } else {
        std::cout << for_reading(text_of(genome), Output::out);
        show(run, played);
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
    const Played played = play(options, run, *engine->task, network);
    const std::string csv = csv_of(played);
    if (!csv.empty() && options.format == Format::csv) {
        std::cout << csv;
        return 0;
    }
    const double fitness = score_again(run, vocabulary, champion);
    network.reset();
    const TaskReport report = engine->task->report(network);
    const bool equal = fitness == champion.fitness.best;
    if (options.format == Format::json) {
        nlohmann::ordered_json answer = as_json(run, champion, fitness, report);
        add_played(answer, played);
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
        show(run, played);
    }
    return equal ? 0 : 1;
}

}  // namespace clade
