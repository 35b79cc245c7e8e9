#include <clade/experiment/log/chunk_reader_internal.hpp>

#include <clade/core/text.hpp>
#include <clade/experiment/log/chunk_packer_internal.hpp>

#include <cstring>
#include <limits>

namespace clade {
namespace {

/// Of the chunks that have a generation, the first parameter. The index finds them by their first one.
std::string select_chunks(std::string_view columns, std::string_view rest) {
    const std::string furthest = std::to_string(most_generations_in_chunk - 1);
    return "SELECT " + std::string(columns) + " FROM chunk WHERE generation BETWEEN ?1 - " + furthest +
           " AND ?1 AND generation + generations > ?1 " + std::string(rest);
}

void check_codec(std::string_view name) {
    if (name != ChunkCodec::name) throw FormatError("has the unknown codec '" + printable(name) + "'");
}

}  // namespace

ChunkReader::ChunkReader(SqliteDatabase& database)
    : database_(database),
      population_(database, "SELECT population FROM generation WHERE generation = ?"),
      chunk_(database, select_chunks("generation, generations, codec, count, data", R"(AND "column" = ?2)")),
      score_names_(database,
                   select_chunks(R"("column")",
                                 R"(AND ("column" LIKE 'score.%' OR "column" LIKE 'behaviour.%') ORDER BY rowid)")) {}

std::uint64_t ChunkReader::population(std::uint32_t generation) {
    auto rows = population_.rows(generation);
    if (!rows.next()) {
        throw Error(database_.file().string() + ": there is no generation " + std::to_string(generation));
    }
    std::uint64_t population = 0;
    rows.read(population);
    return population;
}

bool ChunkReader::has(std::uint32_t generation, std::string_view column) {
    return chunk_.rows(generation, column).next();
}

std::vector<std::string> ChunkReader::score_names(std::uint32_t generation) {
    std::vector<std::string> names;
    for (auto rows = score_names_.rows(generation); rows.next();) rows.read(names.emplace_back());
    return names;
}

template <class T>
std::vector<T> ChunkReader::unpack(std::uint64_t count, std::string_view codec_name, std::span<const std::byte> frame) {
    check_codec(codec_name);
    if (count > std::numeric_limits<std::size_t>::max() / sizeof(T)) throw FormatError("has the wrong length");
    ChunkCodec::check_size(frame, static_cast<std::size_t>(count) * sizeof(T));
    std::vector<T> values(static_cast<std::size_t>(count));
    codec_.decompress_numbers(frame, sizeof(T), std::as_writable_bytes(std::span(values)));
    return values;
}

/// The values of one generation, of those that its chunk has.
template <class T>
std::vector<T> ChunkReader::unpack_chunk(std::uint32_t generation, std::uint64_t count, std::string_view column) {
    auto rows = chunk_.rows(generation, column);
    if (!rows.next()) throw FormatError("is missing");
    std::uint32_t first = 0;
    std::uint64_t generations = 0;
    std::string_view codec_name;
    std::uint64_t stated_count = 0;
    std::span<const std::byte> frame;
    rows.read(first, generations, codec_name, stated_count, frame);
    if (generations > most_generations_in_chunk || stated_count / generations != count ||
        stated_count % generations != 0) {
        throw FormatError("has the wrong length");
    }
    if (generations == 1) return unpack<T>(stated_count, codec_name, frame);
    UnpackedChunk& kept = unpacked_.try_emplace(std::string(column)).first->second;
    if (kept.first != first || kept.generations != generations || kept.numbers.size() != stated_count * sizeof(T)) {
        const std::vector<T> values = unpack<T>(stated_count, codec_name, frame);
        const auto bytes = std::as_bytes(std::span(values));
        kept = {first, generations, {bytes.begin(), bytes.end()}};
    }
    std::vector<T> values(static_cast<std::size_t>(count));
    std::memcpy(values.data(), kept.numbers.data() + (generation - first) * count * sizeof(T), count * sizeof(T));
    return values;
}

template <class T>
std::vector<T> ChunkReader::read(std::uint32_t generation, ChunkColumn<T> column) {
    const std::uint64_t count = population(generation);
    return with_log_place(database_, generation, "column '" + std::string(column.name) + "'",
                          [&] { return unpack_chunk<T>(generation, count, column.name); });
}

template std::vector<float> ChunkReader::unpack(std::uint64_t, std::string_view, std::span<const std::byte>);
template std::vector<double> ChunkReader::read(std::uint32_t, ChunkColumn<double>);
template std::vector<std::uint16_t> ChunkReader::read(std::uint32_t, ChunkColumn<std::uint16_t>);
template std::vector<std::uint32_t> ChunkReader::read(std::uint32_t, ChunkColumn<std::uint32_t>);

std::vector<std::byte> ChunkReader::unpack_bytes(std::string_view codec_name, std::span<const std::byte> frame) {
    check_codec(codec_name);
    std::vector<std::byte> bytes(ChunkCodec::content_size(frame));
    codec_.decompress(frame, bytes);
    return bytes;
}

}  // namespace clade
