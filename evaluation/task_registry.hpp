// The tasks that a configuration may name, each with typed parameters of its own.
//
// Registration is explicit:
//
//   TaskRegistry registry = builtin_tasks();
//   registry.add<MyTask>("my_task", "One sentence.");
//   registry.add_function({.name = "negate", .input_count = 1, .output_count = 1}, "One sentence.", negate);
#pragma once

#include <clade/core/fields.hpp>
#include <clade/evaluation/task.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace clade {

/// A task's parameters while they are read: fields to visit, rules to check, and the task they make.
class TaskBlueprint {
public:
    virtual ~TaskBlueprint() = default;
    virtual void visit(FieldVisitor& field) = 0;
    virtual void check(IssueSink& issues) const = 0;

    /// Throws Error if the parameters name something unusable, e.g. a broken data file; FieldError, with keys as in
    /// visit(), where a parameter is to blame.
    [[nodiscard]] virtual std::unique_ptr<Task> make(const TaskContext& context) const = 0;
};

/// The value that a key of the configuration has on a task, where the user's configuration is silent.
struct TaskDefault {
    std::string key{};    ///< full path, e.g. "evolution.population_size"; those of the task's own begin with "task."
    std::string value{};  ///< in YAML, e.g. "50", "[a, b]", "null"

    /// Holds only where other keys have such values, written with their whole paths as FieldOptions::needs is; empty:
    /// always. It goes before one that always holds.
    std::string needs{};

    bool operator==(const TaskDefault&) const = default;
};

/// The tasks by name. A value: every program has its own.
class TaskRegistry {
public:
    struct Entry {
        std::string name{};     ///< snake_case
        std::string summary{};  ///< one sentence
        std::function<std::unique_ptr<TaskBlueprint>()> blueprint{};
        std::vector<TaskDefault> defaults{};  ///< instead of the general ones; see default_config()

        /// A parameter that stands for the task: a configuration's task block that has this key needs no name. Empty: none.
        std::string named_by{};
    };

    /// A task that this build lacks.
    struct Missing {
        std::string name{};
        std::string needs{};  ///< what it needs, and how to get it
    };

    /// Throws Error if the name is taken or not snake_case; FieldError for a parameter whose key is not snake_case, there
    /// twice or `name`, for a default out of its range, and for a key that has two defaults with equal needs.
    void add(Entry entry);

    /// Names a task that is not there because this build lacks what it needs. Throws Error if the name is taken.
    void add_missing(Missing missing);

    /// Registers a task type: `TaskType(Params, TaskContext)` with TaskType::Params a struct that has visit_fields(),
    /// and, if it wants, check_params(const Params&, IssueSink&). A static function defaults(), if it has one, returns its
    /// std::vector<TaskDefault>.
    template <class TaskType>
    void add(std::string name, std::string summary);

    /// Registers one stateless function as a task without parameters, a FunctionTask named as its traits say.
    void add_function(TaskTraits traits, std::string summary, FunctionTask::Function function,
                      std::vector<TaskDefault> defaults = {});

    /// Throws Error with a suggestion, or with what it needs, if there is no such task.
    [[nodiscard]] const Entry& at(std::string_view name) const;
    [[nodiscard]] const Entry* find(std::string_view name) const noexcept;
    [[nodiscard]] const std::vector<Entry>& entries() const noexcept { return entries_; }
    [[nodiscard]] const std::vector<Missing>& missing() const noexcept { return missing_; }

    /// Why a task that this build lacks is not there, as a sentence; nothing for any other name.
    [[nodiscard]] std::optional<std::string> why_missing(std::string_view name) const;

private:
    void check_new(const std::string& name) const;

    std::vector<Entry> entries_;
    std::vector<Missing> missing_;
};

namespace detail {

template <class TaskType>
concept HasParams = requires { typename TaskType::Params; };

/// Refuses what is no task type with a sentence; says whether it is one.
template <class TaskType>
constexpr bool check_task_type() {
    constexpr bool is_task = std::is_convertible_v<TaskType*, Task*>;
    static_assert(is_task, "a task type derives publicly from clade::Task");
    static_assert(HasParams<TaskType>,
                  "a task type has a public struct Params, empty if it has no parameters: struct Params {};");
    if constexpr (is_task && HasParams<TaskType>) {
        using Params = typename TaskType::Params;
        constexpr bool has_defaults = std::is_default_constructible_v<Params> && std::is_copy_constructible_v<Params>;
        constexpr bool is_made_of_them = std::is_constructible_v<TaskType, const Params&, const TaskContext&>;
        static_assert(has_defaults,
                      "Params has defaults and can be copied: give each member a default, `int teeth = 2;`");
        static_assert(HasFields<Params>,
                      "Params lists its fields: `void visit_fields(MyTask::Params&, clade::FieldVisitor&)` in the "
                      "namespace of the task, before add()");
        static_assert(is_made_of_them,
                      "a task type has a public constructor `MyTask(const Params&, const clade::TaskContext&)`, and "
                      "overrides every pure virtual function");
        return has_defaults && HasFields<Params> && is_made_of_them;
    }
    return false;
}

template <class TaskType>
class TypedBlueprint final : public TaskBlueprint {
public:
    void visit(FieldVisitor& field) override { visit_fields(params_, field); }
    void check(IssueSink& issues) const override {
        if constexpr (requires { check_params(params_, issues); }) check_params(params_, issues);
    }
    [[nodiscard]] std::unique_ptr<Task> make(const TaskContext& context) const override {
        ThrowingSink issues;
        RangeCheck ranges("", issues);
        typename TaskType::Params visited = params_;  // a visitor may write what it visits
        visit_fields(visited, ranges);
        check(issues);
        issues.finish();
        return std::make_unique<TaskType>(params_, context);
    }

private:
    typename TaskType::Params params_;
};

}  // namespace detail

template <class TaskType>
void TaskRegistry::add(std::string name, std::string summary) {
    if constexpr (detail::check_task_type<TaskType>()) {  // of another type its sentences are enough
        Entry entry{std::move(name), std::move(summary),
                    [] { return std::make_unique<detail::TypedBlueprint<TaskType>>(); }};
        if constexpr (requires { TaskType::defaults(); }) entry.defaults = TaskType::defaults();
        add(std::move(entry));
    }
}

}  // namespace clade
