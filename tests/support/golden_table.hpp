// A recorded table as text: a comment that says how it was made, a line of column names, a line a generation, a digest.
//
//   # configs/xor.yaml seed=1 stop.generations=20
//   generation,best,mean,...
//   0,6.1,4.3,...
//   # digest 0123456789abcdef
#pragma once

#include "tests/support/lines.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace clade {

inline std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells(1);
    for (const char c : line) {
        if (c == ',') {
            cells.emplace_back();
        } else {
            cells.back() += c;
        }
    }
    return cells;
}

/// Where two lines of such tables differ, whose columns have these names.
inline std::string difference_of_lines(const std::string& recorded, const std::string& now,
                                       const std::vector<std::string>& names) {
    const std::vector<std::string> before = cells_of(recorded);
    const std::vector<std::string> after = cells_of(now);
    if (before.size() != names.size() || after.size() != names.size()) {
        return "recorded '" + recorded + "', now '" + now + "'";
    }
    const auto [cell, other] = std::mismatch(before.begin(), before.end(), after.begin());
    const auto column = static_cast<std::size_t>(cell - before.begin());
    return "generation " + before[0] + ", column " + names[column] + ": recorded " + *cell + ", now " + *other;
}

/// The first difference of two such tables: "generation 3, column species: recorded 5, now 6". Empty if they are equal.
inline std::string first_difference(const std::string& recorded, const std::string& now) {
    const std::vector<std::string> before = lines_of(recorded);
    const std::vector<std::string> after = lines_of(now);
    const std::vector<std::string> names = before.size() < 2 ? std::vector<std::string>{} : cells_of(before[1]);
    for (std::size_t line = 0; line < std::min(before.size(), after.size()); ++line) {
        if (before[line] != after[line]) return difference_of_lines(before[line], after[line], names);
    }
    if (before.size() == after.size()) return "";
    return "recorded " + std::to_string(before.size()) + " lines, now " + std::to_string(after.size());
}

}  // namespace clade
