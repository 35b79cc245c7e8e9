// Files of sections with keys, as Python's configparser reads them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace clade::imported {

struct IniEntry {
    std::string section{};
    std::string key{};  ///< in lower case
    std::string value{};
    int line = 0;
};

/// The entries in their order. Comments are whole lines that begin with # or ;. Lines that are indented deeper continue a
/// value. Throws InputError with every problem: lines that are neither, keys and sections that are given twice, and %, which
/// stands for other values there and must be written %%.
[[nodiscard]] std::vector<IniEntry> read_ini(std::string_view text, const std::string& file);

}  // namespace clade::imported
