#include "clade/query/genome_table.hpp"

#include "clade/history/operator_words.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <list>
#include <memory>
#include <new>
#include <string>
#include <vector>

namespace clade::query {
namespace {

constexpr std::array<std::string_view, 11> fixed_columns{"generation INTEGER",  "position INTEGER", "id INTEGER",
                                                         "fitness REAL",        "species INTEGER",  "parent_a INTEGER",
                                                         "parent_b INTEGER",    "operators TEXT",   "nodes INTEGER",
                                                         "connections INTEGER", "enabled INTEGER"};
enum Column : std::uint8_t {
    column_generation,
    column_position,
    column_id,
    column_fitness,
    column_species,
    column_parent_a,
    column_parent_b,
    column_operators,
    column_nodes,
    column_connections,
    column_enabled,
    first_score
};

/// What a plan says, as bits of SQLite's idxNum. The values of the conditions follow in this order.
enum Plan : std::uint8_t { by_id = 1, by_generation = 2, from_generation = 4, to_generation = 8, with_sizes = 16 };

constexpr std::size_t generations_kept = 4;  ///< of a join between genomes and their parents two are read in turn

/// The genomes of one generation, unpacked.
struct UnpackedGeneration {
    std::uint32_t number = 0;
    std::vector<GenomeRow> rows{};
    std::vector<ScoreColumn> scores{};
    std::vector<GenomeSize> sizes{};  ///< empty until asked for
    std::vector<std::uint32_t> enabled{};
};

class GenomeSource {
public:
    GenomeSource(const OpenedRun& run, const Vocabulary& vocabulary)
        : run_(run), rebuilder_(run, vocabulary), population_(run.config.evolution.population_size) {
        const auto last = run.log.last_generation();
        end_ = last ? last->generation + 1 : 0;
        if (end_ == 0) return;
        for (const ScoreColumn& column : run.log.score_columns(0)) score_names_.push_back(column.name);
    }

    [[nodiscard]] std::uint32_t end() const { return end_; }
    [[nodiscard]] std::int64_t population() const { return population_; }
    [[nodiscard]] const std::vector<std::string>& score_names() const { return score_names_; }

    std::shared_ptr<const UnpackedGeneration> generation(std::uint32_t number, bool sizes) {
        auto found = std::ranges::find_if(kept_, [&](const auto& one) { return one->number == number; });
        if (found == kept_.end()) {
            kept_.push_front(std::make_shared<UnpackedGeneration>(
                UnpackedGeneration{number, run_.log.genomes(number), run_.log.score_columns(number)}));
            if (kept_.size() > generations_kept) kept_.pop_back();
        } else {
            kept_.splice(kept_.begin(), kept_, found);
        }
        if (sizes && kept_.front()->sizes.empty()) count_genes(*kept_.front());
        return kept_.front();
    }

private:
    void count_genes(UnpackedGeneration& generation) {
        const GenomeStore& genomes = rebuilder_.generation(generation.number);
        for (std::size_t i = 0; i < genomes.size(); ++i) {
            generation.sizes.push_back(genomes.size_of(i));
            const auto enabled = genomes[i].enabled;
            generation.enabled.push_back(
                static_cast<std::uint32_t>(std::count(enabled.begin(), enabled.end(), std::uint8_t{1})));
        }
    }

    const OpenedRun& run_;
    history::Rebuilder rebuilder_;
    std::int64_t population_;
    std::uint32_t end_ = 0;
    std::vector<std::string> score_names_;
    std::list<std::shared_ptr<UnpackedGeneration>> kept_;  // the last used first
};

struct GenomeTable : sqlite3_vtab {
    GenomeSource* source = nullptr;
};

struct GenomeCursor : sqlite3_vtab_cursor {
    bool sizes = false;
    std::uint32_t number = 0;  ///< generation
    std::uint32_t end = 0;     ///< of the generations
    std::size_t row = 0;
    std::size_t end_row = 0;
    std::shared_ptr<const UnpackedGeneration> generation{};
};

// SQLite hands back what it was given.
// NOLINTBEGIN(cppcoreguidelines-pro-type-static-cast-downcast)
GenomeTable& table_of(sqlite3_vtab* base) { return *static_cast<GenomeTable*>(base); }
GenomeCursor& cursor_of(sqlite3_vtab_cursor* base) { return *static_cast<GenomeCursor*>(base); }
// NOLINTEND(cppcoreguidelines-pro-type-static-cast-downcast)

GenomeSource& source_of(sqlite3_vtab* table) { return *table_of(table).source; }

/// SQLite calls these functions: no exception may leave them.
template <class Call>
int guarded(sqlite3_vtab* table, const Call& call) noexcept {
    try {
        call();
        return SQLITE_OK;
    } catch (const std::bad_alloc&) {
        return SQLITE_NOMEM;
    } catch (const std::exception& error) {
        sqlite3_free(table->zErrMsg);
        table->zErrMsg = sqlite3_mprintf("%s", error.what());
        return SQLITE_ERROR;
    }
}

std::string quoted_name(std::string_view name) {
    std::string quoted = "\"";
    for (const char c : name) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + '"';
}

std::string declaration(const GenomeSource& source) {
    std::string sql = "CREATE TABLE genome(";
    for (const std::string_view column : fixed_columns) sql += std::string(column) + ", ";
    for (const std::string& name : source.score_names()) sql += quoted_name(name) + " REAL, ";
    sql.resize(sql.size() - 2);
    return sql + ")";
}

int connect_table(sqlite3* database, void* source, int /*count*/, const char* const* /*words*/, sqlite3_vtab** table,
                  char** message) noexcept {
    try {
        const std::string sql = declaration(*static_cast<GenomeSource*>(source));
        if (const int code = sqlite3_declare_vtab(database, sql.c_str()); code != SQLITE_OK) {
            *message = sqlite3_mprintf("%s", sqlite3_errmsg(database));
            return code;
        }
        auto made = std::make_unique<GenomeTable>();
        made->source = static_cast<GenomeSource*>(source);
        *table = made.release();
        return SQLITE_OK;
    } catch (const std::bad_alloc&) {
        return SQLITE_NOMEM;
    }
}

int disconnect_table(sqlite3_vtab* table) noexcept {
    delete &table_of(table);
    return SQLITE_OK;
}

/// The condition that a constraint is for; 0 for one that is left to SQLite.
int plan_of(const sqlite3_index_info::sqlite3_index_constraint& constraint) {
    const bool equal = constraint.op == SQLITE_INDEX_CONSTRAINT_EQ;
    if (constraint.usable == 0) return 0;
    if (constraint.iColumn == column_id || constraint.iColumn == -1) return equal ? by_id : 0;
    if (constraint.iColumn != column_generation) return 0;
    switch (constraint.op) {
        case SQLITE_INDEX_CONSTRAINT_EQ:
            return by_generation;
        case SQLITE_INDEX_CONSTRAINT_GT:
        case SQLITE_INDEX_CONSTRAINT_GE:
            return from_generation;
        case SQLITE_INDEX_CONSTRAINT_LT:
        case SQLITE_INDEX_CONSTRAINT_LE:
            return to_generation;
        default:
            return 0;
    }
}

/// SQLite checks each row once more, so a condition only has to leave no row out.
int choose_plan(sqlite3_vtab* table, sqlite3_index_info* info) noexcept {
    int plan = 0;
    int values = 0;
    for (const int wanted : {int{by_id}, int{by_generation}, int{from_generation}, int{to_generation}}) {
        for (int i = 0; i < info->nConstraint; ++i) {
            if (plan_of(info->aConstraint[i]) != wanted || (plan & wanted) != 0) continue;
            info->aConstraintUsage[i].argvIndex = ++values;
            plan |= wanted;
        }
    }
    constexpr sqlite3_uint64 counted = 0b111ULL << column_nodes;
    const auto population = static_cast<double>(source_of(table).population());
    double rows = population * source_of(table).end();
    if ((plan & from_generation) != 0) rows /= 3;
    if ((plan & to_generation) != 0) rows /= 3;
    if ((plan & by_generation) != 0) rows = population;
    if ((plan & by_id) != 0) rows = 1;
    if ((info->colUsed & counted) != 0) {
        plan |= with_sizes;
        rows *= 100;
    }
    info->estimatedCost = rows;
    info->estimatedRows = static_cast<sqlite3_int64>(rows) + 1;
    info->idxNum = plan;
    const bool by_age = info->nOrderBy == 1 && info->aOrderBy[0].desc == 0 &&
                        (info->aOrderBy[0].iColumn == column_generation || info->aOrderBy[0].iColumn == column_id);
    info->orderByConsumed = by_age ? 1 : 0;
    return SQLITE_OK;
}

int open_cursor(sqlite3_vtab* /*table*/, sqlite3_vtab_cursor** cursor) noexcept {
    auto* made = new (std::nothrow) GenomeCursor();
    if (made == nullptr) return SQLITE_NOMEM;
    *cursor = made;
    return SQLITE_OK;
}

int close_cursor(sqlite3_vtab_cursor* cursor) noexcept {
    delete &cursor_of(cursor);
    return SQLITE_OK;
}

/// Goes to the generation that the cursor stands at, if there is one.
void load(GenomeCursor& cursor) {
    cursor.generation.reset();
    cursor.row = 0;
    cursor.end_row = 0;
    if (cursor.number >= cursor.end) return;
    cursor.generation = source_of(cursor.pVtab).generation(cursor.number, cursor.sizes);
    cursor.end_row = cursor.generation->rows.size();
}

/// Narrows the cursor to a condition with this whole number.
void narrow(GenomeCursor& cursor, int condition, std::int64_t value, std::int64_t& first, std::int64_t& last) {
    if (condition == by_id) {
        value = value < 0 ? -1 : value / source_of(cursor.pVtab).population();
        first = std::max(first, value);
        last = std::min(last, value);
    }
    if (condition == by_generation || condition == from_generation) first = std::max(first, value);
    if (condition == by_generation || condition == to_generation) last = std::min(last, value);
}

int start_cursor(sqlite3_vtab_cursor* base, int plan, const char* /*name*/, int count,
                 sqlite3_value** values) noexcept {
    auto& cursor = cursor_of(base);
    return guarded(base->pVtab, [&] {
        const GenomeSource& source = source_of(base->pVtab);
        std::int64_t first = 0;
        std::int64_t last = std::int64_t{source.end()} - 1;
        std::int64_t id = -1;
        int next = 0;
        for (const int condition : {int{by_id}, int{by_generation}, int{from_generation}, int{to_generation}}) {
            if ((plan & condition) == 0 || next >= count) continue;
            sqlite3_value* value = values[next++];
            if (sqlite3_value_type(value) == SQLITE_NULL) last = -1;  // nothing equals NULL
            if (sqlite3_value_numeric_type(value) != SQLITE_INTEGER) continue;
            const std::int64_t number = sqlite3_value_int64(value);
            narrow(cursor, condition, number, first, last);
            if (condition == by_id) id = number;
        }
        cursor.sizes = (plan & with_sizes) != 0;
        cursor.end = last < first ? 0 : static_cast<std::uint32_t>(last + 1);
        cursor.number = last < first ? 0 : static_cast<std::uint32_t>(first);
        load(cursor);
        if (id < 0 || !cursor.generation) return;
        cursor.row = static_cast<std::size_t>(id % source.population());
        cursor.end_row = std::min(cursor.end_row, cursor.row + 1);
    });
}

int next_row(sqlite3_vtab_cursor* base) noexcept {
    auto& cursor = cursor_of(base);
    if (++cursor.row < cursor.end_row) return SQLITE_OK;
    return guarded(base->pVtab, [&] {
        ++cursor.number;
        load(cursor);
    });
}

int at_end(sqlite3_vtab_cursor* base) noexcept {
    const auto& cursor = cursor_of(base);
    return cursor.row >= cursor.end_row ? 1 : 0;
}

void give(sqlite3_context* context, double value) {
    std::isnan(value) ? sqlite3_result_null(context) : sqlite3_result_double(context, value);
}
void give(sqlite3_context* context, GenomeId id) {
    id == no_genome ? sqlite3_result_null(context) : sqlite3_result_int64(context, static_cast<sqlite3_int64>(raw(id)));
}
void give_whole(sqlite3_context* context, std::uint64_t value) {
    sqlite3_result_int64(context, static_cast<sqlite3_int64>(value));
}

void give_operators(sqlite3_context* context, std::uint16_t operators) {
    const std::string text = fmt::format("{}", fmt::join(history::operator_words(operators), "+"));
    sqlite3_result_text(context, text.c_str(), -1, SQLITE_TRANSIENT);
}

int give_column(sqlite3_vtab_cursor* base, sqlite3_context* context, int column) noexcept {
    const auto& cursor = cursor_of(base);
    return guarded(base->pVtab, [&] {
        const UnpackedGeneration& generation = *cursor.generation;
        const GenomeRow& row = generation.rows.at(cursor.row);
        switch (column) {
            case column_generation:
                return give_whole(context, row.generation);
            case column_position:
                return give_whole(context, row.index);
            case column_id:
                return give(context, row.id);
            case column_fitness:
                return give(context, row.fitness);
            case column_species:
                return give_whole(context, raw(row.species));
            case column_parent_a:
                return give(context, row.parent_a);
            case column_parent_b:
                return give(context, row.parent_b);
            case column_operators:
                return give_operators(context, row.operators);
            case column_nodes:
                return give_whole(context, generation.sizes.at(cursor.row).nodes);
            case column_connections:
                return give_whole(context, generation.sizes.at(cursor.row).connections);
            case column_enabled:
                return give_whole(context, generation.enabled.at(cursor.row));
            default:
                break;
        }
        const auto score = static_cast<std::size_t>(column - first_score);
        if (score < generation.scores.size()) give(context, generation.scores[score].values.at(cursor.row));
    });
}

int give_row_id(sqlite3_vtab_cursor* base, sqlite3_int64* id) noexcept {
    const auto& cursor = cursor_of(base);
    *id = static_cast<sqlite3_int64>(raw(cursor.generation->rows[cursor.row].id));
    return SQLITE_OK;
}

/// Without a function to create it, SQLite has the table under the module's name at once.
const sqlite3_module& genome_module() {
    static const sqlite3_module module = [] {
        sqlite3_module made{};
        made.xConnect = connect_table;
        made.xBestIndex = choose_plan;
        made.xDisconnect = disconnect_table;
        made.xOpen = open_cursor;
        made.xClose = close_cursor;
        made.xFilter = start_cursor;
        made.xNext = next_row;
        made.xEof = at_end;
        made.xColumn = give_column;
        made.xRowid = give_row_id;
        return made;
    }();
    return module;
}

}  // namespace

int add_genome_table(sqlite3* database, const OpenedRun& run, const Vocabulary& vocabulary) {
    auto source = std::make_unique<GenomeSource>(run, vocabulary);
    return sqlite3_create_module_v2(database, "genome", &genome_module(), source.release(),
                                    [](void* made) { delete static_cast<GenomeSource*>(made); });
}

}  // namespace clade::query
