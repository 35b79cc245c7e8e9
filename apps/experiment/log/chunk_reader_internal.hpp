// Reads the columns of genomes that a log holds in chunks: the reader of what RunLogWriter appends and ChunkPacker packs.
#pragma once

#include <clade/experiment/log/chunk_codec_internal.hpp>
#include <clade/experiment/log/log_columns.hpp>
#include <clade/experiment/log/sqlite_internal.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// What the call gives; if it finds damage, with the file and the place of it in front.
template <class Call>
auto with_log_place(const SqliteDatabase& database, std::uint32_t generation, std::string_view place, Call&& call) {
    try {
        return call();
    } catch (const FormatError& error) {
        const std::string file = database.file().string() + ": ";
        std::string_view reason = error.what();
        if (reason.starts_with(file)) reason.remove_prefix(file.size());
        throw FormatError(file + "generation " + std::to_string(generation) + ": " + std::string(place) + ": " +
                          std::string(reason));
    }
}

/// For one thread at a time, as long as the database is open.
class ChunkReader {
public:
    explicit ChunkReader(SqliteDatabase& database);

    /// The genomes of a generation. Throws Error if there is no such generation.
    [[nodiscard]] std::uint64_t population(std::uint32_t generation);

    /// Whether the log has this column of a generation.
    [[nodiscard]] bool has(std::uint32_t generation, std::string_view column);

    /// The names of the columns of scores and behaviour that a generation has, in their order.
    [[nodiscard]] std::vector<std::string> score_names(std::uint32_t generation);

    /// The values of a column, one a genome. Throws Error if there is no such generation, FormatError with generation and
    /// column if they are damaged.
    template <class T>
    [[nodiscard]] std::vector<T> read(std::uint32_t generation, ChunkColumn<T> column);

    /// The numbers of a frame. Throws FormatError if they are damaged or not so many.
    template <class T>
    [[nodiscard]] std::vector<T> unpack(std::uint64_t count, std::string_view codec_name,
                                        std::span<const std::byte> frame);

    /// The bytes of a frame that are no numbers. Throws FormatError if they are damaged.
    [[nodiscard]] std::vector<std::byte> unpack_bytes(std::string_view codec_name, std::span<const std::byte> frame);

private:
    /// The numbers of a chunk of several generations, kept because its other generations are often read next.
    struct UnpackedChunk {
        std::uint32_t first = 0;
        std::uint64_t generations = 0;
        std::vector<std::byte> numbers{};
    };

    template <class T>
    [[nodiscard]] std::vector<T> unpack_chunk(std::uint32_t generation, std::uint64_t count, std::string_view column);

    SqliteDatabase& database_;
    ChunkCodec codec_;
    std::map<std::string, UnpackedChunk, std::less<>> unpacked_;  // by column
    SqliteStatement population_;
    SqliteStatement chunk_;
    SqliteStatement score_names_;
};

}  // namespace clade
