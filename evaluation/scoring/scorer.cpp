#include <clade/evaluation/scoring/scorer.hpp>

#include <clade/core/error.hpp>

namespace clade {

void Scorer::score_with_gradient(const Generation& /*generation*/, ScoreTable& /*scores*/,
                                 PopulationGradient& /*gradient*/) {
    throw Error("this scorer has no gradients");
}

}  // namespace clade
