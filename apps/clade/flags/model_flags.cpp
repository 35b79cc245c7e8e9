#include "clade/flags/model_flags.hpp"

#include "clade/commands/model_commands.hpp"
#include "clade/export/export_command.hpp"
#include "clade/flags/argument_types.hpp"
#include "clade/flags/common_flags.hpp"

#include <CLI/CLI.hpp>

#include <limits>
#include <memory>

namespace clade {
namespace {

void add_model(CLI::App& command, std::string& model) {
    command.add_option("model", model, "A run's folder, a folder of runs (then its newest run), or a champion.json.")
        ->required()
        ->type_name(argument_types::model);
}

void add_rows(CLI::App& command, std::string& file) {
    command
        .add_option("file", file,
                    "CSV file with the columns of the training data, found by name; others are ignored. - for stdin.")
        ->required()
        ->type_name(argument_types::file);
}

}  // namespace

void add_predict_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<PredictOptions>();
    CLI::App* command = app.add_subcommand("predict", "Predict the rows of a CSV file with a run's champion.");
    command->footer(
        "Examples:\n"
        "  clade predict RUN new.csv                      print a line of CSV for each row\n"
        "  clade predict RUN new.csv -o predictions.csv   write them to a file\n"
        "  clade predict champion.json - < new.csv        read the rows from a pipe or another program\n"
        "  clade predict champion.json new.csv --format json\n"
        "\n"
        "Each line has the row's number, then of a classification the class and the probability of each class, of a "
        "regression the number for each target, in its unit. With --format json: task, genome, classes or targets, "
        "predictions (row, class and probabilities, or values).");
    add_model(*command, options->model);
    add_rows(*command, options->file);
    command->add_option("-o,--out", options->out, "File to write; - for stdout. An existing file is replaced.")
        ->type_name(argument_types::file)
        ->capture_default_str();
    add_choice(*command, "--format", options->format, "Format of the predictions. Default: csv.");
    command->callback([options, &context] {
        context.action = [options, &context] { return predict_command(*options, context.vocabulary); };
    });
}

void add_evaluate_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<EvaluateOptions>();
    CLI::App* command =
        app.add_subcommand("evaluate", "Score a run's champion on a CSV file that has the true classes or targets.");
    command->footer(
        "Examples:\n"
        "  clade evaluate RUN test.csv                 scores, and the confusion matrix of a classification\n"
        "  clade evaluate RUN test.csv --format json   measures and table, as clade run prints them");
    add_model(*command, options->model);
    add_rows(*command, options->file);
    add_format(*command, options->format);
    command->callback([options, &context] {
        context.action = [options, &context] { return evaluate_command(*options, context.vocabulary); };
    });
}

void add_export_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<ExportOptions>();
    CLI::App* command = app.add_subcommand("export", "Write a run's champion for other programs and languages.");
    command->footer(
        "Examples:\n"
        "  clade export RUN --format c -o champion.h         a header for C99 and C++, without any library\n"
        "  clade export RUN --format onnx -o champion.onnx\n"
        "  clade export RUN --format dot -o champion.dot     a graph for Graphviz\n"
        "  clade export RUN --genome 1834                    another genome of the run, as a champion.json\n"
        "\nCode has what lies before and behind the network too, and gives the bits of the engine; onnx gives nearly "
        "the "
        "same numbers.");
    add_model(*command, options->model);
    add_choice(
        *command, "--format", options->format,
        "What to write: code (c and cpp: a header; python needs NumPy; rust, javascript), onnx, the genes as a graph "
        "(dot, graphml), or the model (json). Default: json.");
    command->add_option("-o,--out", options->out, "File to write; - for stdout. An existing file is replaced.")
        ->type_name(argument_types::file)
        ->capture_default_str();
    add_number(*command, "--genome", {0, std::numeric_limits<std::uint64_t>::max(), "ID"}, options->genome,
               "Genome of the run, by its id. Default: the champion.");
    command->add_option("--name", options->name, "Name of the model in what is written. Default: the run's name.")
        ->type_name("NAME");
    command->callback([options, &context] {
        context.action = [options, &context] { return export_command(*options, context.vocabulary); };
    });
}

}  // namespace clade
