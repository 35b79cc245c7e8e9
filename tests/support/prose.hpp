// The lines of a report that are no table's.
#pragma once

#include "tests/support/lines.hpp"

#include <algorithm>
#include <string>

namespace clade {

/// Bytes of the longest line without the two spaces that part the columns of a table.
inline std::size_t longest_prose_line(const std::string& text) {
    std::size_t longest = 0;
    for (const std::string& line : lines_of(text)) {
        if (line.find("  ") == std::string::npos) longest = std::max(longest, line.size());
    }
    return longest;
}

}  // namespace clade
