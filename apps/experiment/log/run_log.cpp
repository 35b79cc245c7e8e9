#include <clade/experiment/log/chunk_codec_internal.hpp>
#include <clade/experiment/log/run_log.hpp>
#include <clade/experiment/log/run_log_columns_internal.hpp>
#include <clade/experiment/log/run_log_file_internal.hpp>
#include <clade/experiment/log/run_log_writer_internal.hpp>

#include <charconv>
#include <limits>

namespace clade {

/// What is asked of a table that older logs lack.
struct RefinementQueries {
    explicit RefinementQueries(SqliteDatabase& database)
        : evaluations(database, "SELECT COALESCE(SUM(evaluations), 0) FROM refinement WHERE generation = ?"),
          rows(database,
               "SELECT genome, before, after, evaluations, weights, biases, codec, data FROM refinement "
               "WHERE generation = ? ORDER BY genome") {}
    SqliteStatement evaluations;
    SqliteStatement rows;
};

namespace {

std::string select(std::string_view columns, std::string_view rest) {
    return "SELECT " + std::string(columns) + " FROM " + std::string(rest);
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
    Database(const std::filesystem::path& file, Mode mode) : sqlite(open_run_log(file, mode)) {
        if (mode != Mode::read) writer = std::make_unique<RunLogWriter>(*sqlite);
        if (has_table(*sqlite, "refinement")) refinement = std::make_unique<RefinementQueries>(*sqlite);
        if (has_table(*sqlite, "race")) {
            race = std::make_unique<SqliteStatement>(
                *sqlite, "SELECT genomes, episodes FROM race WHERE generation = ? ORDER BY round");
        }
        if (has_table(*sqlite, "statistic")) {
            statistics = std::make_unique<SqliteStatement>(
                *sqlite, "SELECT name, value FROM statistic WHERE generation = ? ORDER BY name");
        }
    }
    ~Database() {
        if (!writer) return;
        writer.reset();
        leave_single_file(*sqlite);
    }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    [[nodiscard]] RunLogWriter& writing() const {
        if (!writer) throw LogicError("a run log opened to be read is not written to");
        return *writer;
    }
    [[nodiscard]] std::vector<GenerationRow> read_generations(SqliteStatement::Rows rows);
    [[nodiscard]] std::uint64_t population(std::uint32_t generation);
    [[nodiscard]] std::vector<RaceRound> read_race(std::uint32_t generation);

    template <class T>
    [[nodiscard]] std::vector<T> read_chunk(std::uint32_t generation, std::string_view column);
    template <class T>
    [[nodiscard]] std::vector<T> unpack_chunk(std::uint64_t count, SqliteStatement::Rows rows);
    template <class T>
    [[nodiscard]] std::vector<T> unpack(std::uint64_t count, std::string_view codec_name,
                                        std::span<const std::byte> frame);
    [[nodiscard]] RefinedGenome read_refined(SqliteStatement::Rows& rows);
    template <class Call>
    auto with_place(std::uint32_t generation, std::string_view place, Call&& call);

    std::unique_ptr<SqliteDatabase> sqlite;
    ChunkCodec codec;
    SqliteStatement entry{*sqlite, "SELECT value FROM run WHERE key = ?"};
    SqliteStatement entries{*sqlite, "SELECT key, value FROM run ORDER BY key"};
    SqliteStatement all{*sqlite, select(generation_columns, "generation ORDER BY generation")};
    SqliteStatement one{*sqlite, select(generation_columns, "generation WHERE generation = ?")};
    SqliteStatement last{*sqlite, select(generation_columns, "generation ORDER BY generation DESC LIMIT 1")};
    SqliteStatement population_of{*sqlite, "SELECT population FROM generation WHERE generation = ?"};
    SqliteStatement stages{*sqlite, "SELECT stage, seconds FROM stage WHERE generation = ?"};
    SqliteStatement species{*sqlite, select(species_columns, "species WHERE generation = ? ORDER BY id")};
    SqliteStatement history{*sqlite, select(species_columns, "species WHERE id = ? ORDER BY generation")};
    SqliteStatement champion{*sqlite, "SELECT json FROM champion WHERE generation = ?"};
    SqliteStatement measure{*sqlite, "SELECT name, value FROM measure WHERE generation = ? ORDER BY name"};
    SqliteStatement value_names{*sqlite,
                                "SELECT \"column\" FROM chunk WHERE generation = ? AND "
                                "(\"column\" LIKE 'score.%' OR \"column\" LIKE 'behaviour.%') ORDER BY rowid"};
    SqliteStatement chunk{*sqlite, "SELECT codec, count, data FROM chunk WHERE generation = ? AND \"column\" = ?"};
    std::unique_ptr<RefinementQueries> refinement;  // none: the log has no such table
    std::unique_ptr<SqliteStatement> race;          // likewise
    std::unique_ptr<SqliteStatement> statistics;    // likewise
    std::unique_ptr<RunLogWriter> writer;
};

RunLog::RunLog(const std::filesystem::path& file, Mode mode) : database_(std::make_unique<Database>(file, mode)) {}
RunLog::~RunLog() = default;
RunLog::RunLog(RunLog&&) noexcept = default;
RunLog& RunLog::operator=(RunLog&&) noexcept = default;

void RunLog::set(std::string_view key, std::string_view value) { database_->writing().set(key, value); }

std::optional<std::string> RunLog::get(std::string_view key) const {
    auto rows = database_->entry.rows(key);
    if (!rows.next()) return std::nullopt;
    std::string value;
    rows.read(value);
    return value;
}

std::map<std::string, std::string, std::less<>> RunLog::all_entries() const {
    std::map<std::string, std::string, std::less<>> entries;
    for (auto rows = database_->entries.rows(); rows.next();) {
        std::string key;
        std::string value;
        rows.read(key, value);
        entries.emplace(std::move(key), std::move(value));
    }
    return entries;
}

void RunLog::append(const GenerationRecord& record, const GenerationDetails& details, std::string_view champion_json) {
    database_->writing().append(record, details, champion_json);
}

std::vector<GenerationRow> RunLog::Database::read_generations(SqliteStatement::Rows rows) {
    std::vector<GenerationRow> result;
    while (rows.next()) {
        GenerationRow row;
        std::string_view digest;
        visit_columns(row, digest, [&](auto&... values) { rows.read(values...); });
        const auto [end, problem] = std::from_chars(digest.data(), digest.data() + digest.size(), row.digest, 16);
        if (problem != std::errc{} || end != digest.data() + digest.size()) {
            throw FormatError(sqlite->file().string() + ": generation " + std::to_string(row.generation) +
                              ": column 'digest' is damaged");
        }
        for (auto seconds = stages.rows(row.generation); seconds.next();) {
            std::string stage;
            double value = 0.0;
            seconds.read(stage, value);
            row.seconds.emplace(std::move(stage), value);
        }
        if (statistics) row.statistics = read_measures(statistics->rows(row.generation));
        if (refinement) {
            auto sum = refinement->evaluations.rows(row.generation);
            if (sum.next()) sum.read(row.refined_evaluations);
        }
        for (const RaceRound& round : read_race(row.generation)) {
            row.episodes_played += round.genomes * round.episodes;
            row.episodes_saved += (row.population - round.genomes) * round.episodes;
        }
        result.push_back(std::move(row));
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

std::vector<SpeciesRecord> RunLog::species(std::uint32_t generation) const {
    std::vector<SpeciesRecord> result;
    for (auto rows = database_->species.rows(generation); rows.next();) {
        SpeciesRecord& record = result.emplace_back();
        visit_species(generation, record, [&](auto&... values) { rows.read(values...); });
    }
    return result;
}

std::vector<std::pair<std::uint32_t, SpeciesRecord>> RunLog::species_history(SpeciesId id) const {
    std::vector<std::pair<std::uint32_t, SpeciesRecord>> result;
    for (auto rows = database_->history.rows(id); rows.next();) {
        auto& [generation, record] = result.emplace_back();
        visit_species(generation, record, [&](auto&... values) { rows.read(values...); });
    }
    return result;
}

std::optional<std::string> RunLog::champion_json(std::uint32_t generation) const {
    auto rows = database_->champion.rows(generation);
    if (!rows.next()) return std::nullopt;
    std::string json;
    rows.read(json);
    return json;
}

std::vector<Measure> RunLog::measures(std::uint32_t generation) const {
    return read_measures(database_->measure.rows(generation));
}

std::uint64_t RunLog::Database::population(std::uint32_t generation) {
    auto rows = population_of.rows(generation);
    if (!rows.next()) {
        throw Error(sqlite->file().string() + ": there is no generation " + std::to_string(generation));
    }
    std::uint64_t population = 0;
    rows.read(population);
    return population;
}

template <class T>
std::vector<T> RunLog::Database::unpack(std::uint64_t count, std::string_view codec_name,
                                        std::span<const std::byte> frame) {
    if (codec_name != ChunkCodec::name) throw FormatError("has the unknown codec '" + std::string(codec_name) + "'");
    if (count > std::numeric_limits<std::size_t>::max() / sizeof(T)) throw FormatError("has the wrong length");
    ChunkCodec::check_size(frame, static_cast<std::size_t>(count) * sizeof(T));
    std::vector<T> values(static_cast<std::size_t>(count));
    codec.decompress(frame, std::as_writable_bytes(std::span(values)));
    return values;
}

template <class T>
std::vector<T> RunLog::Database::unpack_chunk(std::uint64_t count, SqliteStatement::Rows rows) {
    if (!rows.next()) throw FormatError("is missing");
    std::string_view codec_name;
    std::uint64_t stated_count = 0;
    std::span<const std::byte> frame;
    rows.read(codec_name, stated_count, frame);
    if (stated_count != count) throw FormatError("has the wrong length");
    return unpack<T>(count, codec_name, frame);
}

/// What the call gives; if it finds damage, with the place of it.
template <class Call>
auto RunLog::Database::with_place(std::uint32_t generation, std::string_view place, Call&& call) {
    try {
        return call();
    } catch (const FormatError& error) {
        const std::string file = sqlite->file().string() + ": ";
        std::string_view reason = error.what();
        if (reason.starts_with(file)) reason.remove_prefix(file.size());
        throw FormatError(file + "generation " + std::to_string(generation) + ": " + std::string(place) + ": " +
                          std::string(reason));
    }
}

template <class T>
std::vector<T> RunLog::Database::read_chunk(std::uint32_t generation, std::string_view column) {
    const std::uint64_t count = population(generation);
    return with_place(generation, "column '" + std::string(column) + "'",
                      [&] { return unpack_chunk<T>(count, chunk.rows(generation, column)); });
}

RefinedGenome RunLog::Database::read_refined(SqliteStatement::Rows& rows) {
    RefinedGenome refined;
    std::uint64_t weights = 0;
    std::uint64_t biases = 0;
    std::string_view codec_name;
    std::span<const std::byte> frame;
    rows.read(refined.genome, refined.fitness_before, refined.fitness, refined.evaluations, weights, biases, codec_name,
              frame);
    const auto numbers = unpack<float>(weights + biases, codec_name, frame);
    if (weights > numbers.size()) throw FormatError("has the wrong length");
    const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(weights);
    refined.weights.assign(numbers.begin(), middle);
    refined.biases.assign(middle, numbers.end());
    return refined;
}

std::vector<RefinedGenome> RunLog::refined(std::uint32_t generation) const {
    std::vector<RefinedGenome> result;
    if (!database_->refinement) return result;
    return database_->with_place(generation, "table 'refinement'", [&] {
        for (auto rows = database_->refinement->rows.rows(generation); rows.next();) {
            result.push_back(database_->read_refined(rows));
            if (result.back().genome >= database_->population(generation)) {
                throw FormatError("names a genome that is not there");
            }
        }
        return result;
    });
}

std::vector<RaceRound> RunLog::Database::read_race(std::uint32_t generation) {
    std::vector<RaceRound> rounds;
    if (!race) return rounds;
    return with_place(generation, "table 'race'", [&] {
        for (auto rows = race->rows(generation); rows.next();) {
            RaceRound& round = rounds.emplace_back();
            rows.read(round.genomes, round.episodes);
            if (round.genomes > population(generation)) throw FormatError("has more genomes than there are");
        }
        return rounds;
    });
}

std::vector<RaceRound> RunLog::race(std::uint32_t generation) const { return database_->read_race(generation); }

std::vector<double> RunLog::fitness(std::uint32_t generation) const {
    return database_->read_chunk<double>(generation, "fitness");
}

std::vector<GenomeValues> RunLog::values(std::uint32_t generation) const {
    std::vector<GenomeValues> columns;
    for (auto rows = database_->value_names.rows(generation); rows.next();) rows.read(columns.emplace_back().name);
    for (GenomeValues& column : columns) column.values = database_->read_chunk<double>(generation, column.name);
    return columns;
}

std::vector<GenomeRow> RunLog::genomes(std::uint32_t generation) const {
    const auto fitness = database_->read_chunk<double>(generation, "fitness");
    const auto species = database_->read_chunk<std::uint32_t>(generation, "species");
    const auto parent_a = database_->read_chunk<std::uint64_t>(generation, "parent_a");
    const auto parent_b = database_->read_chunk<std::uint64_t>(generation, "parent_b");
    const auto operators = database_->read_chunk<std::uint16_t>(generation, "operators");
    std::vector<GenomeRow> rows;
    rows.reserve(fitness.size());
    for (std::size_t i = 0; i < fitness.size(); ++i) {
        rows.push_back({genome_id(generation, fitness.size(), i), generation, i, fitness[i], SpeciesId{species[i]},
                        GenomeId{parent_a[i]}, GenomeId{parent_b[i]}, operators[i]});
    }
    return rows;
}

}  // namespace clade
