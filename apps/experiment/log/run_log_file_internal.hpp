// Creates, opens, checks and closes the file of a run log.
#pragma once

#include <clade/experiment/log/run_log.hpp>
#include <clade/experiment/log/sqlite_internal.hpp>

#include <filesystem>
#include <memory>

namespace clade {

/// A new log with these entries, opened to append to. Throws as RunLog's constructor does.
[[nodiscard]] std::unique_ptr<SqliteDatabase> create_run_log(const std::filesystem::path& file,
                                                             const RunEntries& entries);

/// Throws as RunLog's constructor does. @pre mode is not `create`.
[[nodiscard]] std::unique_ptr<SqliteDatabase> open_run_log(const std::filesystem::path& file, RunLog::Mode mode);

/// Folds the write-ahead log into the file, so that it stands alone; if others still read, the last one leaves it be.
/// @pre no statement is under way.
void leave_single_file(SqliteDatabase& database) noexcept;

}  // namespace clade
