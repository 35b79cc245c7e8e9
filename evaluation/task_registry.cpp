#include <clade/evaluation/task_registry.hpp>

#include <clade/core/text.hpp>

#include <algorithm>
#include <set>

namespace clade {
namespace {

/// Reports keys that no configuration could name.
class KeyCheck final : public FieldVisitor {
public:
    explicit KeyCheck(IssueSink& issues) : issues_(issues), path_(1) {}

protected:
    void visit(const FieldInfo& info, bool& /*value*/) override { see(info.name); }
    void visit(const FieldInfo& info, int& /*value*/) override { see(info.name); }
    void visit(const FieldInfo& info, std::uint64_t& /*value*/) override { see(info.name); }
    void visit(const FieldInfo& info, double& /*value*/) override { see(info.name); }
    void visit(const FieldInfo& info, std::string& /*value*/) override { see(info.name); }
    void visit(const FieldInfo& info, std::optional<std::uint64_t>& /*value*/) override { see(info.name); }
    void visit(const FieldInfo& info, std::optional<double>& /*value*/) override { see(info.name); }
    void visit(const FieldInfo& info, std::vector<double>& /*value*/) override { see(info.name); }
    void visit(const FieldInfo& info, std::vector<std::string>& /*value*/) override { see(info.name); }
    void visit_choice(const FieldInfo& info, int& /*choice*/) override { see(info.name); }
    void enter(std::string_view name, std::string_view /*meaning*/) override { path_.push_back(see(name) + "."); }
    void leave() override { path_.pop_back(); }

private:
    /// The key's path.
    std::string see(std::string_view name) {
        std::string key = path_.back() + std::string(name);
        if (!is_snake_case(name)) issues_.add(key, "a key must be lower-case letters, digits and _, a letter first");
        if (key == "name") issues_.add(key, "is the key of the task's own name");
        if (!seen_.insert(key).second) issues_.add(key, "is visited twice");
        return key;
    }

    IssueSink& issues_;
    std::vector<std::string> path_;  // of the open blocks, each with its dot
    std::set<std::string> seen_;
};

/// Throws Error if a configuration could not name the parameters, or not say their defaults.
void check_parameters(const TaskRegistry::Entry& entry) {
    const auto blueprint = entry.blueprint();
    if (!blueprint) throw Error("the blueprint of task '" + entry.name + "' returned null");
    ThrowingSink issues;
    KeyCheck keys(issues);
    RangeCheck defaults("", issues);
    blueprint->visit(keys);
    blueprint->visit(defaults);
    try {
        issues.finish();
    } catch (const FieldError& error) {
        throw error.within("parameters of task '" + entry.name + "'");
    }
}

/// Throws FieldError for what no configuration could say. Whether keys exist and take the values is for default_config().
void check_defaults(const TaskRegistry::Entry& entry) {
    ThrowingSink issues;
    std::set<std::pair<std::string_view, std::string_view>> keys;
    for (const TaskDefault& one : entry.defaults) {
        if (one.key == "task" || one.key == "task.name")
            issues.add(one.key, "cannot have a default: it names the task");
        if (!keys.emplace(one.key, one.needs).second) issues.add(one.key, "has two defaults");
    }
    try {
        issues.finish();
    } catch (const FieldError& error) {
        throw error.within("defaults of task '" + entry.name + "'");
    }
}

/// A task that has no parameters.
class FunctionBlueprint final : public TaskBlueprint {
public:
    FunctionBlueprint(TaskTraits traits, FunctionTask::Function function)
        : traits_(std::move(traits)), function_(std::move(function)) {}

    void visit(FieldVisitor& /*field*/) override {}
    void check(IssueSink& /*issues*/) const override {}
    [[nodiscard]] std::unique_ptr<Task> make(const TaskContext& /*context*/) const override {
        return std::make_unique<FunctionTask>(traits_, function_);
    }

private:
    TaskTraits traits_;
    FunctionTask::Function function_;
};

}  // namespace

void TaskRegistry::add(Entry entry) {
    check_new(entry.name);
    if (!entry.blueprint) throw Error("task '" + entry.name + "' has no blueprint");
    check_parameters(entry);
    check_defaults(entry);
    entries_.push_back(std::move(entry));
}

void TaskRegistry::check_new(const std::string& name) const {
    check_name("a task", name);
    if (find(name) != nullptr || why_missing(name)) throw Error("task '" + name + "' is registered twice");
}

void TaskRegistry::add_missing(Missing missing) {
    check_new(missing.name);
    missing_.push_back(std::move(missing));
}

void TaskRegistry::add_function(TaskTraits traits, std::string summary, FunctionTask::Function function,
                                std::vector<TaskDefault> defaults) {
    check_new(traits.name);
    (void)FunctionTask(traits, function);  // says now what is wrong with it
    std::string name = traits.name;
    add(Entry{std::move(name), std::move(summary),
              [traits = std::move(traits), function = std::move(function)] {
                  return std::make_unique<FunctionBlueprint>(traits, function);
              },
              std::move(defaults)});
}

std::optional<std::string> TaskRegistry::why_missing(std::string_view name) const {
    for (const Missing& missing : missing_) {
        if (missing.name == name) return "task '" + missing.name + "' needs " + missing.needs;
    }
    return std::nullopt;
}

const TaskRegistry::Entry* TaskRegistry::find(std::string_view name) const noexcept {
    const auto at =
        std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.name == name; });
    return at == entries_.end() ? nullptr : &*at;
}

const TaskRegistry::Entry& TaskRegistry::at(std::string_view name) const {
    if (const Entry* entry = find(name)) return *entry;
    if (const auto reason = why_missing(name)) throw Error(*reason);
    std::vector<std::string_view> names;
    for (const Entry& entry : entries_) names.push_back(entry.name);
    throw Error(unknown_name("task", name, names));
}

}  // namespace clade
