// The part of a run log that only writers need.
#pragma once

#include <clade/experiment/log/chunk_codec_internal.hpp>
#include <clade/experiment/log/chunk_packer_internal.hpp>
#include <clade/experiment/log/generation_row.hpp>
#include <clade/experiment/log/log_columns.hpp>
#include <clade/experiment/log/log_digest_internal.hpp>
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
    GenerationRow append(const GenerationRecord& record, const ScoreTable& scores, const GenerationNotes& notes);
    [[nodiscard]] std::uint64_t chain();

private:
    struct Before {
        std::int64_t next = 0;  ///< generation
        std::uint64_t evaluations = 0;
        std::uint64_t chain = 0;
    };

    [[nodiscard]] Before before();
    [[nodiscard]] Before before(std::uint32_t generation);
    [[nodiscard]] std::uint64_t chain_start();
    template <class... Values>
    void insert(Part part, SqliteStatement& statement, const Values&... values);
    template <class T>
    void append_chunk(std::uint32_t generation, ChunkColumn<T> column, const std::vector<T>& values);
    void append_parts(const GenerationRecord& record, const ScoreTable& scores, const GenerationNotes& notes);
    void append_row(const GenerationRow& row, std::uint64_t chain_before);
    void append_species(std::uint32_t generation, const std::vector<SpeciesRecord>& species);
    void append_champion(const GenerationRecord& record, const GenerationNotes& notes);
    [[nodiscard]] std::vector<std::byte> last_champion();
    [[nodiscard]] static std::vector<std::uint32_t> parent_positions(const GenerationRecord& record,
                                                                     const std::vector<std::uint64_t>& parents);
    void append_chunks(const GenerationRecord& record, const ScoreTable& scores);
    void append_refined(std::uint32_t generation, const RefinedGenome& refined);

    SqliteDatabase& sqlite_;
    ChunkCodec codec_;
    ChunkPacker packer_;
    PartDigests parts_;                       // of the generation being written
    std::vector<std::byte> champion_before_;  // as it was packed; empty: look it up
    SqliteStatement entry_;
    SqliteStatement is_fixed_;
    SqliteStatement fixed_entries_;
    SqliteStatement last_;
    SqliteStatement last_champion_;
    SqliteStatement generation_;
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
