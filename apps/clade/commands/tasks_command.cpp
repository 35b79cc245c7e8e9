#include "clade/commands/tasks_command.hpp"

#include "clade/output/json_text.hpp"
#include "clade/output/reference_output.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"
#include "terminal/wrapping.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <utility>

namespace clade {
namespace {

using Json = nlohmann::ordered_json;

/// A task with its default parameters; null if these do not suffice, e.g. because it needs a data file.
std::unique_ptr<Task> default_task(const TaskBlueprint& blueprint) {
    try {
        return blueprint.make({});
    } catch (const Error&) {
        return nullptr;
    }
}

/// Whether the task says itself that a network solves it: asked with one that has no connections.
bool judges_itself(const Task& task) {
    const auto outputs = static_cast<std::uint32_t>(task.traits().output_count);
    SavedGenome saved{GenomeStore({static_cast<std::uint32_t>(task.traits().input_count), outputs})};
    const GenomeSize size{outputs, 0};
    saved.store.place({&size, 1});
    for (std::uint32_t i = 0; i < outputs; ++i) {
        set_node(saved.store.rows(0), i, {.node_id = NodeId{saved.store.shape().first_output() + i}});
    }
    Network network = make_network(saved);
    return task.solves(network, 0.0, {}).has_value();
}

std::vector<ReferenceRow> parameter_rows(TaskBlueprint& blueprint, std::string path) {
    return config_reference_with([&](FieldVisitor& field) { blueprint.visit(field); }, std::move(path));
}

void print_list(const TaskRegistry& registry, Format format, const std::string& program) {
    if (format == Format::json) {
        Json json = Json::array();
        for (const auto& entry : registry.entries()) json.push_back({{"name", entry.name}, {"summary", entry.summary}});
        std::cout << json_text(json);
        return;
    }
    if (format == Format::csv) {
        std::cout << "name,summary\n";
        for (const auto& entry : registry.entries()) {
            std::cout << csv_cell(entry.name) << ',' << csv_cell(entry.summary) << '\n';
        }
        return;
    }
    TextTable table;
    table.column("task", TextTable::Align::left);
    table.column("summary", TextTable::Align::left, true);
    for (const auto& entry : registry.entries()) table.row({entry.name, entry.summary});
    for (const auto& missing : registry.missing())
        table.row({missing.name, "Not in this build; needs " + missing.needs});
    std::cout << table.text(terminal_width(Output::out))
              << for_reading(fmt::format("\nTo see one task and its parameters: {} tasks TASK\n", quoted(program)),
                             Output::out);
}

/// "[-2.4, 2.4]", or nothing where a number is not bounded.
std::string range_text(const Signal& signal) {
    if (!std::isfinite(signal.low) || !std::isfinite(signal.high)) return "";
    return fmt::format("[{:.4g}, {:.4g}]", signal.low, signal.high);
}

/// What the numbers of a network mean, a row each; nothing where a task does not say.
std::string signals_table(const std::string& what, const std::vector<Signal>& signals) {
    if (signals.empty()) return "";
    const bool scaled = std::any_of(signals.begin(), signals.end(), [](const Signal& s) { return s.scale != 1.0; });
    TextTable table;
    table.column(what, TextTable::Align::left, true);
    table.column("unit", TextTable::Align::left, true, 2);
    table.column("range", TextTable::Align::left, false, 3);
    if (scaled) table.column("scaled by", TextTable::Align::right, false, 1);
    for (const Signal& signal : signals) {
        std::vector<std::string> cells{signal.name, signal.unit, range_text(signal)};
        if (scaled) cells.push_back(fmt::format("{:.4g}", signal.scale));
        table.row(std::move(cells));
    }
    return "\n" + table.text(terminal_width(Output::out));
}

Json signals_json(const std::vector<Signal>& signals) {
    Json json = Json::array();
    for (const Signal& signal : signals) {
        json.push_back({{"name", signal.name},
                        {"unit", signal.unit},
                        {"low", number_json(signal.low)},
                        {"high", number_json(signal.high)},
                        {"scale", signal.scale}});
    }
    return json;
}

Json page_json(const TaskPage& page) {
    return {{"inputs", signals_json(page.inputs)},
            {"outputs", signals_json(page.outputs)},
            {"reward", page.reward},
            {"termination", page.termination},
            {"solved", page.solved},
            {"source", page.source}};
}

Json defaults_json(const std::vector<TaskDefault>& defaults) {
    Json json = Json::object();
    for (const TaskDefault& one : defaults) {
        if (one.needs.empty()) json[one.key] = one.value;
    }
    return json;
}

/// Those that hold with other keys alone.
Json conditional_defaults_json(const std::vector<TaskDefault>& defaults) {
    Json json = Json::array();
    for (const TaskDefault& one : defaults) {
        if (!one.needs.empty()) json.push_back({{"key", one.key}, {"value", one.value}, {"needs", one.needs}});
    }
    return json;
}

void print_json(const TaskRegistry::Entry& entry, TaskBlueprint& blueprint) {
    Json json{{"name", entry.name}, {"summary", entry.summary}};
    const auto task = default_task(blueprint);
    json["inputs"] = task ? Json(task->traits().input_count) : Json(nullptr);
    json["outputs"] = task ? Json(task->traits().output_count) : Json(nullptr);
    json["direction"] = task ? Json(name_of(task->traits().direction)) : Json(nullptr);
    const std::optional<double> solved_fitness = task ? task->traits().solved_fitness : std::nullopt;
    json["solved_fitness"] = solved_fitness ? Json(*solved_fitness) : Json(nullptr);
    json["judges_solved"] = task ? Json(judges_itself(*task)) : Json(nullptr);
    json["deterministic"] = task ? Json(task->traits().deterministic) : Json(nullptr);
    json["page"] = task ? page_json(task->page()) : Json(nullptr);
    json["parameters"] = reference_json(parameter_rows(blueprint, "task"));
    json["defaults"] = defaults_json(entry.defaults);
    json["conditional_defaults"] = conditional_defaults_json(entry.defaults);
    std::cout << json_text(json);
}

/// When a run on the task is solved, in words.
std::string solved_text(const Task& task) {
    if (judges_itself(task)) return "judged by the task itself";
    if (const auto fitness = task.traits().solved_fitness) return "at fitness " + short_fitness(*fitness);
    return "never, unless stop.solved_fitness is set";
}

/// What every task has, then what the page says of rewards and ends; a page's own words of what solves come first.
std::vector<Fact> task_facts(const Task& task, const TaskPage& page) {
    const TaskTraits& traits = task.traits();
    std::vector<Fact> facts{{"inputs", std::to_string(traits.input_count)},
                            {"outputs", std::to_string(traits.output_count)},
                            {"direction", fmt::format("{} the fitness", name_of(traits.direction))},
                            {"solved", page.solved.empty() ? solved_text(task) : page.solved}};
    if (!page.reward.empty()) facts.push_back({"reward", page.reward});
    if (!page.termination.empty()) facts.push_back({"episode ends", page.termination});
    if (!page.source.empty()) facts.push_back({"source", page.source});
    return facts;
}

/// What else a configuration of the task has where it does not say otherwise.
std::string defaults_text(const TaskRegistry::Entry& entry) {
    if (entry.defaults.empty()) return "";
    std::string text =
        "\n" + for_reading("Defaults of this task for keys that the configuration does not set:\n", Output::out);
    std::string needs;
    for (const TaskDefault& one : entry.defaults) {
        if (one.needs != needs) text += fmt::format("  where {}:\n", one.needs);
        needs = one.needs;
        text += fmt::format("{}{}: {}\n", needs.empty() ? "  " : "    ", one.key, one.value);
    }
    return text;
}

void print_page(const TaskRegistry::Entry& entry, TaskBlueprint& blueprint) {
    std::cout << for_reading(styled(entry.name, Style::bold, Output::out) + ": " + entry.summary, Output::out)
              << "\n\n";
    const std::vector<ReferenceRow> rows = parameter_rows(blueprint, "");
    if (const auto task = default_task(blueprint)) {
        const TaskPage page = task->page();
        std::cout << facts_text(task_facts(*task, page), terminal_width(Output::out))
                  << signals_table("input", page.inputs) << signals_table("output", page.outputs);
    } else {
        std::cout << for_reading("Inputs, outputs and what counts as solved depend on the parameters.\n", Output::out);
    }
    if (rows.empty()) {
        std::cout << "\nIt has no parameters.\n";
    } else {
        std::cout << '\n' << reference_table(rows, terminal_width(Output::out));
    }
    std::cout << defaults_text(entry) << fmt::format("\nIn a configuration:\n  task: {{name: {}}}\n", entry.name);
}

}  // namespace

int tasks_command(const TasksOptions& options, const Vocabulary& vocabulary) {
    if (options.task.empty()) {
        print_list(vocabulary.tasks, options.format, options.program);
        return 0;
    }
    const TaskRegistry::Entry& entry = known_task(vocabulary.tasks, options.task);
    const auto blueprint = default_config(vocabulary.tasks, entry.name).task.blueprint;
    if (options.format == Format::json) {
        print_json(entry, *blueprint);
    } else if (options.format == Format::csv) {
        std::cout << reference_csv(parameter_rows(*blueprint, "task"));
    } else {
        print_page(entry, *blueprint);
    }
    return 0;
}

}  // namespace clade
