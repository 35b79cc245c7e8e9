#include "clade/commands/check_task_command.hpp"

#include "clade/output/json_text.hpp"
#include "clade/output/reference_output.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"
#include "terminal/wrapping.hpp"

#include <clade/evaluation/conformance/task_check.hpp>
#include <clade/experiment/run/engine.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>

namespace clade {
namespace {

/// The task of a configuration, with its parameters.
std::unique_ptr<Task> configured_task(const CheckTaskOptions& options, const Vocabulary& vocabulary) {
    const ConfigSource source{options.config, {}, vocabulary.tasks, vocabulary.functions};
    ExperimentConfig config = load_config(source);
    if (!options.task.empty() && options.task != config.task.name) {
        throw InputError(options.config + ": has the task '" + config.task.name + "', not '" + options.task + "'");
    }
    resolve(config);
    try {
        return make_task(config, {std::filesystem::absolute(options.config).parent_path().string(), ""});
    } catch (const FieldError& error) {
        throw placed(error, source);
    }
}

/// The task with the defaults of its parameters.
std::unique_ptr<Task> default_task(const CheckTaskOptions& options, const Vocabulary& vocabulary) {
    if (options.task.empty()) throw InputError("--check needs a task's name, or --config CONFIG");
    try {
        return known_task(vocabulary.tasks, options.task).blueprint()->make({.seed = 1, .directory = ""});
    } catch (const InputError&) {
        throw;
    } catch (const Error& error) {
        throw InputError("task '" + options.task + "' cannot be made with its default parameters (" + error.what() +
                         "); check it as a configuration has it: --config CONFIG");
    }
}

void print_json(const std::string& name, const TaskCheck& check) {
    auto findings = nlohmann::ordered_json::array();
    for (const TaskFinding& finding : check.findings) {
        findings.push_back({{"rule", finding.rule}, {"seen", finding.seen}, {"advice", finding.advice}});
    }
    std::cout << json_text(
        {{"task", name}, {"sound", check.sound()}, {"checked", check.checked}, {"findings", findings}});
}

void print_csv(const TaskCheck& check) {
    std::cout << "rule,holds,seen,advice\n";
    for (const std::string& rule : check.checked) {
        const auto broken = std::find_if(check.findings.begin(), check.findings.end(),
                                         [&](const TaskFinding& finding) { return finding.rule == rule; });
        if (broken == check.findings.end()) {
            std::cout << csv_cell(rule) << ",1,,\n";
        } else {
            std::cout << csv_cell(rule) << ",0," << csv_cell(broken->seen) << ',' << csv_cell(broken->advice) << '\n';
        }
    }
}

void print_text(const std::string& name, const TaskCheck& check) {
    for (const TaskFinding& finding : check.findings) {
        std::cout << for_reading(name + ": " + text_of(finding), Output::out) << '\n';
    }
    if (!check.sound()) return;
    std::cout << fmt::format("{}: {}, passed {} checks\n", name, styled("sound", Style::green, Output::out),
                             check.checked.size());
    for (const std::string& rule : check.checked) std::cout << "  " << rule << '\n';
}

}  // namespace

int check_task_command(const CheckTaskOptions& options, const Vocabulary& vocabulary) {
    const auto task = options.config.empty() ? default_task(options, vocabulary) : configured_task(options, vocabulary);
    const TaskCheck check = check_task(*task);
    const std::string& name = task->traits().name;
    if (options.format == Format::json) {
        print_json(name, check);
    } else if (options.format == Format::csv) {
        print_csv(check);
    } else {
        print_text(name, check);
    }
    return check.sound() ? 0 : 1;
}

}  // namespace clade
