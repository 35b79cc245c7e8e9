// The file that a user names with --out.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace clade {

/// Writes a whole file, or leaves the old one as it was. A symbolic link is followed; what is no regular file, such as a
/// device or a pipe, is written to. Throws Error with the file and the reason.
void write_output_file(const std::filesystem::path& file, std::string_view content);

/// The same, and prints the file's name; for "-" prints the content instead.
void write_or_print(const std::string& file, std::string_view content);

}  // namespace clade
