#include "python/bindings/config_source.hpp"

#include <clade/evaluation/tasks/builtin_tasks.hpp>
#include <clade/experiment/process/process_task.hpp>

namespace clade::python {

std::shared_ptr<Vocabulary> make_vocabulary(const TaskSource* task, const std::shared_ptr<Interruption>& interruption) {
    auto vocabulary = std::make_shared<Vocabulary>(Vocabulary{.tasks = builtin_tasks()});
    add_process_task(vocabulary->tasks);
    if (task != nullptr) task->add_to(vocabulary->tasks, interruption);
    return vocabulary;
}

ConfigSource source_of(const ConfigRequest& request, const Vocabulary& vocabulary) {
    return {request.file, request.overrides, vocabulary.tasks, vocabulary.functions, request.text};
}

void with_places_of(const ConfigRequest& request, const std::function<void()>& load) {
    try {
        load();
    } catch (const ConfigError& error) {
        std::vector<ConfigIssue> issues = error.issues();
        for (ConfigIssue& issue : issues) {
            if (issue.file.starts_with(override_prefix)) issue.file = issue.file.substr(override_prefix.size());
            if (!request.text || issue.file != request.file) continue;
            issue.line = 0;
            issue.column = 0;
        }
        throw ConfigError(std::move(issues));
    }
}

}  // namespace clade::python
