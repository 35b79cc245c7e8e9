// Inputs from earlier rows, and targets from later ones.
#pragma once

#include <clade/evaluation/data/column_options.hpp>
#include <clade/evaluation/data/data_table.hpp>

#include <cstddef>
#include <vector>

namespace clade {

/// What becomes of targets, labels and weights.
enum class SeriesUse {
    learn,    ///< those of `horizon` rows later; rows that lack them are left out
    predict,  ///< those of the row itself: what is later is not known
};

/// Adds the columns "NAME lag 2" and "NAME mean 7" as the options say, and takes targets and label from `horizon` rows
/// later, within groups. Rows that lack any of these are left out. Does nothing without lags, rolling and horizon. Throws
/// Error if no row is left. Returns which rows are.
std::vector<std::size_t> make_series(DataTable& table, const ColumnOptions& options, SeriesUse use = SeriesUse::learn);

}  // namespace clade
