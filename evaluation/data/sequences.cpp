#include <clade/evaluation/data/sequences_internal.hpp>

#include <algorithm>

namespace clade {
namespace {

/// The rows of each sequence, in order, the longest sequence first.
std::vector<std::vector<std::size_t>> longest_first(const DataTable& table, std::span<const std::size_t> rows) {
    std::vector<std::vector<std::size_t>> sequences(*std::ranges::max_element(table.sequence) + std::size_t{1});
    for (const std::size_t row : rows) sequences[table.sequence[row]].push_back(row);
    for (std::vector<std::size_t>& sequence : sequences) {
        if (table.order.empty()) break;
        std::ranges::stable_sort(sequence, {}, [&](std::size_t row) { return table.order[row]; });
    }
    std::ranges::stable_sort(sequences, std::ranges::greater{}, &std::vector<std::size_t>::size);
    return sequences;
}

}  // namespace

StepRows rows_by_step(const DataTable& table, std::span<const std::size_t> rows) {
    if (table.sequence.empty() || rows.empty()) return {{rows.begin(), rows.end()}, {}};
    const std::vector<std::vector<std::size_t>> sequences = longest_first(table, rows);
    StepRows steps;
    steps.rows.reserve(rows.size());
    for (std::size_t step = 0; step < sequences.front().size(); ++step) {
        steps.begin.push_back(steps.rows.size());
        for (const std::vector<std::size_t>& sequence : sequences) {
            if (sequence.size() <= step) break;
            steps.rows.push_back(sequence[step]);
        }
    }
    return steps;
}

}  // namespace clade
