#include <clade/experiment/process/process_task.hpp>

#include <clade/core/error.hpp>
#include <clade/experiment/process/networks_task_internal.hpp>
#include <clade/experiment/process/process_environment_internal.hpp>

namespace clade {
namespace {

constexpr const char* process_name = "process";

class ProcessBlueprint final : public TaskBlueprint {
public:
    void visit(FieldVisitor& field) override { visit_fields(params_, field); }
    void check(IssueSink& issues) const override { check_params(params_, issues); }
    [[nodiscard]] std::unique_ptr<Task> make(const TaskContext& context) const override {
        return make_process_task(params_, context);
    }

private:
    ProcessParams params_;
};

std::shared_ptr<WorkerPool> start_workers(const ProcessParams& params, const TaskContext& context) {
    try {
        return std::make_shared<WorkerPool>(WorkerSetup{params, context.directory, context.on_output});
    } catch (const Error& error) {
        throw FieldError("command", error.what());
    }
}

std::string command_text(const ProcessParams& params) {
    std::string text;
    for (const std::string& word : params.command) text += (text.empty() ? "" : " ") + word;
    return text;
}

}  // namespace

void add_process_task(TaskRegistry& registry) {
    registry.add({.name = process_name,
                  .summary = "A program of your own, in any language, that scores networks or is their world.",
                  .blueprint = [] { return std::make_unique<ProcessBlueprint>(); },
                  .named_by = "command"});
}

std::unique_ptr<Task> make_process_task(const ProcessParams& params, const TaskContext& context) {
    ThrowingSink issues;
    RangeCheck ranges("", issues);
    ProcessParams visited = params;
    visit_fields(visited, ranges);
    check_params(params, issues);
    issues.finish();
    const auto pool = start_workers(params, context);
    const std::string source = "Worker '" + pool->hello().name + "': " + command_text(params);
    if (pool->hello().style == WorkerStyle::networks) {
        return std::make_unique<NetworksTask>(process_name, source, params.episodes.seeds, pool);
    }
    return std::make_unique<ControlTask>(
        [pool, source] { return std::make_unique<ProcessEnvironment>(process_name, source, pool); }, params.episodes);
}

}  // namespace clade
