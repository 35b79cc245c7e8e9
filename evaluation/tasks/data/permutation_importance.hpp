// Permutation importance: how much worse a network scores on the validation rows if one column's values are shuffled among
// them (Breiman 2001, "Random forests"). A column is shuffled whole, with all inputs that it becomes.
#pragma once

#include <clade/evaluation/tasks/data/data_task.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace clade {

/// Of one column, over the repetitions.
struct ColumnImportance {
    std::string column{};
    double mean = 0.0;  ///< by how much the fitness got worse; about 0 or less: the network does without the column
    double deviation = 0.0;  ///< standard deviation
};

struct PermutationImportance {
    double fitness = 0.0;  ///< of the validation rows as they are
    std::vector<ColumnImportance> columns{};
};

/// Shuffles each column `repeats` times, each time anew by `seed`; the score is the task's fitness. Columns that a series'
/// lags and means make are columns of their own. Throws Error without validation rows. @pre repeats > 0.
[[nodiscard]] PermutationImportance permutation_importance(const DataTask& task, Network& network, std::size_t repeats,
                                                           std::uint64_t seed);

}  // namespace clade
