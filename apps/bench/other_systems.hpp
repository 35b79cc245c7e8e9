// The same benchmark in the seed document's three systems and in vectorised NumPy.
//
// Their programs (apps/bench/systems) are part of this one; an interpreter that has what they need must be installed.
#pragma once

#include "bench/nodes.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace clade::bench {

/// The names that may be asked for.
[[nodiscard]] std::span<const std::string_view> other_systems();

struct OtherSystemResult {
    std::vector<NodesRow> rows;
    std::map<std::string, std::string> versions;  ///< e.g. of python and numpy
    std::string absent;                           ///< why there are no rows; empty if there are
};

/// Runs one of other_systems(). One that is not installed, or fails, is absent, with the reason.
[[nodiscard]] OtherSystemResult time_other_system(std::string_view name, const NodesOptions& options,
                                                  const NodesProgress& progress);

}  // namespace clade::bench
