// Which rows of a table are for training, for validation and for the test.
//
//   training     what fitness is computed from
//   validation   what chooses among the networks that training finds
//   test         what neither has seen: the score to report
#pragma once

#include <clade/evaluation/data/data_table.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace clade {

/// How rows are set aside, first for the test, then for validation.
enum class SplitKind {
    automatic,  ///< grouped where there are sequences, in_order for a series, else grouped where there are groups, else random
    random,    ///< by seed, of every class the same part
    in_order,  ///< the last rows; so training never sees what comes after
    grouped,   ///< whole groups, by seed
};
template <>
struct EnumNames<SplitKind> {
    static constexpr std::array<std::string_view, 4> names{"automatic", "random", "in_order", "grouped"};
};

/// Rows of a table, in its order.
struct RowSplit {
    std::vector<std::size_t> training{};
    std::vector<std::size_t> validation{};
    std::vector<std::size_t> test{};
};

/// How much is set aside.
struct HeldOutFractions {
    double validation = 0.0;  ///< of the rows that are not for the test
    double test = 0.0;        ///< of all rows
};

/// One of `count` parts into which the rows are dealt: the test.
struct Fold {
    std::size_t count = 5;
    std::size_t index = 0;    ///< from 0 on
    double validation = 0.0;  ///< fraction of the other rows that is set aside for validation
};

/// Sets about these parts of the rows aside (of every class, of the first label, if random; then a class of several rows keeps one for training).
/// Throws FieldError if nothing is left for training, a class has no training row, or there are no groups; for rows in
/// sequences, which are held out whole, also another kind than grouped, or a single sequence.
[[nodiscard]] RowSplit split(const DataTable& table, const HeldOutFractions& fractions, std::uint64_t seed,
                             SplitKind kind = SplitKind::automatic);

/// Sets one fold aside for the test. Random folds of one seed partition the rows; their sizes, and their rows of each class,
/// differ by one at most. Grouped ones deal whole groups to the folds. In order, the rows are cut into `count` + 1 blocks:
/// fold i trains on the blocks up to i and is tested on the next. Throws FieldError if there are too few rows or groups, or
/// a class has no training row. @pre 2 <= count, index < count.
[[nodiscard]] RowSplit split_fold(const DataTable& table, const Fold& fold, std::uint64_t seed,
                                  SplitKind kind = SplitKind::automatic);

}  // namespace clade
