// Report of the nodes benchmark: the seed document's table and figure, with Clade's columns.
#pragma once

#include "bench/nodes.hpp"
#include "bench/report.hpp"

#include <map>
#include <string>
#include <vector>

namespace clade::bench {

struct NodesResults {
    std::vector<NodesRow> rows;
    std::map<std::string, std::string> versions;  ///< of the other systems
    std::map<std::string, std::string> absent;    ///< system -> why
};

[[nodiscard]] Report nodes_report(const NodesResults& results, std::size_t width);

}  // namespace clade::bench
