#include <clade/experiment/log/chunk_packer_internal.hpp>

#include <algorithm>
#include <span>
#include <string_view>

namespace clade {
namespace {

constexpr std::uint64_t most_numbers_in_block = 16384;

}  // namespace

std::uint32_t generations_in_chunk(std::uint64_t population) noexcept {
    const std::uint64_t fitting = most_numbers_in_block / std::max<std::uint64_t>(population, 1);
    return static_cast<std::uint32_t>(std::clamp<std::uint64_t>(fitting, 1, most_generations_in_chunk));
}

ChunkPacker::ChunkPacker(SqliteDatabase& database)
    : columns_(database,
               "SELECT \"column\", COUNT(*), MAX(count), MIN(count) FROM chunk WHERE generation BETWEEN ? AND ? "
               "GROUP BY \"column\" ORDER BY MIN(rowid)"),
      select_(database,
              "SELECT data FROM chunk WHERE generation BETWEEN ? AND ? AND \"column\" = ? ORDER BY generation"),
      remove_(database, "DELETE FROM chunk WHERE generation BETWEEN ? AND ? AND \"column\" = ?"),
      insert_(database, "INSERT INTO chunk VALUES (?, ?, ?, ?, ?, ?)") {}

/// None where some generation lacks a column or has another length: then chunks stay as they are.
std::vector<ChunkPacker::Column> ChunkPacker::columns(std::uint32_t first, std::uint32_t last) {
    std::vector<Column> result;
    for (auto rows = columns_.rows(first, last); rows.next();) {
        Column column;
        std::uint64_t shortest = 0;
        rows.read(column.name, column.chunks, column.count, shortest);
        if (column.chunks != last - first + 1 || column.count != shortest) return {};
        result.push_back(std::move(column));
    }
    return result;
}

void ChunkPacker::pack(std::uint32_t generation, std::uint64_t population) {
    const std::uint32_t block = generations_in_chunk(population);
    if (block < 2 || (generation + 1) % block != 0) return;
    const std::uint32_t first = generation + 1 - block;
    for (const Column& column : columns(first, generation)) pack_column(column, first, generation);
}

void ChunkPacker::pack_column(const Column& column, std::uint32_t first, std::uint32_t last) {
    std::vector<std::byte> numbers;
    std::size_t width = 0;
    for (auto rows = select_.rows(first, last, std::string_view(column.name)); rows.next();) {
        std::span<const std::byte> frame;
        rows.read(frame);
        const std::size_t size = ChunkCodec::content_size(frame);
        width = column.count == 0 ? 1 : size / column.count;
        if (width * column.count != size) throw FormatError("chunk '" + column.name + "' has the wrong length");
        numbers.resize(numbers.size() + size);
        codec_.decompress_numbers(frame, width, std::span(numbers).last(size));
    }
    remove_.run(first, last, std::string_view(column.name));
    insert_.run(first, last - first + 1, std::string_view(column.name), ChunkCodec::name, column.count * column.chunks,
                codec_.compress_numbers(numbers, width));
}

}  // namespace clade
