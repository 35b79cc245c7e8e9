#include <clade/evaluation/scoring/failure_params.hpp>

namespace clade {

void visit_fields(FailureParams& p, FieldVisitor& field) {
    field("on_failure", p.on_failure,
          "Reaction to an exception of the task or an evaluation that takes too long. stop: end the run with an error; "
          "it "
          "can be resumed. worst_fitness: the genome fails and ranks last, as one whose fitness is not finite always "
          "does. "
          "retry: score it once more with the same seeds, for tasks that use outside resources; if that fails too, the "
          "genome fails.",
          {.changes_results = false});
    field("seconds_per_genome", p.seconds_per_genome, between(0.0, 1e9),
          "Maximum wall-clock time of one evaluation of a genome (with racing: of its episodes in one round); 0 for no "
          "limit. Which genomes are too slow depends on the machine, so such a run may not repeat exactly. They are "
          "logged, and resuming or rebuilding takes them from the log. [s]",
          {.changes_results = false});
}

}  // namespace clade
