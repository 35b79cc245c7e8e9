#include <clade/evaluation/scoring/population_task.hpp>

#include <clade/core/error.hpp>

namespace clade {

PopulationTask::PopulationTask(TaskTraits traits) : traits_(std::move(traits)) { check_traits(traits_); }

std::unique_ptr<Evaluator> PopulationTask::make_evaluator() const {
    throw Error("task '" + traits_.name + "' scores a whole generation at once: it has no evaluator for one network");
}

}  // namespace clade
