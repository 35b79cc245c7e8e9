// A checkpoint: the state of a run between generations, in a file.
//
// 48 bytes, then the state. Numbers are little-endian.
//
//   0 "CLADECKP"  8 version u32  12 zero u32  16 digest of the run's identity  24 size of the state
//   32 digest of the state  40 digest of bytes 0 to 39
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

namespace clade {

/// Replaces a checkpoint, as replace_file() does.
void write_checkpoint(const std::filesystem::path& file, std::string_view identity, std::span<const std::byte> state);

/// The state. Throws FormatError if the file is empty, truncated, damaged, no checkpoint, of another version, or of
/// another run, and Error if it cannot be read.
[[nodiscard]] std::vector<std::byte> read_checkpoint(const std::filesystem::path& file, std::string_view identity);

}  // namespace clade
