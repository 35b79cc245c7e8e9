#include "clade/commands/model_commands.hpp"

#include "clade/inspect/inspect_values.hpp"
#include "clade/output/json_text.hpp"
#include "clade/output/output_file.hpp"
#include "clade/output/report_output.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"
#include "terminal/wrapping.hpp"

#include <clade/core/text.hpp>
#include <clade/evaluation/model/predictor.hpp>
#include <clade/experiment/run/run_folder.hpp>

#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <iterator>

namespace clade {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// What goes wrong here is the user's input.
template <class Use>
auto with_predictor(const std::string& model, const Vocabulary& vocabulary, const Use& use) {
    const fs::path file = model_file(model);
    std::string place = printable(file.string(), 200) + ": ";
    try {
        Model loaded = load_model(file, vocabulary.functions);
        std::optional<Predictor> predictor;
        try {
            predictor.emplace(std::move(loaded), vocabulary.functions);
        } catch (const Error& error) {
            throw InputError(place + error.what());
        }
        return use(*predictor);
    } catch (const Error& error) {
        throw InputError(error.what());
    }
}

/// The class that is predicted of a row, of one of the labels.
const std::string& class_said(const DataInterface& data, const Predictions& said, std::size_t row, std::size_t label) {
    return data.labels[label].classes[said.label[row * data.labels.size() + label]];
}

std::string predictions_csv(const DataInterface& data, const Predictions& said) {
    std::vector<std::string> cells{"row"};
    for (const LabelOutput& label : data.labels) cells.push_back(label.name);
    for (const std::string& output : said.outputs) {
        cells.push_back(data.is_classification() ? "probability " + output : output);
    }
    std::string text = inspect::csv_line(cells);
    for (std::size_t row = 0; row < said.rows.size(); ++row) {
        cells = {std::to_string(said.rows[row] + 1)};
        for (std::size_t label = 0; label < data.labels.size(); ++label) {
            cells.push_back(class_said(data, said, row, label));
        }
        for (std::size_t o = 0; o < said.outputs.size(); ++o) cells.push_back(inspect::csv_value(said.values(row, o)));
        text += inspect::csv_line(cells);
    }
    return text;
}

std::string predictions_json(const DataInterface& data, const Predictions& said, const Model& model) {
    Json json{{"task", model.origin.task}, {"genome", model.origin.genome}};
    json[data.is_classification() ? "classes" : "targets"] = said.outputs;
    json["predictions"] = Json::array();
    for (std::size_t row = 0; row < said.rows.size(); ++row) {
        Json one{{"row", said.rows[row] + 1}};
        if (data.labels.size() == 1) one["class"] = class_said(data, said, row, 0);
        for (std::size_t label = 0; data.labels.size() > 1 && label < data.labels.size(); ++label) {
            one["class"][data.labels[label].name] = class_said(data, said, row, label);
        }
        Json values = Json::array();
        for (std::size_t o = 0; o < said.outputs.size(); ++o) values.push_back(number_json(said.values(row, o)));
        one[data.is_classification() ? "probabilities" : "values"] = std::move(values);
        json["predictions"].push_back(std::move(one));
    }
    return json_text(json);
}

/// All of standard input, for the file -.
std::string read_input() {
    std::string bytes(std::istreambuf_iterator<char>(std::cin), {});
    if (std::cin.bad()) throw InputError("-: the standard input could not be read");
    return bytes;
}

/// The rows that are predicted and the model stay as they are.
void check_out(const PredictOptions& options) {
    if (options.out == "-") return;
    const auto is_out = [&](const fs::path& file) {
        std::error_code ignored;
        return fs::is_regular_file(file, ignored) && fs::equivalent(options.out, file, ignored);
    };
    if (is_out(options.file)) throw InputError(options.out + ": --out must be another file than the rows'");
    if (is_out(model_file(options.model)))
        throw InputError(options.out + ": --out must be another file than the model's");
}

}  // namespace

fs::path model_file(const std::string& name) {
    std::error_code ignored;
    fs::path path(name);
    if (fs::is_regular_file(path, ignored) && path.filename() != RunFolder{}.log()) return path;
    const RunFolder run = find_run(path);
    if (fs::exists(run.champion(), ignored)) return run.champion();
    throw InputError(run.path.string() +
                     ": has no champion.json yet: a run saves it at its end, and with each checkpoint");
}

int predict_command(const PredictOptions& options, const Vocabulary& vocabulary) {
    check_out(options);
    return with_predictor(options.model, vocabulary, [&](Predictor& predictor) {
        const Predictions said = options.file == "-" ? predictor.predict_text(read_input(), options.file)
                                                     : predictor.predict_file(options.file);
        const DataInterface& data = data_of(predictor.model());
        const std::string text = options.format == PredictionFormat::json
                                     ? predictions_json(data, said, predictor.model())
                                     : predictions_csv(data, said);
        write_or_print(options.out, text);
        return 0;
    });
}

int evaluate_command(const EvaluateOptions& options, const Vocabulary& vocabulary) {
    return with_predictor(options.model, vocabulary, [&](Predictor& predictor) {
        const TaskReport report = options.file == "-" ? predictor.evaluate_text(read_input(), options.file)
                                                      : predictor.evaluate_file(options.file);
        if (options.format == Format::json) {
            Json json{{"file", options.file}, {"genome", predictor.model().origin.genome}};
            add_report(json, report);
            std::cout << json_text(json);
        } else if (options.format == Format::csv) {
            std::cout << "measure,value\n";
            for (const Measure& measure : report.measures) {
                std::cout << inspect::csv_line({measure.name, inspect::csv_value(measure.value)});
            }
        } else {
            std::cout << report_text(report);
        }
        return 0;
    });
}

}  // namespace clade
