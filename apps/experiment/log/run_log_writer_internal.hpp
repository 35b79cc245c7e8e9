// The part of a run log that only writers need.
#pragma once

#include <clade/experiment/log/chunk_codec_internal.hpp>
#include <clade/experiment/log/generation_row.hpp>
#include <clade/experiment/log/sqlite_internal.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace clade {

class RunLogWriter {
public:
    explicit RunLogWriter(SqliteDatabase& database);

    /// As those of RunLog.
    void set(std::string_view key, std::string_view value);
    void set(const RunEntries& entries);
    GenerationRow append(const GenerationRecord& record, const ScoreTable& scores, const GenerationNotes& notes,
                         std::string_view champion_json);
    void add_stage(std::uint32_t generation, std::string_view stage, double seconds);

private:
    std::uint64_t evaluations_before(std::uint32_t generation);
    template <class T>
    void append_chunk(std::uint32_t generation, std::string_view column, const std::vector<T>& values);
    void append_row(const GenerationRow& row);
    void append_species(std::uint32_t generation, const std::vector<SpeciesRecord>& species);
    void append_chunks(const GenerationRecord& record, const ScoreTable& scores);
    void append_refined(std::uint32_t generation, const RefinedGenome& refined);

    SqliteDatabase& sqlite_;
    ChunkCodec codec_;
    SqliteStatement entry_;
    SqliteStatement last_;
    SqliteStatement generation_;
    SqliteStatement stage_;
    SqliteStatement species_;
    SqliteStatement champion_;
    SqliteStatement measure_;
    SqliteStatement statistic_;
    SqliteStatement chunk_;
    SqliteStatement refinement_;
    SqliteStatement race_;
    SqliteStatement failure_;
};

}  // namespace clade
