// Packs the chunks of single generations into chunks of many, which take less room.
//
// Generations are written one by one: a chunk per column and generation. Whenever a block of them is complete, the chunks
// of each column become one. A generation's chunks are thus in the file as soon as it is.
#pragma once

#include <clade/experiment/log/chunk_codec_internal.hpp>
#include <clade/experiment/log/sqlite_internal.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace clade {

/// A chunk has at most so many generations.
inline constexpr std::uint32_t most_generations_in_chunk = 128;

/// How many generations of a population are packed together: reading one unpacks all of them.
[[nodiscard]] std::uint32_t generations_in_chunk(std::uint64_t population) noexcept;

class ChunkPacker {
public:
    explicit ChunkPacker(SqliteDatabase& database);

    /// Packs the block that ends with a generation, if one does. Part of the transaction that wrote the generation.
    void pack(std::uint32_t generation, std::uint64_t population);

private:
    struct Column {
        std::string name;
        std::uint64_t chunks = 0;
        std::uint64_t count = 0;
    };

    [[nodiscard]] std::vector<Column> columns(std::uint32_t first, std::uint32_t last);
    void pack_column(const Column& column, std::uint32_t first, std::uint32_t last);

    ChunkCodec codec_{ChunkCodec::thorough};
    SqliteStatement columns_;
    SqliteStatement select_;
    SqliteStatement remove_;
    SqliteStatement insert_;
};

}  // namespace clade
