#include <clade/evaluation/scoring/population_task.hpp>

#include <clade/core/error.hpp>

namespace clade {

std::unique_ptr<Evaluator> PopulationTask::make_evaluator() const {
    throw Error("task '" + traits_.name + "' scores a whole generation at once: it has no evaluator for one network");
}

}  // namespace clade
