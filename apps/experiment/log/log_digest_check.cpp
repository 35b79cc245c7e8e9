#include <clade/experiment/log/log_digest_check.hpp>

#include <clade/core/text.hpp>
#include <clade/experiment/log/chunk_codec_internal.hpp>
#include <clade/experiment/log/chunk_packer_internal.hpp>
#include <clade/experiment/log/log_columns.hpp>
#include <clade/experiment/log/log_digest_internal.hpp>
#include <clade/experiment/log/run_log_file_internal.hpp>
#include <clade/experiment/log/run_log_schema_internal.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace clade {
namespace {

constexpr std::string_view not_as_written = ": it was changed or damaged after it was written";

void add_value(RowDigest& digest, const SqliteValue& value) {
    std::visit(
        [&](const auto& held) {
            if constexpr (std::is_same_v<decltype(held), const std::nullptr_t&>) {
                digest.add_null();
            } else {
                digest.add(held);
            }
        },
        value);
}

std::uint64_t digest_of_row(const SqliteStatement::Rows& rows) {
    RowDigest digest;
    for (int column = 0; column < rows.column_count(); ++column) add_value(digest, rows.value(column));
    return digest.value();
}

/// A row of `chunk`, as it is stored.
struct Chunk {
    std::int64_t first = 0;
    std::int64_t generations = 0;
    std::string column;
    std::string codec;
    std::int64_t count = 0;
    std::vector<std::byte> numbers;  // of all its generations
};

class DigestCheck {
public:
    explicit DigestCheck(const std::filesystem::path& file) : database_(open_run_log_to_read(file)) {}

    LogFindings run() {
        SqliteTransaction transaction(*database_, SqliteTransaction::Kind::read);
        check_file();
        if (findings_.empty()) check_schema();
        if (!findings_.empty()) return std::move(findings_);  // what follows would read what is not there
        check_entries();
        count_generations();
        for (const std::string_view table : part_tables) table == "chunk" ? read_chunks() : read_rows(table);
        check_chain();
        return std::move(findings_);
    }

private:
    void found(std::optional<std::int64_t> generation, std::string_view table, std::string_view column,
               std::string problem) {
        LogFinding finding{{}, std::string(table), std::string(column), std::move(problem)};
        if (generation && std::in_range<std::uint32_t>(*generation)) {
            finding.generation = static_cast<std::uint32_t>(*generation);
        }
        findings_.push_back(std::move(finding));
    }

    void check_file();
    void check_schema();
    void check_entries();
    void count_generations();
    void read_rows(std::string_view table);
    void read_chunks();
    void read_chunk(SqliteStatement::Rows& rows, Chunk& chunk);
    void add_chunk(const Chunk& chunk);
    void check_chain();
    void check_parts(std::uint32_t generation, std::span<const std::byte> logged);
    void check_end(std::uint64_t chain);
    [[nodiscard]] bool is_logged(std::int64_t generation) const {
        return generation >= 0 && std::cmp_less(generation, parts_.size());
    }

    std::unique_ptr<SqliteDatabase> database_;
    ChunkCodec codec_;
    LogFindings findings_;
    std::uint64_t chain_start_ = 0;
    std::vector<PartDigests> parts_;  // by generation
    std::vector<bool> unreadable_;    // a chunk of the generation was found to be so
};

void DigestCheck::check_file() {
    SqliteStatement check(*database_, "PRAGMA integrity_check(10)");
    for (auto rows = check.rows(); rows.next();) {
        std::string text;
        rows.read(text);
        if (text != "ok") found({}, "", "", "SQLite finds: " + printable(text));
    }
}

/// The statements that make the tables and views.
std::set<std::string, std::less<>> schema_statements() {
    const std::string schema = run_log_schema();
    std::set<std::string, std::less<>> statements;
    for (std::size_t begin = schema.find("CREATE "); begin != std::string::npos;) {
        const std::size_t end = schema.find(";\n", begin);
        statements.insert(schema.substr(begin, end - begin));
        begin = schema.find("CREATE ", end);
    }
    return statements;
}

/// "generation" of "CREATE TABLE generation (".
std::string name_in(std::string_view statement) {
    statement.remove_prefix(statement.find(' ', statement.find(' ') + 1) + 1);
    return std::string(statement.substr(0, statement.find_first_of(" (")));
}

void DigestCheck::check_schema() {
    auto expected = schema_statements();
    std::set<std::string> named;
    SqliteStatement objects(*database_, "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL");
    for (auto rows = objects.rows(); rows.next();) {
        std::string name;
        std::string sql;
        rows.read(name, sql);
        if (expected.erase(sql) == 0) {
            found({}, printable(name), "", "is defined otherwise than this version of Clade defines it");
            named.insert(name);
        }
    }
    for (const std::string& statement : expected) {
        if (!named.contains(name_in(statement))) found({}, name_in(statement), "", "is missing");
    }
}

void DigestCheck::check_entries() {
    RowDigest start;
    SqliteStatement entries(*database_, "SELECT key, value, fixed, digest FROM run ORDER BY key");
    for (auto rows = entries.rows(); rows.next();) {
        RowDigest digest;
        for (int column = 0; column < 3; ++column) add_value(digest, rows.value(column));
        std::string_view key;
        std::string_view value;
        std::int64_t fixed = 0;
        std::int64_t stated = 0;
        rows.read(key, value, fixed, stated);
        if (digest.value() != static_cast<std::uint64_t>(stated)) {
            found({}, "run", "",
                  "entry '" + printable(key) + "' differs from its digest" + std::string(not_as_written));
        }
        if (fixed == 0) continue;
        start.add(key);
        start.add(value);
    }
    chain_start_ = start.value();
}

/// Generations must be 0, 1, 2, ...: what belongs to them is kept by number.
void DigestCheck::count_generations() {
    SqliteStatement numbers(*database_, "SELECT generation FROM generation ORDER BY generation");
    std::int64_t expected = 0;
    for (auto rows = numbers.rows(); rows.next(); ++expected) {
        std::int64_t generation = 0;
        rows.read(generation);
        if (generation == expected) continue;
        found(expected, "generation", "generation", "the row is missing, and those after it belong to no whole run");
        break;
    }
    parts_.resize(static_cast<std::size_t>(expected));
    unreadable_.resize(parts_.size());
}

void DigestCheck::read_rows(std::string_view table) {
    const auto part = static_cast<Part>(std::ranges::find(part_tables, table) - part_tables.begin());
    SqliteStatement all(*database_, "SELECT * FROM " + std::string(table));
    for (auto rows = all.rows(); rows.next();) {
        std::int64_t generation = 0;
        rows.read(generation);
        if (is_logged(generation)) {
            parts_[static_cast<std::size_t>(generation)].add(part, digest_of_row(rows));
        } else {
            found(generation, table, "generation", "a row belongs to a generation that is not in the log");
        }
    }
}

void DigestCheck::read_chunks() {
    SqliteStatement all(
        *database_, "SELECT generation, generations, \"column\", codec, count, data FROM chunk ORDER BY generation");
    for (auto rows = all.rows(); rows.next();) {
        Chunk chunk;
        try {
            read_chunk(rows, chunk);
            add_chunk(chunk);
        } catch (const FormatError& error) {
            found(chunk.first, "chunk", "data", "of column '" + printable(chunk.column) + "' " + error.what());
            for (std::int64_t g = chunk.first; g < chunk.first + most_generations_in_chunk; ++g) {
                if (is_logged(g)) unreadable_[static_cast<std::size_t>(g)] = true;
            }
        }
    }
}

void DigestCheck::read_chunk(SqliteStatement::Rows& rows, Chunk& chunk) {
    std::span<const std::byte> frame;
    rows.read(chunk.first, chunk.generations, chunk.column, chunk.codec, chunk.count, frame);
    if (chunk.codec != ChunkCodec::name) throw FormatError("has the unknown codec '" + printable(chunk.codec) + "'");
    const std::size_t size = ChunkCodec::content_size(frame);
    if (chunk.count < 0 || static_cast<std::uint64_t>(chunk.count) != size / chunk_value_size(chunk.column)) {
        throw FormatError("has another length than its `count`");
    }
    const bool divides =
        chunk.generations > 0 && chunk.generations <= most_generations_in_chunk && chunk.count % chunk.generations == 0;
    if (!divides) throw FormatError("cannot have as many generations as its `generations` says");
    chunk.numbers.resize(size);
    codec_.decompress_numbers(frame, chunk_value_size(chunk.column), chunk.numbers);
}

void DigestCheck::add_chunk(const Chunk& chunk) {
    const std::size_t size = chunk.numbers.size() / static_cast<std::size_t>(chunk.generations);
    for (std::int64_t i = 0; i < chunk.generations; ++i) {
        const std::int64_t generation = chunk.first + i;
        const auto bytes = std::span<const std::byte>(chunk.numbers).subspan(static_cast<std::size_t>(i) * size, size);
        if (!is_logged(generation)) {
            found(generation, "chunk", "generation",
                  "column '" + printable(chunk.column) + "' has a generation that is not in the log");
            continue;
        }
        parts_[static_cast<std::size_t>(generation)].add(
            Part::chunk, RowDigest::of(generation, std::string_view(chunk.column), bytes));
    }
}

void DigestCheck::check_parts(std::uint32_t generation, std::span<const std::byte> logged) {
    const auto stated = PartDigests::read(logged);
    if (!stated) return found(generation, "generation", "parts", "cannot be a list of checksums");
    for (std::size_t i = 0; i < part_tables.size(); ++i) {
        const auto part = static_cast<Part>(i);
        if (stated->equal(part, parts_[generation])) continue;
        if (part == Part::chunk && unreadable_[generation]) continue;
        found(
            generation, part_tables[i], "",
            "the rows of this generation differ from their checksum: one was changed, added or removed after they were "
            "written");
    }
}

/// The log of a run that has ended says where its chain ends.
void DigestCheck::check_end(std::uint64_t chain) {
    SqliteStatement end(*database_,
                        "SELECT value FROM run WHERE key = 'chain' AND "
                        "(SELECT value FROM run WHERE key = 'outcome') <> ''");
    auto rows = end.rows();
    if (!rows.next()) return;
    std::string stated;
    rows.read(stated);
    if (stated == to_hex(chain)) return;
    found({}, "generation", "", "the last generations of the run are missing, or others were added");
}

void DigestCheck::check_chain() {
    std::uint64_t before = chain_start_;
    std::size_t expected = 0;
    SqliteStatement all(*database_, "SELECT * FROM generation ORDER BY generation");
    for (auto rows = all.rows(); expected < parts_.size() && rows.next(); ++expected) {
        const int last = rows.column_count() - 1;
        RowDigest digest;
        digest.add(before);
        for (int column = 0; column < last; ++column) add_value(digest, rows.value(column));
        const SqliteValue parts = rows.value(last - 1);
        const auto* bytes = std::get_if<std::span<const std::byte>>(&parts);
        const auto generation = static_cast<std::uint32_t>(expected);
        check_parts(generation, bytes == nullptr ? std::as_bytes(std::span("?", 1)) : *bytes);
        const SqliteValue chain = rows.value(last);
        const auto* stated = std::get_if<std::int64_t>(&chain);
        if (stated == nullptr || static_cast<std::uint64_t>(*stated) != digest.value()) {
            found(
                generation, "generation", "",
                "the row differs from its digest `chain`: it, the generation before or, for generation 0, an entry of "
                "the run was changed, added or removed");
        }
        before = stated == nullptr ? digest.value() : static_cast<std::uint64_t>(*stated);
    }
    if (findings_.empty()) check_end(before);
}

}  // namespace

LogFindings check_digests(const std::filesystem::path& file) { return DigestCheck(file).run(); }

}  // namespace clade
