#include <clade/experiment/log/run_log.hpp>

#include <clade/core/text.hpp>
#include <clade/experiment/log/chunk_reader_internal.hpp>
#include <clade/experiment/log/log_columns.hpp>
#include <clade/experiment/log/packed_genome_internal.hpp>
#include <clade/experiment/log/run_log_file_internal.hpp>
#include <clade/experiment/log/run_log_writer_internal.hpp>

#include <algorithm>
#include <utility>

namespace clade {
namespace {

/// "SELECT a, b, c FROM rest", with the columns of a list.
template <class VisitColumns>
std::string select(const VisitColumns& visit_columns, std::string_view rest) {
    std::string names;
    visit_columns(
        [&](const LogColumn& column, const auto&) { names += (names.empty() ? "" : ", ") + std::string(column.name); });
    return "SELECT " + names + " FROM " + std::string(rest);
}

std::string select_generations(std::string_view rest) {
    const auto columns = [](const auto& visit) {
        visit_generation_columns(visit, GenerationRow{});
        for (const std::string_view stage : logged_stages) visit(LogColumn{stage_column(stage)}, 0);
    };
    return select(columns, rest);
}

std::string select_species(std::string_view rest) {
    const auto columns = [](const auto& visit) {
        visit(LogColumn{"generation"}, std::uint32_t{});
        visit_species_columns(visit, SpeciesRecord{});
    };
    return select(columns, rest);
}

std::vector<Measure> read_measures(SqliteStatement::Rows rows) {
    std::vector<Measure> result;
    while (rows.next()) {
        Measure& measure = result.emplace_back();
        rows.read(measure.name, measure.value);
    }
    return result;
}

}  // namespace

struct RunLog::Database {
    Database(std::unique_ptr<SqliteDatabase> opened, bool writes) : sqlite(std::move(opened)) {
        if (writes) writer = std::make_unique<RunLogWriter>(*sqlite);
    }
    ~Database() {
        if (!writer) return;
        writer.reset();
        leave_single_file(*sqlite);
    }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    [[nodiscard]] RunLogWriter& writing() const {
        if (!writer) throw LogicError("a run log opened for reading cannot be written");
        return *writer;
    }
    [[nodiscard]] std::vector<GenerationRow> read_generations(SqliteStatement::Rows rows);
    [[nodiscard]] RefinedGenome read_refined(SqliteStatement::Rows& rows);
    template <class Call>
    auto with_place(std::uint32_t generation, std::string_view table, Call&& call) {
        return with_log_place(*sqlite, generation, "table '" + std::string(table) + "'", std::forward<Call>(call));
    }

    std::unique_ptr<SqliteDatabase> sqlite;
    ChunkReader chunks{*sqlite};
    SqliteStatement entry{*sqlite, "SELECT value FROM run WHERE key = ?"};
    SqliteStatement entries{*sqlite, "SELECT key, value FROM run ORDER BY key"};
    SqliteStatement all{*sqlite, select_generations("generation ORDER BY generation")};
    SqliteStatement one{*sqlite, select_generations("generation WHERE generation = ?")};
    SqliteStatement last{*sqlite, select_generations("generation ORDER BY generation DESC LIMIT 1")};
    SqliteStatement species{*sqlite, select_species("species WHERE generation = ? ORDER BY id")};
    SqliteStatement history{*sqlite, select_species("species WHERE id = ? ORDER BY generation")};
    SqliteStatement champion{*sqlite,
                             "SELECT codec, data FROM champion WHERE generation <= ? ORDER BY generation DESC LIMIT 1"};
    SqliteStatement measure{*sqlite, "SELECT name, value FROM measure WHERE generation = ? ORDER BY name"};
    SqliteStatement statistics{*sqlite, "SELECT name, value FROM statistic WHERE generation = ? ORDER BY name"};
    SqliteStatement refinement{*sqlite,
                               "SELECT genome, before, after, evaluations, weights, biases, codec, data FROM "
                               "refinement WHERE generation = ? ORDER BY genome"};
    SqliteStatement race{*sqlite, "SELECT genomes, episodes FROM race WHERE generation = ? ORDER BY round"};
    SqliteStatement failure{*sqlite, "SELECT genome, kind, message FROM failure WHERE generation = ? ORDER BY genome"};
    SqliteStatement failure_kinds{*sqlite, "SELECT kind, COUNT(*) FROM failure GROUP BY kind"};
    std::unique_ptr<RunLogWriter> writer;
};

RunLog::RunLog(std::unique_ptr<Database> database) : database_(std::move(database)) {}
RunLog::RunLog(const std::filesystem::path& file, Mode mode)
    : RunLog(mode == Mode::append ? std::make_unique<Database>(open_run_log_to_append(file), true)
                                  : std::make_unique<Database>(open_run_log_to_read(file), false)) {}
RunLog::~RunLog() = default;
RunLog::RunLog(RunLog&&) noexcept = default;
RunLog& RunLog::operator=(RunLog&&) noexcept = default;

RunLog RunLog::create(const std::filesystem::path& file, const RunEntries& entries) {
    return RunLog(std::make_unique<Database>(create_run_log(file, entries), true));
}

void RunLog::set(const RunEntries& entries) { database_->writing().set(entries); }
void RunLog::set(std::string_view key, std::string_view value) { database_->writing().set(key, value); }

std::optional<std::string> RunLog::get(std::string_view key) const {
    auto rows = database_->entry.rows(key);
    if (!rows.next()) return std::nullopt;
    std::string value;
    rows.read(value);
    return value;
}

RunEntries RunLog::all_entries() const {
    RunEntries entries;
    for (auto rows = database_->entries.rows(); rows.next();) {
        std::string key;
        std::string value;
        rows.read(key, value);
        entries.emplace(std::move(key), std::move(value));
    }
    return entries;
}

GenerationRow RunLog::append(const GenerationRecord& record, const ScoreTable& scores, const GenerationNotes& notes) {
    return database_->writing().append(record, scores, notes);
}

Digest RunLog::chain() const { return Digest{database_->writing().chain()}; }

std::vector<GenerationRow> RunLog::Database::read_generations(SqliteStatement::Rows rows) {
    std::vector<GenerationRow> result;
    while (rows.next()) {
        GenerationRow& row = result.emplace_back();
        rows.read_with([&](const auto& read) {
            visit_generation_columns([&](const LogColumn&, auto& value) { read(value); }, row);
            for (const std::string_view stage : logged_stages) {
                std::optional<std::int64_t> microseconds;
                read(microseconds);
                if (microseconds) row.seconds.emplace(stage, static_cast<double>(*microseconds) / 1e6);
            }
        });
        row.statistics = read_measures(statistics.rows(row.generation));
    }
    return result;
}

std::vector<GenerationRow> RunLog::generations() const { return database_->read_generations(database_->all.rows()); }

std::optional<GenerationRow> RunLog::generation(std::uint32_t generation) const {
    std::vector<GenerationRow> rows = database_->read_generations(database_->one.rows(generation));
    return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

std::optional<GenerationRow> RunLog::last_generation() const {
    std::vector<GenerationRow> rows = database_->read_generations(database_->last.rows());
    return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

namespace {

/// The present row of a query for species.
std::pair<std::uint32_t, SpeciesRecord> read_species(SqliteStatement::Rows& rows) {
    std::pair<std::uint32_t, SpeciesRecord> result;
    rows.read_with([&](const auto& read) {
        read(result.first);
        visit_species_columns([&](const LogColumn&, auto& value) { read(value); }, result.second);
    });
    return result;
}

}  // namespace

std::vector<SpeciesRecord> RunLog::species(std::uint32_t generation) const {
    std::vector<SpeciesRecord> result;
    for (auto rows = database_->species.rows(generation); rows.next();) result.push_back(read_species(rows).second);
    return result;
}

std::vector<std::pair<std::uint32_t, SpeciesRecord>> RunLog::species_history(SpeciesId id) const {
    std::vector<std::pair<std::uint32_t, SpeciesRecord>> result;
    for (auto rows = database_->history.rows(id); rows.next();) result.push_back(read_species(rows));
    return result;
}

std::optional<std::string> RunLog::champion_json(std::uint32_t generation) const {
    if (!database_->one.rows(generation).next()) return std::nullopt;
    return database_->with_place(generation, "champion", [&]() -> std::optional<std::string> {
        auto rows = database_->champion.rows(generation);
        if (!rows.next()) throw FormatError("is missing");
        std::string_view codec_name;
        std::span<const std::byte> frame;
        rows.read(codec_name, frame);
        return packed_genome_json(database_->chunks.unpack_bytes(codec_name, frame));
    });
}

std::vector<Measure> RunLog::measures(std::uint32_t generation) const {
    return read_measures(database_->measure.rows(generation));
}

RefinedGenome RunLog::Database::read_refined(SqliteStatement::Rows& rows) {
    RefinedGenome refined;
    std::uint64_t weights = 0;
    std::uint64_t biases = 0;
    std::string_view codec_name;
    std::span<const std::byte> frame;
    rows.read(refined.genome, refined.fitness_before, refined.fitness, refined.evaluations, weights, biases, codec_name,
              frame);
    const auto numbers = chunks.unpack<float>(weights + biases, codec_name, frame);
    if (weights > numbers.size()) throw FormatError("has the wrong length");
    const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(weights);
    refined.weights.assign(numbers.begin(), middle);
    refined.biases.assign(middle, numbers.end());
    return refined;
}

std::vector<RefinedGenome> RunLog::refined(std::uint32_t generation) const {
    std::vector<RefinedGenome> result;
    return database_->with_place(generation, "refinement", [&] {
        for (auto rows = database_->refinement.rows(generation); rows.next();) {
            result.push_back(database_->read_refined(rows));
            if (result.back().genome >= database_->chunks.population(generation)) {
                throw FormatError("names a genome that is not there");
            }
        }
        return result;
    });
}

std::vector<EpisodeRound> RunLog::race(std::uint32_t generation) const {
    std::vector<EpisodeRound> rounds;
    return database_->with_place(generation, "race", [&] {
        for (auto rows = database_->race.rows(generation); rows.next();) {
            EpisodeRound& round = rounds.emplace_back();
            rows.read(round.genomes, round.episodes);
            if (round.genomes > database_->chunks.population(generation)) {
                throw FormatError("has more genomes than there are");
            }
        }
        return rounds;
    });
}

std::vector<GenomeFailure> RunLog::failures(std::uint32_t generation) const {
    std::vector<GenomeFailure> failures;
    return database_->with_place(generation, "failure", [&] {
        for (auto rows = database_->failure.rows(generation); rows.next();) {
            GenomeFailure& failure = failures.emplace_back();
            std::string kind;
            rows.read(failure.genome, kind, failure.message);
            const auto known = value_named<FailureKind>(kind);
            if (!known) throw FormatError("has the unknown kind '" + printable(kind) + "'");
            failure.kind = *known;
            if (failure.genome >= database_->chunks.population(generation)) {
                throw FormatError("names a genome that is not there");
            }
        }
        return failures;
    });
}

std::optional<GenomeFailure> RunLog::failure(std::uint32_t generation, std::size_t genome) const {
    for (GenomeFailure& failure : failures(generation)) {
        if (failure.genome == genome) return std::move(failure);
    }
    return std::nullopt;
}

std::map<std::string, std::uint64_t, std::less<>> RunLog::failure_counts() const {
    std::map<std::string, std::uint64_t, std::less<>> counts;
    for (auto rows = database_->failure_kinds.rows(); rows.next();) {
        std::string kind;
        std::uint64_t count = 0;
        rows.read(kind, count);
        counts.emplace(std::move(kind), count);
    }
    return counts;
}

std::vector<double> RunLog::fitness(std::uint32_t generation) const {
    return database_->chunks.read(generation, chunk_columns.fitness);
}

std::vector<double> RunLog::merit(std::uint32_t generation) const {
    if (!database_->chunks.has(generation, chunk_columns.merit.name)) return {};
    return database_->chunks.read(generation, chunk_columns.merit);
}

std::vector<ScoreColumn> RunLog::score_columns(std::uint32_t generation) const {
    std::vector<ScoreColumn> columns;
    for (std::string& name : database_->chunks.score_names(generation)) {
        std::vector<double> values = database_->chunks.read(generation, ChunkColumn<double>{name});
        columns.push_back({std::move(name), std::move(values)});
    }
    return columns;
}

std::vector<GenomeRow> RunLog::genomes(std::uint32_t generation) const {
    const auto fitness = database_->chunks.read(generation, chunk_columns.fitness);
    const auto species = database_->chunks.read(generation, chunk_columns.species);
    const auto parent_a = database_->chunks.read(generation, chunk_columns.parent_a);
    const auto parent_b = database_->chunks.read(generation, chunk_columns.parent_b);
    const auto operators = database_->chunks.read(generation, chunk_columns.operators);
    std::vector<GenomeRow> rows;
    rows.reserve(fitness.size());
    const auto parent = [&](std::uint32_t position) {
        return position == no_position ? no_genome : genome_id(generation - 1, fitness.size(), position);
    };
    for (std::size_t i = 0; i < fitness.size(); ++i) {
        rows.push_back({genome_id(generation, fitness.size(), i), generation, i, fitness[i], SpeciesId{species[i]},
                        parent(parent_a[i]), parent(parent_b[i]), operators[i]});
    }
    return rows;
}

}  // namespace clade
