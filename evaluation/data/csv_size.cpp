#include <clade/evaluation/data/csv_size.hpp>

#include <clade/core/error.hpp>
#include <clade/evaluation/data/input_file.hpp>
#include <clade/evaluation/data/text_bytes_internal.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

namespace clade {
namespace {

constexpr std::size_t counted_bytes = std::size_t{1} << 18;

/// At most so many: whatever separates them.
std::uint64_t most_fields(std::string_view line) {
    std::uint64_t most = 0;
    for (const char separator : {',', ';', '\t', '|', ' '}) {
        most = std::max(most, static_cast<std::uint64_t>(std::ranges::count(line, separator)));
    }
    return most + 1;
}

std::uint64_t lines_of(std::string_view text, char end) {
    std::uint64_t count = 0;
    for (std::size_t at = text.find(end); at != std::string_view::npos; at = text.find(end, at + 1)) ++count;
    return count;
}

}  // namespace

std::uint64_t CsvSize::memory() const noexcept {
    // Numbers in double precision, which become floats column by column; a part of the text. Not read: a guess.
    constexpr std::uint64_t parts = 4'000'000;
    return cells == 0 ? std::max(bytes, text) : cells * (sizeof(double) + 1) + parts;
}

CsvSize csv_size(const std::filesystem::path& file, std::uint64_t most_bytes) {
    const TextReader reader = text_of_file(file);
    std::error_code unknown;
    CsvSize size{.bytes = std::filesystem::file_size(file, unknown)};
    if (unknown) throw Error(file.string() + ": must be a file that can be read");
    if (size.bytes > most_bytes) return size;
    std::vector<char> part(counted_bytes);
    std::uint64_t feeds = 0;
    std::uint64_t returns = 0;
    std::uint64_t fields = 0;
    while (const std::size_t count = reader(part)) {
        const std::string_view text(part.data(), count);
        size.text += count;
        if (size.text > most_bytes) return size;
        if (fields == 0) fields = most_fields(text.substr(0, text.find_first_of("\r\n")));
        feeds += lines_of(text, '\n');
        if (feeds == 0) returns += lines_of(text, '\r');
    }
    size.rows = std::max(feeds, returns) + 1;  // the last may have no line end
    size.cells = size.rows * std::max<std::uint64_t>(fields, 1);
    return size;
}

}  // namespace clade
