#include <clade/evaluation/data/csv_size.hpp>

#include <clade/core/error.hpp>
#include <clade/evaluation/data/csv_table.hpp>
#include <clade/evaluation/data/input_file.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <span>

namespace clade {

std::uint64_t CsvSize::memory() const noexcept {
    // The text and its cells, which move when there are more of them; then the numbers, as training and validation rows.
    return 2 * bytes + cells * (2 * sizeof(CsvCell) + 4 * sizeof(float));
}

CsvSize csv_size(const std::filesystem::path& file, std::uint64_t most_bytes) {
    require_regular_file(file);
    std::ifstream stream(file, std::ios::binary);
    std::error_code unknown;
    const std::uintmax_t bytes = std::filesystem::file_size(file, unknown);
    if (!stream || unknown) throw Error(file.string() + ": must be a file that can be read");
    if (bytes > most_bytes) return {.bytes = bytes};
    std::array<std::uint64_t, 256> counts{};
    std::array<char, 65536> part{};
    while (stream) {
        stream.read(part.data(), part.size());
        for (const char c : std::span(part).first(static_cast<std::size_t>(stream.gcount()))) {
            ++counts[static_cast<unsigned char>(c)];
        }
    }
    const std::uint64_t rows = std::max(counts['\n'], counts['\r']) + 1;  // the last may have no line end
    return {.bytes = bytes, .rows = rows, .cells = rows + counts[','] + counts[';'] + counts['\t']};
}

}  // namespace clade
