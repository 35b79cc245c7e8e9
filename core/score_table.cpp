#include <clade/core/score_table.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace clade {

void ScoreTable::complete_failures() {
    if (failures.empty() && std::ranges::all_of(fitness, [](double one) { return std::isfinite(one); })) return;
    std::vector<GenomeFailure> complete;
    auto known = failures.begin();
    for (std::size_t genome = 0; genome < fitness.size(); ++genome) {
        while (known != failures.end() && known->genome < genome) ++known;
        if (std::isfinite(fitness[genome])) continue;
        if (known != failures.end() && known->genome == genome) {
            complete.push_back(std::move(*known));
        } else {
            const std::string number = std::isnan(fitness[genome]) ? "nan" : number_text(fitness[genome]);
            complete.push_back({genome, FailureKind::not_finite, "the fitness is " + number});
        }
    }
    failures = std::move(complete);
}

}  // namespace clade
