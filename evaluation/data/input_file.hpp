// A file that a task was made from, known again by its digest: a run that is resumed or replayed reads the same data.
#pragma once

#include <clade/core/digest.hpp>

#include <cstdint>
#include <filesystem>
#include <string>

namespace clade {

/// A file as it was read.
struct InputFile {
    std::string path{};
    std::uint64_t bytes = 0;
    Digest digest{};

    bool operator==(const InputFile&) const = default;
};

/// The file as it is now. Throws Error if it cannot be read.
[[nodiscard]] InputFile input_file(const std::filesystem::path& path);

}  // namespace clade
