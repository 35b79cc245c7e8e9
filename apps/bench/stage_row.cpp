#include "bench/stage_row.hpp"

namespace clade::bench {

nlohmann::ordered_json as_json(const StageRow& row) {
    return {{"benchmark", row.benchmark},     {"stage", row.stage},        {"genomes", row.genomes},
            {"connections", row.connections}, {"rows", row.rows},          {"threads", row.threads},
            {"median_s", row.timing.median},  {"mean_s", row.timing.mean}, {"min_s", row.timing.min},
            {"per_second", row.per_second}};
}

}  // namespace clade::bench
