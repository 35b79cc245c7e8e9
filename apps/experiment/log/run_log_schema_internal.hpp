// The tables and views of a run log, as SQL. The comments stay in the file: `sqlite3 run.sqlite .schema` shows them.
#pragma once

#include <string>

namespace clade {

inline constexpr int run_log_application_id = 0x434c4144;  // "CLAD", in the file's header at byte 68
inline constexpr int run_log_format = 4;                   // user_version, and format_version in the run table

/// Statements that make the tables and views of an empty file.
[[nodiscard]] std::string run_log_schema();

/// How chunks are packed: the entry 'format' of the run table.
[[nodiscard]] std::string run_log_format_text();

}  // namespace clade
