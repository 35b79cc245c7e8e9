// Creates, opens, checks and closes the file of a run log.
#pragma once

#include <clade/experiment/log/generation_row.hpp>
#include <clade/experiment/log/sqlite_internal.hpp>

#include <filesystem>
#include <memory>

namespace clade {

/// A new log with these entries, opened to append to. Throws Error if the file exists.
[[nodiscard]] std::unique_ptr<SqliteDatabase> create_run_log(const std::filesystem::path& file,
                                                             const RunEntries& entries);

/// To append to it, or to read. Throws Error if the file is missing, is no run log, is of another version, or is damaged.
[[nodiscard]] std::unique_ptr<SqliteDatabase> open_run_log_to_append(const std::filesystem::path& file);
[[nodiscard]] std::unique_ptr<SqliteDatabase> open_run_log_to_read(const std::filesystem::path& file);

/// Folds the write-ahead log into the file, so that it stands alone; if others still read, the last one leaves it be.
/// @pre no statement is under way.
void leave_single_file(SqliteDatabase& database) noexcept;

}  // namespace clade
