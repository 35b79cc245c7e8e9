// Inputs from earlier rows, and targets from later ones.
#pragma once

#include <clade/evaluation/data/column_options.hpp>
#include <clade/evaluation/data/data_table.hpp>

namespace clade {

/// Adds the columns "NAME lag 2" and "NAME mean 7" as the options say, and takes targets and label from `horizon` rows
/// later, within groups. Rows that lack any of these are left out. Does nothing without lags, rolling and horizon. Throws
/// Error if no row is left.
void make_series(DataTable& table, const ColumnOptions& options);

}  // namespace clade
