#include <clade/experiment/log/sqlite_internal.hpp>

#include <clade/core/special_values_internal.hpp>

#include <sqlite3.h>

#include <string>
#include <system_error>

namespace clade {
namespace {

constexpr int patience_milliseconds = 10000;

/// A file name as SQLite's URI, in which some characters mean something else.
std::string as_uri(const std::filesystem::path& file) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char character : std::filesystem::absolute(file).string()) {
        if (character == '%' || character == '?' || character == '#') {
            const auto byte = static_cast<unsigned char>(character);
            uri += {'%', digits[byte >> 4U], digits[byte & 15U]};
        } else {
            uri += character;
        }
    }
    return uri + "?immutable=1";
}

/// The errno of the call that failed, of the file or its journal; 0 if unknown.
int system_error(sqlite3* handle) {
    int number = sqlite3_system_errno(handle);
    if (number == 0) sqlite3_file_control(handle, "main", SQLITE_FCNTL_LAST_ERRNO, &number);
    if (number != 0) return number;
    sqlite3_file* journal = nullptr;
    sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &journal);
    if (journal != nullptr && journal->pMethods != nullptr) {
        journal->pMethods->xFileControl(journal, SQLITE_FCNTL_LAST_ERRNO, &number);
    }
    return number;
}

/// The system's words for an error, e.g. " (Too many open files)"; empty if there are none.
std::string system_words(sqlite3* handle) {
    const int number = handle == nullptr ? 0 : system_error(handle);
    return number == 0 ? "" : " (" + std::generic_category().message(number) + ")";
}

}  // namespace

void SqliteDatabase::Close::operator()(sqlite3* handle) const noexcept { sqlite3_close(handle); }

SqliteDatabase::SqliteDatabase(std::filesystem::path file, Access access) : file_(std::move(file)) {
    int flags = access == Access::write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    flags |= SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    // A relative name with a leading colon or "file:" would mean something else to SQLite.
    std::string name = std::filesystem::absolute(file_).string();
    if (access == Access::immutable) {
        name = as_uri(file_);
        flags |= SQLITE_OPEN_URI;
    }
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(name.c_str(), &handle, flags, nullptr);
    handle_.reset(handle);
    if (code != SQLITE_OK) fail(code);
    set_busy_timeout(patience_milliseconds);
    // What a damaged file calls a function or a table is not to be trusted.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
}

int SqliteDatabase::try_execute(const char* sql) noexcept {
    return sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
}

void SqliteDatabase::execute(const char* sql) {
    if (const int code = try_execute(sql); code != SQLITE_OK) fail(code);
}

void SqliteDatabase::set_busy_timeout(int milliseconds) noexcept { sqlite3_busy_timeout(handle_.get(), milliseconds); }

bool SqliteDatabase::in_transaction() const noexcept { return sqlite3_get_autocommit(handle_.get()) == 0; }

void SqliteDatabase::fail(int code) const {
    const bool is_last = handle_ && sqlite3_extended_errcode(handle_.get()) == code;
    const std::string words = is_last ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code);
    switch (code & 0xff) {
        case SQLITE_NOMEM:
            throw std::bad_alloc();
        case SQLITE_NOTADB:
            throw FormatError(file_.string() + ": is not an SQLite file (" + words + ")");
        case SQLITE_CORRUPT:
            throw FormatError(file_.string() + ": is damaged or cut off (" + words + ")");
        case SQLITE_BUSY:
            throw Error(file_.string() + ": is in use by another program (" + words + ")");
        case SQLITE_CANTOPEN:
        case SQLITE_IOERR:
            throw Error(file_.string() + ": " + words + system_words(handle_.get()));
        default:
            throw Error(file_.string() + ": " + words);
    }
}

void SqliteStatement::Finalize::operator()(sqlite3_stmt* handle) const noexcept { sqlite3_finalize(handle); }

SqliteStatement::SqliteStatement(SqliteDatabase& database, std::string_view sql) : database_(&database) {
    sqlite3_stmt* handle = nullptr;
    const int code = sqlite3_prepare_v3(database.handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
    handle_.reset(handle);
    if (code == SQLITE_ERROR) {  // a table or column is missing
        throw FormatError(database.file().string() + ": " + sqlite3_errmsg(database.handle_.get()));
    }
    check(code);
}

void SqliteStatement::check(int code) {
    if (code != SQLITE_OK) database_->fail(code);
}

void SqliteStatement::bind(int parameter, double value) { check(sqlite3_bind_double(handle_.get(), parameter, value)); }

void SqliteStatement::bind(int parameter, std::string_view text) {
    const char* begin = text.data() == nullptr ? "" : text.data();
    check(sqlite3_bind_text64(handle_.get(), parameter, begin, text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void SqliteStatement::bind(int parameter, std::optional<std::int64_t> value) {
    if (value) return bind_integer(parameter, *value);
    check(sqlite3_bind_null(handle_.get(), parameter));
}

void SqliteStatement::bind(int parameter, std::span<const std::byte> bytes) {
    const void* begin = bytes.data() == nullptr ? static_cast<const void*>("") : bytes.data();
    check(sqlite3_bind_blob64(handle_.get(), parameter, begin, bytes.size(), SQLITE_STATIC));
}

void SqliteStatement::bind_integer(int parameter, std::int64_t value) {
    check(sqlite3_bind_int64(handle_.get(), parameter, value));
}

bool SqliteStatement::step() {
    const int code = sqlite3_step(handle_.get());
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) database_->fail(code);
    return false;
}

void SqliteStatement::reset() noexcept { sqlite3_reset(handle_.get()); }

std::int64_t SqliteStatement::Rows::integer(int column) const noexcept {
    return sqlite3_column_int64(statement_.handle_.get(), column);
}

void SqliteStatement::Rows::read_column(int column, double& value) {
    sqlite3_stmt* handle = statement_.handle_.get();
    const bool is_null = sqlite3_column_type(handle, column) == SQLITE_NULL;
    value = is_null ? nan : sqlite3_column_double(handle, column);
}

void SqliteStatement::Rows::read_column(int column, std::string_view& value) {
    sqlite3_stmt* handle = statement_.handle_.get();
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle, column));
    value = text == nullptr ? std::string_view()
                            : std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(handle, column)));
}

void SqliteStatement::Rows::read_column(int column, std::string& value) {
    std::string_view text;
    read_column(column, text);
    value = text;
}

void SqliteStatement::Rows::read_column(int column, std::span<const std::byte>& value) {
    sqlite3_stmt* handle = statement_.handle_.get();
    const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(handle, column));
    value = {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle, column))};
}

void SqliteStatement::Rows::read_column(int column, Digest& value) {
    sqlite3_stmt* handle = statement_.handle_.get();
    if (sqlite3_column_type(handle, column) != SQLITE_INTEGER) {
        throw FormatError(statement_.database_->file().string() + ": column '" + sqlite3_column_name(handle, column) +
                          "' is damaged");
    }
    value = Digest{static_cast<std::uint64_t>(integer(column))};
}

void SqliteStatement::Rows::read_column(int column, std::optional<std::int64_t>& value) {
    const bool is_null = sqlite3_column_type(statement_.handle_.get(), column) == SQLITE_NULL;
    value = is_null ? std::nullopt : std::optional(integer(column));
}

int SqliteStatement::Rows::column_count() const noexcept { return sqlite3_column_count(statement_.handle_.get()); }

SqliteValue SqliteStatement::Rows::value(int column) const {
    sqlite3_stmt* handle = statement_.handle_.get();
    const auto size = [&] { return static_cast<std::size_t>(sqlite3_column_bytes(handle, column)); };
    switch (sqlite3_column_type(handle, column)) {
        case SQLITE_INTEGER:
            return integer(column);
        case SQLITE_FLOAT:
            return sqlite3_column_double(handle, column);
        case SQLITE_TEXT: {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle, column));
            return std::string_view(text, size());
        }
        case SQLITE_BLOB: {
            const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(handle, column));
            return std::span<const std::byte>(bytes, size());
        }
        default:
            return nullptr;
    }
}

void SqliteStatement::Rows::fail_range(int column, std::int64_t number) const {
    throw FormatError(statement_.database_->file().string() + ": " +
                      sqlite3_column_name(statement_.handle_.get(), column) + " is out of range, " +
                      std::to_string(number));
}

SqliteTransaction::SqliteTransaction(SqliteDatabase& database, Kind kind) : database_(database) {
    database_.execute(kind == Kind::write ? "BEGIN IMMEDIATE" : "BEGIN");
}

SqliteTransaction::~SqliteTransaction() {
    if (database_.in_transaction()) (void)database_.try_execute("ROLLBACK");
}

void SqliteTransaction::commit() { database_.execute("COMMIT"); }

}  // namespace clade
