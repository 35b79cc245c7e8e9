#include "clade/inspect/inspect_command.hpp"

#include "clade/inspect/inspect_generation.hpp"
#include "clade/inspect/inspect_genome.hpp"
#include "clade/inspect/inspect_overview.hpp"
#include "clade/inspect/inspect_species.hpp"

namespace clade {

int inspect_command(const InspectOptions& options, const Vocabulary& vocabulary) {
    if (options.genome && (options.generation || options.species)) {
        throw InputError("--genome cannot be combined with --generation or --species: a genome belongs to one of each");
    }
    const OpenedRun run = open_run(find_run(options.run), vocabulary);
    const inspect::Subject subject = inspect::subject_of(run, vocabulary);
    if (options.genome) {
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
    return 0;
}

}  // namespace clade
