#include <clade/experiment/log/run_log_file_internal.hpp>

#include <clade/core/text.hpp>
#include <clade/experiment/log/log_digest_internal.hpp>
#include <clade/experiment/log/run_log_schema_internal.hpp>

#include <sqlite3.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <string>
#include <system_error>

namespace clade {
namespace {

using Access = SqliteDatabase::Access;
using DatabasePointer = std::unique_ptr<SqliteDatabase>;

std::string first_text(SqliteDatabase& database, std::string_view sql) {
    SqliteStatement statement(database, sql);
    std::string text;
    auto rows = statement.rows();
    if (rows.next()) rows.read(text);
    return text;
}

/// One fsync a checkpoint instead of one a generation, and readers that never wait. Where the file system cannot do
/// that, a rollback journal.
void use_write_ahead_log(SqliteDatabase& database) {
    (void)database.try_execute("PRAGMA journal_mode = WAL");
    if (first_text(database, "PRAGMA journal_mode") != "wal")
        (void)database.try_execute("PRAGMA journal_mode = DELETE");
    database.execute("PRAGMA synchronous = NORMAL");
    // Says now, not after the first generation, that the file cannot be written. Taken back at once.
    SqliteTransaction probe(database);
    database.execute("PRAGMA user_version = 0");
}

[[noreturn]] void fail_to_make(const std::filesystem::path& file) {
    if (errno == EEXIST) throw Error(file.string() + ": exists already; run logs are never overwritten");
    throw Error(file.string() + ": cannot be made: " + std::generic_category().message(errno));
}

/// The name of a log while it is made.
std::filesystem::path unfinished_name(const std::filesystem::path& file) {
    std::filesystem::path unfinished = file;
    unfinished += ".new";
    return unfinished;
}

/// An empty file, for one who makes a log of the second name.
void claim(const std::filesystem::path& unfinished, const std::filesystem::path& file) {
    const int descriptor = ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) fail_to_make(file);
    ::close(descriptor);
}

/// Gives a file its name, unless another has it.
void publish(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (::link(from.c_str(), to.c_str()) == 0) {
        ::unlink(from.c_str());
        return;
    }
    // Some file systems have no links. There two who begin one run in one moment are told apart by its lock alone.
    if (errno == EEXIST || std::filesystem::exists(to)) {
        errno = EEXIST;
        fail_to_make(to);
    }
    if (::rename(from.c_str(), to.c_str()) != 0) fail_to_make(to);
}

/// Tables and entries, in one transaction.
void write_tables(SqliteDatabase& database, const RunEntries& entries) {
    SqliteTransaction transaction(database);
    const std::string id = "PRAGMA application_id = " + std::to_string(run_log_application_id);
    const std::string format = "PRAGMA user_version = " + std::to_string(run_log_format);
    for (const std::string& sql : {id, format, run_log_schema()}) database.execute(sql.c_str());
    SqliteStatement entry(database, "INSERT INTO run VALUES (?, ?, ?, ?)");
    const auto write = [&](std::string_view key, std::string_view value) {
        const bool fixed = key != "config";  // keys that change no result may be changed when a run is continued
        entry.run(key, value, fixed, RowDigest::of(key, value, fixed));
    };
    write("format_version", std::to_string(run_log_format));
    write("format", run_log_format_text());
    for (const auto& [key, value] : entries) write(key, value);
    transaction.commit();
}

void check_file(const std::filesystem::path& file) {
    std::error_code code;
    const auto status = std::filesystem::status(file, code);
    if (status.type() == std::filesystem::file_type::not_found) throw Error(file.string() + ": there is no such file");
    if (!code && status.type() != std::filesystem::file_type::regular) {
        throw FormatError(file.string() + ": is no file, so no run log");
    }
    const auto size = std::filesystem::file_size(file, code);
    if (code) throw Error(file.string() + ": cannot be read: " + code.message());
    if (size == 0) throw FormatError(file.string() + ": is empty, so no run log");
}

/// Whether a writer is at work, or was killed at it: then the file alone does not say what is in the log.
bool has_journal(const std::filesystem::path& file) {
    const auto holds_something = [&](const char* suffix) {
        std::error_code code;
        const auto size = std::filesystem::file_size(file.string() + suffix, code);
        return !code && size != 0;
    };
    return holds_something("-wal") || holds_something("-journal");
}

/// SQLite takes what is missing of the last page for zeros.
void check_length(SqliteDatabase& database) {
    const std::uint64_t pages = std::stoull(first_text(database, "PRAGMA page_count"));
    const std::uint64_t length = pages * std::stoull(first_text(database, "PRAGMA page_size"));
    std::error_code code;
    const std::uint64_t size = std::filesystem::file_size(database.file(), code);
    if (code || size >= length || has_journal(database.file())) return;  // in this order: a writer may begin or end now
    throw FormatError(database.file().string() + ": is cut off: " + std::to_string(size) + " bytes of " +
                      std::to_string(length) + " are there");
}

/// What can read a log of another format.
std::string writer_of(SqliteDatabase& database) {
    try {
        const std::string version = first_text(database, "SELECT value FROM run WHERE key = 'clade_version'");
        if (!version.empty()) return "version " + printable(version) + ", which wrote it,";
    } catch (const FormatError&) {  // it has no such table
    }
    return "the version that wrote it";
}

void check_format(SqliteDatabase& database) {
    const std::string file = database.file().string();
    if (first_text(database, "PRAGMA application_id") != std::to_string(run_log_application_id)) {
        throw FormatError(file + ": is an SQLite file, but no run log");
    }
    check_length(database);
    std::string format = first_text(database, "PRAGMA user_version");
    const std::string known = std::to_string(run_log_format);
    if (format == known) format = first_text(database, "SELECT value FROM run WHERE key = 'format_version'");
    if (format == known) return;
    throw FormatError(file + ": has run log format '" + printable(format) + "'; this version of Clade knows format " +
                      known + "; " + writer_of(database) + " can read it");
}

DatabasePointer open_to_read(const std::filesystem::path& file) {
    static constexpr const char* probe = "SELECT COUNT(*) FROM sqlite_master";
    auto database = std::make_unique<SqliteDatabase>(file, Access::read);
    const int code = database->try_execute(probe);
    if (code == SQLITE_OK) return database;
    if (const int kind = code & 0xff; kind != SQLITE_READONLY && kind != SQLITE_CANTOPEN) database->fail(code);
    // A folder that cannot be written, in which a log in write-ahead mode lies alone: nobody can be writing.
    if (!has_journal(file)) return std::make_unique<SqliteDatabase>(file, Access::immutable);
    // A killed writer left half a transaction: somebody who may write has to take it back.
    database = std::make_unique<SqliteDatabase>(file, Access::write);
    const int second = database->try_execute(probe);
    if (second == SQLITE_OK) return database;
    if ((second & 0xff) == SQLITE_CORRUPT) database->fail(second);
    throw Error(file.string() +
                ": its last writer was killed, and it cannot be put in order where it is; copy the run's folder to "
                "where it can be written");
}

}  // namespace

DatabasePointer create_run_log(const std::filesystem::path& file, const RunEntries& entries) {
    if (std::filesystem::exists(file)) {
        errno = EEXIST;
        fail_to_make(file);
    }
    const std::filesystem::path unfinished = unfinished_name(file);
    std::error_code ignored;
    std::filesystem::remove(unfinished, ignored);  // of one who was killed
    claim(unfinished, file);
    try {
        write_tables(*std::make_unique<SqliteDatabase>(unfinished, Access::write), entries);
        publish(unfinished, file);
    } catch (...) {
        std::filesystem::remove(unfinished, ignored);
        throw;
    }
    return open_run_log_to_append(file);
}

DatabasePointer open_run_log_to_append(const std::filesystem::path& file) {
    check_file(file);
    std::error_code ignored;
    std::filesystem::remove(unfinished_name(file), ignored);  // a second name, of one who was killed in publish()
    auto database = std::make_unique<SqliteDatabase>(file, Access::write);
    check_format(*database);
    use_write_ahead_log(*database);
    return database;
}

DatabasePointer open_run_log_to_read(const std::filesystem::path& file) {
    check_file(file);
    auto database = open_to_read(file);
    check_format(*database);
    return database;
}

void leave_single_file(SqliteDatabase& database) noexcept {
    database.set_busy_timeout(0);
    (void)database.try_execute("PRAGMA journal_mode = DELETE");
}

}  // namespace clade
