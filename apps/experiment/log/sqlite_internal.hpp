// SQLite in three small types: a database, a statement prepared once, and a transaction.
//
//   SqliteStatement insert(database, "INSERT INTO t VALUES (?, ?)");
//   insert.run(7, 0.5);
//   SqliteStatement select(database, "SELECT a, b FROM t WHERE a > ?");
//   for (auto rows = select.rows(3); rows.next();) rows.read(a, b);
//
// Numbers, ids (enum types), digests, texts and bytes are bound and read in order. NaN is stored as NULL, as SQLite knows
// no NaN, and NULL reads back as NaN; a missing whole number is NULL too. Unsigned 64-bit numbers, digests among them, are
// stored as the signed number of the same bits. Errors become Error, damage becomes FormatError, each with the file and
// SQLite's own words. For one thread at a time.
#pragma once

#include <clade/core/digest.hpp>
#include <clade/core/error.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

struct sqlite3;
struct sqlite3_stmt;

namespace clade {

/// A value as SQLite has it; nullptr is NULL. Texts and bytes are borrowed.
using SqliteValue = std::variant<std::nullptr_t, std::int64_t, double, std::string_view, std::span<const std::byte>>;

class SqliteDatabase {
public:
    /// `immutable` reads a file that nobody writes to, without locks and without a write-ahead log.
    enum class Access { write, read, immutable };

    /// The file must exist. It is not looked into before the first statement: see try_execute().
    SqliteDatabase(std::filesystem::path file, Access access);

    /// Runs statements that have no results of interest.
    void execute(const char* sql);

    /// The same, but gives SQLite's extended result code instead of throwing; 0 is success.
    [[nodiscard]] int try_execute(const char* sql) noexcept;

    /// How long to wait for another process's lock before giving up.
    void set_busy_timeout(int milliseconds) noexcept;

    /// Whether a transaction is under way.
    [[nodiscard]] bool in_transaction() const noexcept;

    [[nodiscard]] const std::filesystem::path& file() const noexcept { return file_; }

    /// Throws what the result code stands for.
    [[noreturn]] void fail(int code) const;

private:
    friend class SqliteStatement;
    struct Close {
        void operator()(sqlite3* handle) const noexcept;
    };

    std::filesystem::path file_;
    std::unique_ptr<sqlite3, Close> handle_;
};

class SqliteStatement {
public:
    class Rows;

    /// `database` must outlive the statement.
    SqliteStatement(SqliteDatabase& database, std::string_view sql);

    /// Binds the values to the statement's parameters and runs it to its end.
    template <class... Values>
    void run(const Values&... values) {
        start(values...);
        while (step()) {
        }
        reset();
    }

    /// The same for as many values as `bind_all` calls its argument with.
    template <class BindAll>
    void run_with(const BindAll& bind_all) {
        reset();
        int parameter = 0;
        bind_all([&](const auto& value) { bind(++parameter, value); });
        while (step()) {
        }
        reset();
    }

    /// Binds the values and gives the rows, one at a time. Bound texts and bytes must outlive them; one at a time.
    template <class... Values>
    [[nodiscard]] Rows rows(const Values&... values);

private:
    template <class... Values>
    void start(const Values&... values) {
        reset();
        int parameter = 0;
        (bind(++parameter, values), ...);
    }
    template <class T>
        requires std::integral<T> || std::is_enum_v<T>
    void bind(int parameter, const T& value) {
        bind_integer(parameter, static_cast<std::int64_t>(value));
    }
    void bind(int parameter, std::optional<std::int64_t> value);
    void bind(int parameter, double value);
    void bind(int parameter, std::string_view text);
    void bind(int parameter, std::span<const std::byte> bytes);
    void bind_integer(int parameter, std::int64_t value);
    void check(int code);
    [[nodiscard]] bool step();
    void reset() noexcept;

    struct Finalize {
        void operator()(sqlite3_stmt* handle) const noexcept;
    };

    const SqliteDatabase* database_;
    std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

/// The rows of one execution. Ends the execution when it goes, so that no lock is kept.
class SqliteStatement::Rows {
public:
    explicit Rows(SqliteStatement& statement) noexcept : statement_(statement) {}
    ~Rows() { statement_.reset(); }
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;

    /// Goes to the next row, or says that there is none.
    [[nodiscard]] bool next() { return statement_.step(); }

    /// Reads the row's columns in order. A string_view or span is borrowed until next(). @pre next() said true.
    template <class... Values>
    void read(Values&... values) {
        int column = 0;
        (read_column(column++, values), ...);
    }

    /// The same for as many values as `read_all` calls its argument with.
    template <class ReadAll>
    void read_with(const ReadAll& read_all) {
        int column = 0;
        read_all([&](auto& value) { read_column(column++, value); });
    }

    /// A column of the row, whatever it is. @pre next() said true.
    [[nodiscard]] SqliteValue value(int column) const;
    [[nodiscard]] int column_count() const noexcept;

private:
    template <class T>
        requires std::integral<T> || std::is_enum_v<T>
    void read_column(int column, T& value) {
        const std::int64_t number = integer(column);
        if constexpr (std::is_enum_v<T>) {
            value = T{narrowed<std::underlying_type_t<T>>(column, number)};
        } else {
            value = narrowed<T>(column, number);
        }
    }
    void read_column(int column, Digest& value);
    void read_column(int column, std::optional<std::int64_t>& value);
    void read_column(int column, double& value);
    void read_column(int column, std::string& value);
    void read_column(int column, std::string_view& value);
    void read_column(int column, std::span<const std::byte>& value);

    template <std::integral T>
    [[nodiscard]] T narrowed(int column, std::int64_t number) const {
        if constexpr (sizeof(T) < sizeof number) {
            constexpr auto low = static_cast<std::int64_t>(std::numeric_limits<T>::min());
            constexpr auto high = static_cast<std::int64_t>(std::numeric_limits<T>::max());
            if (!(number >= low && number <= high)) fail_range(column, number);
        }
        return static_cast<T>(number);
    }
    [[nodiscard]] std::int64_t integer(int column) const noexcept;
    [[noreturn]] void fail_range(int column, std::int64_t number) const;

    SqliteStatement& statement_;
};

template <class... Values>
SqliteStatement::Rows SqliteStatement::rows(const Values&... values) {
    start(values...);
    return Rows(*this);
}

/// All or nothing: what happened since is undone unless commit() is called.
class SqliteTransaction {
public:
    enum class Kind { read, write };

    explicit SqliteTransaction(SqliteDatabase& database, Kind kind = Kind::write);
    ~SqliteTransaction();
    SqliteTransaction(const SqliteTransaction&) = delete;
    SqliteTransaction& operator=(const SqliteTransaction&) = delete;

    void commit();

private:
    SqliteDatabase& database_;
};

}  // namespace clade
