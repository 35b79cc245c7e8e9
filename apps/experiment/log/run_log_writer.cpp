#include <clade/experiment/log/run_log_writer_internal.hpp>

#include <clade/evolution/generation_record.hpp>
#include <clade/experiment/log/log_columns.hpp>
#include <clade/experiment/log/packed_genome_internal.hpp>

#include <cmath>
#include <optional>
#include <span>
#include <string>

namespace clade {
namespace {

/// "INSERT INTO table (a, b, c) VALUES (?, ?, ?)", with the columns of a list.
template <class VisitColumns>
std::string insert(std::string_view table, const VisitColumns& visit_columns) {
    std::string names;
    std::string marks;
    visit_columns([&](const LogColumn& column, const auto&) {
        names += (names.empty() ? "" : ", ") + std::string(column.name);
        marks += marks.empty() ? "?" : ", ?";
    });
    return "INSERT INTO " + std::string(table) + " (" + names + ") VALUES (" + marks + ")";
}

std::string insert_generation() {
    return insert("generation", [](const auto& visit) {
        visit_generation_columns(visit, GenerationRow{});
        for (const std::string_view stage : logged_stages) visit(LogColumn{stage_column(stage)}, 0);
        visit(LogColumn{"parts"}, 0);
        visit(LogColumn{"chain"}, 0);
    });
}

std::string insert_species() {
    return insert("species", [](const auto& visit) {
        visit(LogColumn{"generation"}, std::uint32_t{});
        visit_species_columns(visit, SpeciesRecord{});
    });
}

/// In the order of the list. A stage that is not in it is a mistake of the program.
std::vector<std::optional<std::int64_t>> stage_microseconds(const StageSeconds& seconds) {
    std::vector<std::optional<std::int64_t>> microseconds;
    std::size_t found = 0;
    for (const std::string_view stage : logged_stages) {
        const auto entry = seconds.find(stage);
        microseconds.emplace_back();
        if (entry == seconds.end()) continue;
        microseconds.back() = std::llround(entry->second * 1e6);
        ++found;
    }
    if (found != seconds.size()) throw LogicError("a stage is timed that is not in the list of stages");
    return microseconds;
}

void check_columns(const GenerationRecord& record) {
    const std::size_t population = record.genome_fitness.size();
    for (const std::size_t length :
         {record.genome_species.size(), record.parent_a.size(), record.parent_b.size(), record.operators.size()}) {
        if (length != population) throw LogicError("a generation record's columns differ in length");
    }
}

}  // namespace

RunLogWriter::RunLogWriter(SqliteDatabase& database)
    : sqlite_(database),
      packer_(database),
      entry_(database, "INSERT OR REPLACE INTO run VALUES (?, ?, 0, ?)"),
      is_fixed_(database, "SELECT fixed FROM run WHERE key = ?"),
      fixed_entries_(database, "SELECT key, value FROM run WHERE fixed ORDER BY key"),
      last_(database,
            "SELECT generation + 1, evaluations_total, chain FROM generation ORDER BY generation DESC LIMIT 1"),
      last_champion_(database, "SELECT data FROM champion ORDER BY generation DESC LIMIT 1"),
      generation_(database, insert_generation()),
      species_(database, insert_species()),
      champion_(database, "INSERT INTO champion VALUES (?, ?, ?)"),
      measure_(database, "INSERT INTO measure VALUES (?, ?, ?)"),
      statistic_(database, "INSERT INTO statistic VALUES (?, ?, ?)"),
      chunk_(database, "INSERT INTO chunk VALUES (?, 1, ?, ?, ?, ?)"),
      refinement_(database, "INSERT INTO refinement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      race_(database, "INSERT INTO race VALUES (?, ?, ?, ?)"),
      failure_(database, "INSERT INTO failure VALUES (?, ?, ?, ?)") {}

void RunLogWriter::set(std::string_view key, std::string_view value) {
    if (auto rows = is_fixed_.rows(key); rows.next()) {
        bool fixed = false;
        rows.read(fixed);
        if (fixed) throw Error(sqlite_.file().string() + ": entry '" + std::string(key) + "' of a run never changes");
    }
    entry_.run(key, value, RowDigest::of(key, value, false));
}

void RunLogWriter::set(const RunEntries& entries) {
    SqliteTransaction transaction(sqlite_);
    for (const auto& [key, value] : entries) set(key, value);
    transaction.commit();
}

std::uint64_t RunLogWriter::chain_start() {
    RowDigest digest;
    for (auto rows = fixed_entries_.rows(); rows.next();) {
        std::string_view key;
        std::string_view value;
        rows.read(key, value);
        digest.add(key);
        digest.add(value);
    }
    return digest.value();
}

/// What the log has so far.
RunLogWriter::Before RunLogWriter::before() {
    Before before;
    if (auto rows = last_.rows(); rows.next()) {
        rows.read(before.next, before.evaluations, before.chain);
    } else {
        before.chain = chain_start();
    }
    return before;
}

std::uint64_t RunLogWriter::chain() { return before().chain; }

/// Refuses a generation that is not the next one.
RunLogWriter::Before RunLogWriter::before(std::uint32_t generation) {
    const Before before = this->before();
    if (before.next == std::int64_t{generation}) return before;
    throw Error(sqlite_.file().string() + ": generation " + std::to_string(generation) +
                " cannot be logged: generation " + std::to_string(before.next) +
                " is due; is another program writing to this run?");
}

/// Inserts a row into a table of `part_tables`.
template <class... Values>
void RunLogWriter::insert(Part part, SqliteStatement& statement, const Values&... values) {
    parts_.add(part, RowDigest::of(values...));
    statement.run(values...);
}

template <class T>
void RunLogWriter::append_chunk(std::uint32_t generation, ChunkColumn<T> column, const std::vector<T>& values) {
    const auto bytes = std::as_bytes(std::span(values));
    parts_.add(Part::chunk, RowDigest::of(generation, column.name, bytes));
    chunk_.run(generation, column.name, ChunkCodec::name, values.size(), codec_.compress_numbers(bytes, sizeof(T)));
}

void RunLogWriter::append_refined(std::uint32_t generation, const RefinedGenome& refined) {
    std::vector<float> numbers = refined.weights;
    numbers.insert(numbers.end(), refined.biases.begin(), refined.biases.end());
    insert(Part::refinement, refinement_, generation, refined.genome, refined.fitness_before, refined.fitness,
           refined.evaluations, refined.weights.size(), refined.biases.size(), ChunkCodec::name,
           codec_.compress_numbers(std::as_bytes(std::span(numbers)), sizeof(float)));
}

void RunLogWriter::append_row(const GenerationRow& row, std::uint64_t chain_before) {
    RowDigest digest;
    digest.add(chain_before);
    generation_.run_with([&](const auto& bind) {
        const auto put = [&](const auto& value) {
            digest.add(value);
            bind(value);
        };
        visit_generation_columns([&](const LogColumn&, const auto& value) { put(value); }, row);
        for (const std::optional<std::int64_t>& stage : stage_microseconds(row.seconds)) put(stage);
        put(parts_.bytes());
        bind(digest.value());
    });
}

void RunLogWriter::append_species(std::uint32_t generation, const std::vector<SpeciesRecord>& species) {
    for (const SpeciesRecord& one : species) {
        RowDigest digest;
        species_.run_with([&](const auto& bind) {
            const auto put = [&](const auto& value) {
                digest.add(value);
                bind(value);
            };
            put(generation);
            visit_species_columns([&](const LogColumn&, const auto& value) { put(value); }, one);
        });
        parts_.add(Part::species, digest.value());
    }
}

/// Its genes are written where they changed.
void RunLogWriter::append_champion(const GenerationRecord& record, const GenerationNotes& notes) {
    if (record.champion_genome.empty()) throw LogicError("a generation record lacks its champion");
    std::vector<std::byte> champion = pack_genome(record.champion_genome, notes.network, *notes.functions);
    if (champion_before_.empty() && record.generation > 0) champion_before_ = last_champion();
    if (champion == champion_before_) return;
    insert(Part::champion, champion_, record.generation, ChunkCodec::name, codec_.compress(champion));
    champion_before_ = std::move(champion);
}

std::vector<std::byte> RunLogWriter::last_champion() {
    std::vector<std::byte> champion;
    auto rows = last_champion_.rows();
    if (!rows.next()) return champion;
    std::span<const std::byte> frame;
    rows.read(frame);
    champion.resize(ChunkCodec::content_size(frame));
    codec_.decompress(frame, champion);
    return champion;
}

/// Parents are written as positions in the generation before, which resemble those of other generations.
std::vector<std::uint32_t> RunLogWriter::parent_positions(const GenerationRecord& record,
                                                          const std::vector<std::uint64_t>& parents) {
    const std::uint64_t population = parents.size();
    std::vector<std::uint32_t> positions;
    positions.reserve(parents.size());
    for (const std::uint64_t parent : parents) {
        if (parent == raw(no_genome)) {
            positions.push_back(no_position);
            continue;
        }
        if (parent / population + 1 != record.generation) throw LogicError("a parent is not of the generation before");
        positions.push_back(static_cast<std::uint32_t>(parent % population));
    }
    return positions;
}

void RunLogWriter::append_chunks(const GenerationRecord& record, const ScoreTable& scores) {
    const auto append = [&]<class T>(ChunkColumn<T> column, const std::vector<T>& values) {
        append_chunk(record.generation, column, values);
    };
    append(chunk_columns.fitness, record.genome_fitness);
    append(chunk_columns.species, record.genome_species);
    append(chunk_columns.parent_a, parent_positions(record, record.parent_a));
    append(chunk_columns.parent_b, parent_positions(record, record.parent_b));
    append(chunk_columns.operators, record.operators);
    if (!record.merit.empty()) append(chunk_columns.merit, record.merit);
    for (const ScoreColumn& column : scores.columns) append(ChunkColumn<double>{column.name}, column.values);
}

void RunLogWriter::append_parts(const GenerationRecord& record, const ScoreTable& scores,
                                const GenerationNotes& notes) {
    const std::uint32_t generation = record.generation;
    parts_ = {};
    append_species(generation, record.species);
    append_champion(record, notes);
    append_chunks(record, scores);
    for (const RefinedGenome& refined : notes.refined) append_refined(generation, refined);
    for (const Measure& one : notes.measures) insert(Part::measure, measure_, generation, one.name, one.value);
    for (const Measure& one : notes.statistics) insert(Part::statistic, statistic_, generation, one.name, one.value);
    for (std::size_t i = 0; i < scores.rounds.size(); ++i) {
        insert(Part::race, race_, generation, i + 1, scores.rounds[i].genomes, scores.rounds[i].episodes);
    }
    for (const GenomeFailure& one : scores.failures) {
        insert(Part::failure, failure_, generation, one.genome, name_of(one.kind), one.message);
    }
}

GenerationRow RunLogWriter::append(const GenerationRecord& record, const ScoreTable& scores,
                                   const GenerationNotes& notes) {
    check_columns(record);
    try {
        SqliteTransaction transaction(sqlite_);
        const Before before = this->before(record.generation);
        GenerationRow row = make_generation_row(record, scores, notes, before.evaluations);
        append_parts(record, scores, notes);
        append_row(row, before.chain);
        packer_.pack(row.generation, row.population);
        for (const auto& [key, value] : notes.entries) set(key, value);
        transaction.commit();
        return row;
    } catch (...) {
        champion_before_.clear();
        throw;
    }
}

}  // namespace clade
