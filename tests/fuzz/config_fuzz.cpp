#include "tests/fuzz/fuzz_targets.hpp"

#include <clade/evaluation/tasks/builtin_tasks.hpp>
#include <clade/experiment/config/experiment_config.hpp>

#include <string>

namespace clade::fuzz {
namespace {

ExperimentConfig load(std::string_view text) {
    static const TaskRegistry tasks = builtin_tasks();
    return load_config({"input.yaml", {}, tasks, {}, std::string(text)});
}

}  // namespace

bool config(std::string_view input) {
    ExperimentConfig config;
    try {
        config = load(input);
    } catch (const ConfigError&) {
        return false;
    }
    const std::string written = write_config(config);
    require(write_config(load(written)) == written, "a written configuration must read back as it was");
    return true;
}

}  // namespace clade::fuzz
