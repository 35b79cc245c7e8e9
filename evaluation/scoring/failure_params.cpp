#include <clade/evaluation/scoring/failure_params.hpp>

namespace clade {

void visit_fields(FailureParams& p, FieldVisitor& field) {
    field(
        "on_failure", p.on_failure,
        "What an exception of the task, or an evaluation that takes too long, does. stop: ends the run with an error; "
        "it can be resumed. worst_fitness: the genome has failed and ranks last, as one whose fitness is not finite "
        "always does. retry: scores it once more with the same seeds, for tasks with outside resources; if that fails "
        "too, the genome has failed.",
        {.changes_results = false});
    field("seconds_per_genome", p.seconds_per_genome, between(0.0, 1e9),
          "Maximum wall-clock time of one evaluation of a genome (with racing: of its episodes in one round); 0 for no "
          "limit. Where a genome is too slow, results depend on the machine and cannot be repeated exactly; it is "
          "logged, and resuming or rebuilding takes it from the log. [s]",
          {.changes_results = false});
}

}  // namespace clade
