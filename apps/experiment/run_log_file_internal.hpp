// Opening and closing the file of a run log: making it, recognising it, and choosing how it is written.
#pragma once

#include <clade/experiment/run_log.hpp>
#include <clade/experiment/sqlite_internal.hpp>

#include <filesystem>
#include <memory>
#include <string>

namespace clade {

/// Throws as RunLog's constructor does.
[[nodiscard]] std::unique_ptr<SqliteDatabase> open_run_log(const std::filesystem::path& file, RunLog::Mode mode);

/// Whether the log has this table: those that came later than the rest, an older log has not.
[[nodiscard]] bool has_table(SqliteDatabase& database, const std::string& name);

/// Folds the write-ahead log into the file, so that it stands alone; if others still read, the last one leaves it be.
/// @pre no statement is under way.
void leave_single_file(SqliteDatabase& database) noexcept;

}  // namespace clade
