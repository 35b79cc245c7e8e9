#include "clade/inspect/inspect_command.hpp"

#include "clade/inspect/inspect_diff.hpp"
#include "clade/inspect/inspect_generation.hpp"
#include "clade/inspect/inspect_genome.hpp"
#include "clade/inspect/inspect_importance.hpp"
#include "clade/inspect/inspect_lineage.hpp"
#include "clade/inspect/inspect_operators.hpp"
#include "clade/inspect/inspect_overview.hpp"
#include "clade/inspect/inspect_query.hpp"
#include "clade/inspect/inspect_species.hpp"
#include "clade/inspect/inspect_timeline.hpp"

#include <fmt/format.h>

namespace clade {

namespace {

/// Throws InputError if more than one page is asked for.
void check_pages(const InspectOptions& options) {
    if (options.genome && (options.generation || options.species)) {
        throw InputError("--genome cannot be combined with --generation or --species: a genome belongs to one of each");
    }
    std::vector<std::string> pages;
    if (options.generation || options.species || options.genome) {
        pages.emplace_back("--generation, --species or --genome");
    }
    if (options.lineage) pages.emplace_back("--lineage");
    if (!options.diff.empty()) pages.emplace_back("--diff");
    if (options.operators) pages.emplace_back("--operators");
    if (options.timeline) pages.emplace_back("--timeline");
    if (options.importance) pages.emplace_back("--importance");
    if (options.query) pages.emplace_back("--query");
    if (options.rows && !options.query) throw InputError("--rows is for --query");
    if (pages.size() < 2) return;
    throw InputError(fmt::format("{} cannot be combined: each is a page of its own", fmt::join(pages, " and ")));
}

void print_page(const inspect::Subject& subject, const InspectOptions& options) {
    if (options.lineage) {
        const auto id = options.lineage_of ? GenomeId{*options.lineage_of} : inspect::champion_of(subject);
        inspect::print_lineage(subject, id, options.format);
    } else if (!options.diff.empty()) {
        inspect::print_diff(subject, GenomeId{options.diff.at(0)}, GenomeId{options.diff.at(1)}, options.format);
    } else if (options.operators) {
        inspect::print_operators(subject, options.format);
    } else if (options.timeline) {
        inspect::print_timeline(subject, options.format);
    } else if (options.importance) {
        inspect::print_importance(subject, options.format);
    } else if (options.query) {
        inspect::print_query(subject, *options.query, options.rows.value_or(inspect::usual_rows), options.format);
    } else if (options.genome) {
        inspect::print_genome(subject, GenomeId{*options.genome}, options.format);
    } else if (options.species && options.generation) {
        inspect::print_members(subject, SpeciesId{*options.species}, *options.generation, options.format);
    } else if (options.species) {
        inspect::print_species(subject, SpeciesId{*options.species}, options.format);
    } else if (options.generation) {
        inspect::print_generation(subject, *options.generation, options.format);
    } else {
        inspect::print_overview(subject, options.format);
    }
}

}  // namespace

int inspect_command(const InspectOptions& options, const Vocabulary& vocabulary) {
    check_pages(options);
    const OpenedRun run = open_run(find_run(options.run), vocabulary);
    print_page(inspect::subject_of(run, vocabulary), options);
    return 0;
}

}  // namespace clade
