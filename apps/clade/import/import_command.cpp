#include "clade/import/import_command.hpp"

#include "clade/import/neat_python_config.hpp"
#include "clade/output/output_file.hpp"

#include <clade/core/text.hpp>
#include <clade/evaluation/data/input_file.hpp>
#include <clade/experiment/config/experiment_config.hpp>

#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <iterator>

namespace clade {
namespace {

std::string text_of(const std::string& path) {
    try {
        require_regular_file(path);
    } catch (const Error& error) {
        throw InputError(error.what());
    }
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file) throw InputError(printable(path, 200) + ": cannot be read");
    return text;
}

/// Where no task is named, any shows whether the other values are right.
void check_values(const ImportOptions& options, const std::string& yaml, const Vocabulary& vocabulary) {
    const std::string task = options.task.empty() ? "task: {name: xor}\n" : "";
    (void)load_config({.file = options.file + " as a configuration of Clade",
                       .registry = vocabulary.tasks,
                       .functions = vocabulary.functions,
                       .text = task + yaml});
}

}  // namespace

int import_neat_python_command(const ImportOptions& options, const Vocabulary& vocabulary) {
    const imported::ImportedConfig config = imported::import_neat_python(text_of(options.file), options.file);
    std::string yaml = fmt::format("# From {}, a configuration of neat-python.\n", printable(options.file, 200));
    if (!config.notes.empty()) yaml += "# Not mapped:\n";
    for (const std::string& note : config.notes) yaml += "#   " + note + '\n';
    yaml += options.task.empty() ? std::string("# task: {name: ...}  # what scored genomes in Python\n")
                                 : fmt::format("task: {{name: {}}}\n", options.task);
    yaml += config.yaml;
    check_values(options, yaml, vocabulary);
    if (options.out == "-") {
        std::cout << yaml;
        return 0;
    }
    write_output_file(options.out, yaml);
    for (const std::string& note : config.notes) std::cout << "not mapped: " << note << '\n';
    std::cout << options.out << '\n';
    return 0;
}

}  // namespace clade
