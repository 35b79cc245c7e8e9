// A file that a task was made from, known again by its digest: a run that is resumed or replayed reads the same data.
#pragma once

#include <clade/core/digest.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace clade {

/// A file as it was read.
struct InputFile {
    std::string path{};
    std::uint64_t bytes = 0;
    Digest digest{};

    bool operator==(const InputFile&) const = default;
};

/// What stands there instead of a regular file, e.g. "a directory" or "a FIFO"; empty for a regular file, or for nothing.
/// Who reads anything else may wait for ever, or never see its end.
[[nodiscard]] std::string_view kind_of_special_file(const std::filesystem::path& path);

/// Throws Error, "<path>: must be a regular file, got a FIFO", for a special file; lets a missing one pass.
void require_regular_file(const std::filesystem::path& path);

/// The file as it is now. Throws Error if it cannot be read.
[[nodiscard]] InputFile input_file(const std::filesystem::path& path);

}  // namespace clade
