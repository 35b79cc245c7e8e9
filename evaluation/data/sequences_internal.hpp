// Rows of sequences in the order in which a recurrent network sees them.
//
//   sequences   a: a0 a1 a2   b: b0 b1   c: c0
//   rows        a0 b0 c0 | a1 b1 | a2      a step each; the sequences that go on are the first of those before
#pragma once

#include <clade/evaluation/data/data_table.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace clade {

struct StepRows {
    std::vector<std::size_t> rows{};   ///< of the table, step by step
    std::vector<std::size_t> begin{};  ///< where each step begins in `rows`; empty: rows are independent of each other
};

/// These rows, whole sequences of them, longest first; equally long ones in the order of their numbers. Rows of equal
/// `order` stay as they are. Where the table has no sequences, the rows as they are.
[[nodiscard]] StepRows rows_by_step(const DataTable& table, std::span<const std::size_t> rows);

}  // namespace clade
