// Which character separates the fields of a file, judged by its first lines.
#pragma once

#include <clade/evaluation/data/csv_format.hpp>

#include <string_view>

namespace clade {

/// The character; ' ' for blanks. `sample` is the beginning of the text.
[[nodiscard]] char separator_of(const CsvFormat& format, std::string_view sample);

}  // namespace clade
