#include <clade/experiment/log/run_log_writer_internal.hpp>

#include <clade/core/digest.hpp>
#include <clade/experiment/log/run_log_columns_internal.hpp>

#include <span>
#include <string>

namespace clade {
namespace {

std::string insert(std::string_view table, std::string_view columns) {
    std::string marks = "?";
    for (const char character : columns) {
        if (character == ',') marks += ", ?";
    }
    return "INSERT INTO " + std::string(table) + " (" + std::string(columns) + ") VALUES (" + marks + ")";
}

GenerationRow row_of(const GenerationRecord& record, const GenerationDetails& details,
                     std::uint64_t evaluations_before) {
    GenerationRow row;
    row.generation = record.generation;
    row.fitness = record.fitness;
    row.complexity = record.complexity;
    row.species_count = static_cast<std::uint32_t>(record.species.size());
    row.threshold = record.threshold;
    row.population = record.genome_fitness.size();
    row.evaluated = details.evaluations.evaluated;
    row.reused = details.evaluations.reused;
    row.evaluations_total = evaluations_before + row.evaluated;
    for (const RefinedGenome& refined : details.refined) row.refined_evaluations += refined.evaluations;
    row.failed_count = record.failed_count;
    row.restarted = record.restarted;
    row.champion = genome_id(record.generation, row.population, record.champion);
    row.digest = record.digest;
    return row;
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
      generation_(database, insert("generation", generation_columns)),
      stage_(database, "INSERT INTO stage VALUES (?, ?, ?)"),
      species_(database, insert("species", species_columns)),
      champion_(database, "INSERT INTO champion VALUES (?, ?, ?)"),
      measure_(database, "INSERT INTO measure VALUES (?, ?, ?)"),
      statistic_(database, "INSERT INTO statistic VALUES (?, ?, ?)"),
      chunk_(database, "INSERT INTO chunk VALUES (?, ?, ?, ?, ?)"),
      refinement_(database, "INSERT INTO refinement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      race_(database, "INSERT INTO race VALUES (?, ?, ?, ?)") {}

void RunLogWriter::set(std::string_view key, std::string_view value) { entry_.run(key, value); }

/// What the log has counted so far. Refuses a generation that is not the next one.
std::uint64_t RunLogWriter::evaluations_before(std::uint32_t generation) {
    std::int64_t next = 0;
    std::uint64_t evaluations = 0;
    if (auto rows = last_.rows(); rows.next()) rows.read(next, evaluations);
    if (next == std::int64_t{generation}) return evaluations;
    throw Error(sqlite_.file().string() + ": generation " + std::to_string(generation) +
                " was to be logged where generation " + std::to_string(next) +
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

void RunLogWriter::append(const GenerationRecord& record, const GenerationDetails& details,
                          std::string_view champion_json) {
    check_columns(record);
    SqliteTransaction transaction(sqlite_);
    const GenerationRow row = row_of(record, details, evaluations_before(record.generation));
    const std::string digest = to_hex(row.digest);
    visit_columns(row, digest, [&](const auto&... values) { generation_.run(values...); });
    for (const auto& [stage, seconds] : details.seconds) stage_.run(row.generation, stage, seconds);
    for (const SpeciesRecord& species : record.species) {
        visit_species(row.generation, species, [&](const auto&... values) { species_.run(values...); });
    }
    champion_.run(row.generation, row.champion, champion_json);
    append_chunk(row.generation, "fitness", record.genome_fitness);
    append_chunk(row.generation, "species", record.genome_species);
    append_chunk(row.generation, "parent_a", record.parent_a);
    append_chunk(row.generation, "parent_b", record.parent_b);
    append_chunk(row.generation, "operators", record.operators);
    for (const GenomeValues& column : details.values) append_chunk(row.generation, column.name, column.values);
    for (const RefinedGenome& refined : details.refined) append_refined(row.generation, refined);
    for (const Measure& measure : details.measures) measure_.run(row.generation, measure.name, measure.value);
    for (std::size_t i = 0; i < details.race.size(); ++i) {
        race_.run(row.generation, i + 1, details.race[i].genomes, details.race[i].episodes);
    }
    for (const Measure& one : details.statistics) statistic_.run(row.generation, one.name, one.value);
    transaction.commit();
}

}  // namespace clade
