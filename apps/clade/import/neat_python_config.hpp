// Configurations of neat-python (2.0 and 2.1) as those of Clade.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace clade::imported {

struct ImportedConfig {
    std::string yaml{};                ///< without a task, which neat-python does not have
    std::vector<std::string> notes{};  ///< what was not mapped, and why: a line each, "[section] key = value: reason"
};

/// Every key is mapped or in the notes. Keys that are left out are as neat-python has them, with its way of speciation and
/// breeding where Clade has it. Throws InputError with every problem: what read_ini() refuses, keys that must be there, values
/// that neat-python does not take.
[[nodiscard]] ImportedConfig import_neat_python(std::string_view text, const std::string& file);

}  // namespace clade::imported
