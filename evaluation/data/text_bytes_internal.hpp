// The text of a file, part by part: unpacked (gzip, zstd) and as UTF-8, without a byte order mark.
#pragma once

#include <clade/core/language_standard.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace clade {

/// Fills the span as far as there is text, and returns how far; 0 at the end.
using TextReader = std::function<std::size_t(std::span<char>)>;

/// The text of a file. Throws Error if it cannot be read; reading throws Error for a packed file that is damaged.
[[nodiscard]] TextReader text_of_file(const std::filesystem::path& file);

/// The text of bytes as they would be in a file of this name, which must outlive the reader.
[[nodiscard]] TextReader text_of_bytes(std::string_view bytes, const std::string& name);

}  // namespace clade
