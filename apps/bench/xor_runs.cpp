#include "bench/xor_runs.hpp"

#include <clade/evaluation/scoring/thread_scorer.hpp>
#include <clade/evaluation/tasks/builtin_tasks.hpp>
#include <clade/evolution/evolver.hpp>

#include <array>
#include <cmath>

namespace clade::bench {
namespace {

using Clock = std::chrono::steady_clock;

template <class Work>
void add_time(double& seconds, const Work& work) {
    const auto begin = Clock::now();
    work();
    seconds += std::chrono::duration<double>(Clock::now() - begin).count();
}

/// As the experiment of this configuration judges it.
bool solves(const Task& task, const GenerationRecord& record) {
    if (!std::isfinite(record.fitness.best)) return false;
    Network network = make_network({record.champion_genome, {}});
    return task.solves(network, record.fitness.best, {})->solved;
}

EvolverSetup setup_of(const XorRun& run, const Task& task, const Parallel& parallel) {
    EvolverSetup setup;
    setup.input_count = task.traits().input_count;
    setup.output_count = task.traits().output_count;
    setup.direction = task.traits().direction;
    setup.seed = run.seed;
    setup.parallel = parallel;
    return setup;
}

void run_to_solution(XorRun& run, const Parallel& parallel) {
    const auto task = builtin_tasks().at("xor").blueprint()->make({run.seed, ""});
    Evolver evolver(setup_of(run, *task, parallel));
    ThreadScorer scorer(*task, {.parallel = parallel});
    ScoreTable scores;
    while (!run.solved && run.generations < xor_generation_limit) {
        add_time(run.evaluate_seconds, [&] { scorer.score(evolver.ask(), scores); });
        add_time(run.generation_seconds, [&] { evolver.tell(scores); });
        run.evaluations += scores.evaluated;
        run.solved = solves(*task, evolver.record());
        ++run.generations;
    }
}

}  // namespace

XorRunsResults time_xor_runs(const XorRunsOptions& options, const StageProgress& progress) {
    constexpr std::array stages{&XorRun::evaluate_seconds, &XorRun::generation_seconds, &XorRun::total_seconds};
    constexpr std::array<const char*, stages.size()> names{"evaluate", "generation", "total"};
    const auto population = static_cast<std::size_t>(EvolutionParams{}.population_size);

    XorRunsResults results;
    std::array<std::vector<double>, stages.size()> seconds;  // [stage][repetition but the first]
    for (int repetition = 0; repetition < options.repetitions; ++repetition) {
        results.runs.clear();
        progress(std::to_string(options.seed_count) + " runs, repetition " + std::to_string(repetition + 1) + " of " +
                 std::to_string(options.repetitions) + " ...");
        std::array<double, stages.size()> sums{};
        for (std::size_t i = 0; i < options.seed_count; ++i) {
            XorRun& run = results.runs.emplace_back(XorRun{.seed = options.first_seed + i});
            double total = 0.0;
            add_time(total, [&] { run_to_solution(run, options.parallel); });
            run.total_seconds = total;
            for (std::size_t stage = 0; stage < stages.size(); ++stage) sums[stage] += run.*stages[stage];
        }
        for (std::size_t stage = 0; repetition > 0 && stage < stages.size(); ++stage) {
            seconds[stage].push_back(sums[stage]);
        }
    }
    std::size_t genomes = 0;
    for (const XorRun& run : results.runs) genomes += run.generations * population;
    for (std::size_t stage = 0; stage < stages.size(); ++stage) {
        const Timing timing = timing_of(seconds[stage]);
        results.rows.push_back({"run", names[stage], population, 2, 4, options.parallel.threads(), timing,
                                static_cast<double>(genomes) / timing.median});
    }
    return results;
}

}  // namespace clade::bench
