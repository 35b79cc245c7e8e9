#include "clade/query/run_query.hpp"

#include "clade/query/genome_table.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>

namespace clade::query {
namespace {

constexpr int longest_value = 64 << 20;  ///< [bytes] of a text or blob that a query may make

struct CloseDatabase {
    void operator()(sqlite3* database) const noexcept { sqlite3_close(database); }
};
struct EndStatement {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using DatabaseHandle = std::unique_ptr<sqlite3, CloseDatabase>;
using StatementHandle = std::unique_ptr<sqlite3_stmt, EndStatement>;

/// Lets a statement read tables and call functions; all else is refused, whatever SQLite adds.
int authorise(void* /*context*/, int action, const char* /*first*/, const char* second, const char* /*database*/,
              const char* /*trigger*/) noexcept {
    switch (action) {
        case SQLITE_SELECT:
        case SQLITE_READ:
        case SQLITE_RECURSIVE:
            return SQLITE_OK;
        case SQLITE_FUNCTION:
            return second != nullptr && std::strcmp(second, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
        default:
            return SQLITE_DENY;
    }
}

DatabaseHandle opened(const std::string& name, int flags) {
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_READONLY, nullptr);
    DatabaseHandle database(handle);
    if (code == SQLITE_OK &&
        sqlite3_exec(handle, "SELECT COUNT(*) FROM sqlite_master", nullptr, nullptr, nullptr) == SQLITE_OK) {
        return database;
    }
    return nullptr;
}

/// A log in a folder that cannot be written is opened as a file that nobody writes (run_log_file.cpp).
DatabaseHandle open_log(const std::filesystem::path& file) {
    const std::string path = std::filesystem::absolute(file).string();
    if (DatabaseHandle database = opened(path, 0)) return database;
    std::string uri = "file:";
    for (const char c : path) {
        constexpr std::string_view digits = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        if (c == '%' || c == '?' || c == '#') {
            uri += {'%', digits[byte >> 4U], digits[byte & 15U]};
        } else {
            uri += c;
        }
    }
    if (DatabaseHandle database = opened(uri + "?immutable=1", SQLITE_OPEN_URI)) return database;
    throw Error(file.string() + ": cannot be opened for a query");
}

void check_code(int code, sqlite3* database) {
    if (code == SQLITE_OK) return;
    if (code == SQLITE_NOMEM) throw std::bad_alloc();
    if (code == SQLITE_AUTH) throw InputError("--query: may only read: " + std::string(sqlite3_errmsg(database)));
    throw InputError("--query: " + std::string(sqlite3_errmsg(database)));
}

StatementHandle prepared(sqlite3* database, const std::string& sql) {
    sqlite3_stmt* handle = nullptr;
    const char* tail = nullptr;
    const int code = sqlite3_prepare_v2(database, sql.c_str(), static_cast<int>(sql.size()) + 1, &handle, &tail);
    StatementHandle statement(handle);
    check_code(code, database);
    if (!statement) throw InputError("--query: there is no statement");
    sqlite3_stmt* second = nullptr;
    const int rest = sqlite3_prepare_v2(database, tail, -1, &second, nullptr);
    const StatementHandle other(second);
    if (rest != SQLITE_OK || other) throw InputError("--query: must be one statement, got more");
    if (sqlite3_stmt_readonly(statement.get()) == 0) throw InputError("--query: may only read");
    return statement;
}

Value value_of(sqlite3_stmt* statement, int column) {
    switch (sqlite3_column_type(statement, column)) {
        case SQLITE_INTEGER:
            return std::int64_t{sqlite3_column_int64(statement, column)};
        case SQLITE_FLOAT:
            return sqlite3_column_double(statement, column);
        case SQLITE_TEXT: {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
            return std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
        }
        case SQLITE_BLOB:
            return BlobSize{static_cast<std::uint64_t>(sqlite3_column_bytes(statement, column))};
        default:
            return nullptr;
    }
}

}  // namespace

void run_query(const OpenedRun& run, const Vocabulary& vocabulary, const std::string& sql, const RowReader& reader) {
    const DatabaseHandle database = open_log(run.folder.log());
    sqlite3_busy_timeout(database.get(), 10'000);
    sqlite3_limit(database.get(), SQLITE_LIMIT_LENGTH, longest_value);
    sqlite3_db_config(database.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(database.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    check_code(add_genome_table(database.get(), run, vocabulary), database.get());
    // Its columns are declared at its first use, by means that the authoriser refuses: so before it is there.
    check_code(sqlite3_exec(database.get(), "SELECT id FROM genome LIMIT 0", nullptr, nullptr, nullptr),
               database.get());
    check_code(sqlite3_set_authorizer(database.get(), authorise, nullptr), database.get());
    const StatementHandle statement = prepared(database.get(), sql);
    std::vector<std::string> names;
    const int columns = sqlite3_column_count(statement.get());
    for (int i = 0; i < columns; ++i) names.emplace_back(sqlite3_column_name(statement.get(), i));
    reader.on_columns(names);
    std::vector<Value> row(names.size());
    while (true) {
        const int code = sqlite3_step(statement.get());
        if (code == SQLITE_DONE) return;
        if (code != SQLITE_ROW) check_code(code, database.get());
        for (int i = 0; i < columns; ++i) row[static_cast<std::size_t>(i)] = value_of(statement.get(), i);
        if (!reader.on_row(row)) return;
    }
}

}  // namespace clade::query
