#include <clade/evaluation/scoring/failure_params.hpp>

namespace clade {

void visit_fields(FailureParams& p, FieldVisitor& field) {
    field("on_failure", p.on_failure,
          "What happens when the task throws an exception or takes too long on a genome. stop: the run ends with an "
          "error, and can be resumed. worst_fitness: the genome has failed and ranks last, as one whose fitness is not "
          "finite always does. retry: the genome is scored once more with the same seeds, for tasks with outside "
          "resources; if that fails, too, or the fitness is not finite again, it has failed.",
          {.changes_results = false});
    field("seconds_per_genome", p.seconds_per_genome, between(0.0, 1e9),
          "Maximum wall-clock time of one evaluation of a genome (with racing: of its episodes in one round); 0 for no "
          "limit. Which genomes are too slow depends on the machine, so a run in which some are cannot be repeated "
          "exactly; they are logged, and resuming or rebuilding takes them from the log. [s]",
          {.changes_results = false});
}

}  // namespace clade
