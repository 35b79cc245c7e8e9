// How large the table of a CSV file will be, found without keeping any of it.
#pragma once

#include <cstdint>
#include <filesystem>

namespace clade {

struct CsvSize {
    std::uint64_t bytes = 0;  ///< of the file
    std::uint64_t text = 0;   ///< of its text: more, if the file is packed [bytes]
    std::uint64_t rows = 0;   ///< lines, the header among them
    std::uint64_t cells = 0;  ///< rows x fields of the first line, at most

    /// What reading it takes, about. [bytes]
    [[nodiscard]] std::uint64_t memory() const noexcept;
};

/// Reads the file once. Of a file with more than `most_bytes` of text the rest is not read: it has no rows and no cells
/// then. Throws Error if it is no regular file, or a packed one that is damaged.
[[nodiscard]] CsvSize csv_size(const std::filesystem::path& file, std::uint64_t most_bytes);

}  // namespace clade
