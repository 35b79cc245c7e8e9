#include "clade/inspect/champion_report.hpp"

#include <clade/core/genome/genome_io.hpp>
#include <clade/experiment/run/engine.hpp>
#include <clade/experiment/run/verdict.hpp>

namespace clade::inspect {

ChampionReport champion_report(const Subject& subject, const std::optional<GenerationRow>& champion) {
    ChampionReport found;
    const OpenedRun& run = subject.run;
    const auto genome = champion ? run.log.champion_json(champion->generation) : std::nullopt;
    if (!genome) return found;
    const FunctionSet& functions = subject.vocabulary.functions;
    try {
        const auto task = make_task(run.config, logged_inputs(run.config, run.log));
        Network network = network_of(genome_from_json(*genome, functions).store, *task, run.config, subject.vocabulary);
        found.page = task->page();
        found.can_be_solved = has_solution(*task, run.config, network);
        found.report = task->report(network);
    } catch (const Error& error) {
        found.problem = error.what();
    }
    return found;
}

}  // namespace clade::inspect
