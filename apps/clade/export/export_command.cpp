#include "clade/export/export_command.hpp"

#include "clade/commands/model_commands.hpp"
#include "clade/export/c_code.hpp"
#include "clade/export/exported_model.hpp"
#include "clade/export/graph_writers.hpp"
#include "clade/export/javascript_code.hpp"
#include "clade/export/onnx_model.hpp"
#include "clade/export/python_code.hpp"
#include "clade/export/rust_code.hpp"
#include "clade/inspect/inspect_subject.hpp"
#include "clade/output/output_file.hpp"

#include <clade/core/text.hpp>

#include <fmt/format.h>

#include <filesystem>

namespace clade {
namespace {

namespace fs = std::filesystem;
using exported::ExportedModel;

/// How a format is written: the one list of them, in the order of ExportFormat.
struct Writer {
    std::string (*write)(const ExportedModel&) = nullptr;
    bool is_code = false;  // of the network's functions, which must be known to other languages
    bool is_text = true;   // which can be printed
};
constexpr std::array<Writer, EnumNames<ExportFormat>::names.size()> writers{{
    {exported::write_c, true},
    {exported::write_c, true},  // it is C++ as well
    {exported::write_python, true},
    {exported::write_rust, true},
    {exported::write_javascript, true},
    {exported::write_onnx, true, false},
    {exported::write_dot, false},
    {exported::write_graphml, false},
    {[](const ExportedModel& one) { return model_to_json(one.model, one.functions) + '\n'; }, false},
}};

/// Puts another genome of the run in the place of the champion.
void choose_genome(Model& model, const fs::path& folder, GenomeId id, const Vocabulary& vocabulary) {
    const OpenedRun run = open_run(find_run(folder), vocabulary);
    const inspect::Subject subject = inspect::subject_of(run, vocabulary);
    const GenomeRow row = inspect::known_genome(subject, id);
    model.genome.store = inspect::genes_of(subject, id);
    model.origin.generation = row.generation;
    model.origin.genome = raw(id);
    model.origin.fitness = row.fitness;
}

ExportedModel model_to_export(const ExportOptions& options, const Vocabulary& vocabulary) {
    std::error_code ignored;
    if (options.genome && !fs::is_directory(options.model, ignored)) {
        throw InputError(printable(options.model, 200) + ": --genome needs a run's folder; a file has one genome");
    }
    ExportedModel one{.functions = vocabulary.functions};
    try {
        one.model = load_model(model_file(options.model), vocabulary.functions);
    } catch (const Error& error) {
        throw InputError(error.what());
    }
    if (options.genome) choose_genome(one.model, options.model, GenomeId{*options.genome}, vocabulary);
    one.name = options.name.empty() ? exported::usual_name(one.model.origin) : options.name;
    return one;
}

std::string written(const Writer& writer, const ExportedModel& one, const std::string& place) {
    try {
        if (writer.is_code) require_expressible(one);
        return writer.write(one);
    } catch (const Error& error) {
        throw InputError(printable(place, 200) + ": " + error.what());
    }
}

}  // namespace

int export_command(const ExportOptions& options, const Vocabulary& vocabulary) {
    if (!options.name.empty()) {
        const std::string problem = exported::name_problem(options.name);
        if (!problem.empty()) throw InputError("--name " + problem);
    }
    const Writer& writer = writers[static_cast<std::size_t>(options.format)];
    if (options.out == "-" && !writer.is_text) {
        throw InputError(
            fmt::format("--format {} is no text to print: name a file with --out", name_of(options.format)));
    }
    write_or_print(options.out, written(writer, model_to_export(options, vocabulary), options.model));
    return 0;
}

}  // namespace clade
