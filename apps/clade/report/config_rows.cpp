#include "clade/report/config_rows.hpp"

#include <clade/experiment/config/config_reference.hpp>

#include <map>
#include <string>

namespace clade::report {
namespace {

using Json = nlohmann::ordered_json;
using Defaults = std::map<std::string, std::string, std::less<>>;

/// The default of every key: the task's own count unless the configuration says otherwise.
Defaults defaults_of(const ExperimentConfig& config, const TaskRegistry& tasks) {
    Defaults defaults;
    for (const ReferenceRow& row :
         config_reference(default_config(tasks, config.task.name, config_reference(config)))) {
        defaults[row.key] = row.default_value;
    }
    defaults["name"] = config.task.name;
    if (config.defaults == DefaultsFrom::general) {
        for (const ReferenceRow& row : config_reference(default_config(tasks, ""))) {
            if (!row.key.starts_with("task.") && row.key != "name") defaults[row.key] = row.default_value;
        }
    }
    return defaults;
}

}  // namespace

Json config_json(const ExperimentConfig& config, const TaskRegistry& tasks) {
    const Defaults defaults = defaults_of(config, tasks);
    Json rows = Json::array();
    for (const ReferenceRow& row : config_reference(config)) {
        if (row.type == "block") continue;
        const auto found = defaults.find(row.key);
        const bool known = found != defaults.end();
        rows.push_back({{"key", row.key},
                        {"value", row.default_value},
                        {"default", known ? Json(found->second) : Json(nullptr)},
                        {"differs", known && found->second != row.default_value},
                        {"meaning", row.meaning}});
    }
    return rows;
}

}  // namespace clade::report
