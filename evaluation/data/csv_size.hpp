// How large the table of a CSV file will be, found without keeping any of it.
#pragma once

#include <cstdint>
#include <filesystem>

namespace clade {

struct CsvSize {
    std::uint64_t bytes = 0;  ///< of the file
    std::uint64_t rows = 0;   ///< lines, the header among them
    std::uint64_t cells = 0;  ///< rows x columns, about: separators within quotes count too

    /// What reading it takes, about. [bytes]
    [[nodiscard]] std::uint64_t memory() const noexcept;
};

/// Reads the file once. A file of more than `most_bytes` is not read: it has no rows and no cells then. Throws Error if it
/// is no regular file.
[[nodiscard]] CsvSize csv_size(const std::filesystem::path& file, std::uint64_t most_bytes);

}  // namespace clade
