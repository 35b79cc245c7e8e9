#include <clade/experiment/log/run_log_writer_internal.hpp>

#include <clade/evolution/generation_record.hpp>
#include <clade/experiment/log/log_columns.hpp>

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
    return insert("generation", [](const auto& visit) { visit_generation_columns(visit, GenerationRow{}); });
}

std::string insert_species() {
    return insert("species", [](const auto& visit) {
        visit(LogColumn{"generation"}, std::uint32_t{});
        visit_species_columns(visit, SpeciesRecord{});
    });
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
      entry_(database, "INSERT OR REPLACE INTO run VALUES (?, ?)"),
      last_(database, "SELECT generation + 1, evaluations_total FROM generation ORDER BY generation DESC LIMIT 1"),
      generation_(database, insert_generation()),
      stage_(database, "INSERT INTO stage VALUES (?, ?, ?)"),
      species_(database, insert_species()),
      champion_(database, "INSERT INTO champion VALUES (?, ?, ?)"),
      measure_(database, "INSERT INTO measure VALUES (?, ?, ?)"),
      statistic_(database, "INSERT INTO statistic VALUES (?, ?, ?)"),
      chunk_(database, "INSERT INTO chunk VALUES (?, ?, ?, ?, ?)"),
      refinement_(database, "INSERT INTO refinement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      race_(database, "INSERT INTO race VALUES (?, ?, ?, ?)"),
      failure_(database, "INSERT INTO failure VALUES (?, ?, ?, ?)") {}

void RunLogWriter::set(std::string_view key, std::string_view value) { entry_.run(key, value); }

void RunLogWriter::set(const RunEntries& entries) {
    SqliteTransaction transaction(sqlite_);
    for (const auto& [key, value] : entries) set(key, value);
    transaction.commit();
}

/// What the log has counted so far. Refuses a generation that is not the next one.
std::uint64_t RunLogWriter::evaluations_before(std::uint32_t generation) {
    std::int64_t next = 0;
    std::uint64_t evaluations = 0;
    if (auto rows = last_.rows(); rows.next()) rows.read(next, evaluations);
    if (next == std::int64_t{generation}) return evaluations;
    throw Error(sqlite_.file().string() + ": generation " + std::to_string(generation) +
                " cannot be logged: generation " + std::to_string(next) +
                " is due; is another program writing to this run?");
}

template <class T>
void RunLogWriter::append_chunk(std::uint32_t generation, std::string_view column, const std::vector<T>& values) {
    chunk_.run(generation, column, ChunkCodec::name, values.size(), codec_.compress(std::as_bytes(std::span(values))));
}

void RunLogWriter::append_refined(std::uint32_t generation, const RefinedGenome& refined) {
    std::vector<float> numbers = refined.weights;
    numbers.insert(numbers.end(), refined.biases.begin(), refined.biases.end());
    refinement_.run(generation, refined.genome, refined.fitness_before, refined.fitness, refined.evaluations,
                    refined.weights.size(), refined.biases.size(), ChunkCodec::name,
                    codec_.compress(std::as_bytes(std::span(numbers))));
}

void RunLogWriter::add_stage(std::uint32_t generation, std::string_view stage, double seconds) {
    stage_.run(generation, stage, seconds);
}

void RunLogWriter::append_row(const GenerationRow& row) {
    generation_.run_with([&](const auto& bind) {
        visit_generation_columns([&](const LogColumn&, const auto& value) { bind(value); }, row);
    });
    for (const auto& [stage, seconds] : row.seconds) add_stage(row.generation, stage, seconds);
    for (const Measure& statistic : row.statistics) statistic_.run(row.generation, statistic.name, statistic.value);
}

void RunLogWriter::append_species(std::uint32_t generation, const std::vector<SpeciesRecord>& species) {
    for (const SpeciesRecord& one : species) {
        species_.run_with([&](const auto& bind) {
            bind(generation);
            visit_species_columns([&](const LogColumn&, const auto& value) { bind(value); }, one);
        });
    }
}

void RunLogWriter::append_chunks(const GenerationRecord& record, const ScoreTable& scores) {
    append_chunk(record.generation, "fitness", record.genome_fitness);
    append_chunk(record.generation, "species", record.genome_species);
    append_chunk(record.generation, "parent_a", record.parent_a);
    append_chunk(record.generation, "parent_b", record.parent_b);
    append_chunk(record.generation, "operators", record.operators);
    if (!record.merit.empty()) append_chunk(record.generation, "merit", record.merit);
    for (const ScoreColumn& column : scores.columns) append_chunk(record.generation, column.name, column.values);
}

GenerationRow RunLogWriter::append(const GenerationRecord& record, const ScoreTable& scores,
                                   const GenerationNotes& notes, std::string_view champion_json) {
    check_columns(record);
    SqliteTransaction transaction(sqlite_);
    GenerationRow row = make_generation_row(record, scores, notes, evaluations_before(record.generation));
    append_row(row);
    append_species(row.generation, record.species);
    champion_.run(row.generation, row.champion, champion_json);
    append_chunks(record, scores);
    for (const RefinedGenome& refined : notes.refined) append_refined(row.generation, refined);
    for (const Measure& measure : notes.measures) measure_.run(row.generation, measure.name, measure.value);
    for (std::size_t i = 0; i < scores.rounds.size(); ++i) {
        race_.run(row.generation, i + 1, scores.rounds[i].genomes, scores.rounds[i].episodes);
    }
    for (const GenomeFailure& failure : scores.failures) {
        failure_.run(row.generation, failure.genome, name_of(failure.kind), failure.message);
    }
    for (const auto& [key, value] : notes.entries) set(key, value);
    transaction.commit();
    return row;
}

}  // namespace clade
