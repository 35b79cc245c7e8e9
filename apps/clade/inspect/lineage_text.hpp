// The steps of a line in which fitness rose: which are the largest, and their changes in words.
#pragma once

#include "clade/history/lineage.hpp"
#include "clade/inspect/gene_text.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace clade::inspect {

/// How much better the genome is than its fitter parent; 0 if either has no finite fitness.
[[nodiscard]] double rise_of(const history::Ancestor& ancestor);

/// The positions of the `limit` largest rises, in their order.
[[nodiscard]] std::vector<std::size_t> largest_rises(std::span<const double> rises, std::size_t limit);

/// All values that the step changed.
[[nodiscard]] std::vector<ValueDifference> changes_of(const history::LineageStep& step, const FunctionSet& functions);

/// The three that matter most: "new node hidden 7; weight of input 0 -> output 2 0.3 to 1.2; and 3 more".
[[nodiscard]] std::string changes_text(const std::vector<ValueDifference>& changes);

}  // namespace clade::inspect
