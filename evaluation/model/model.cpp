#include <clade/evaluation/model/model.hpp>

#include <clade/core/json_depth_internal.hpp>
#include <clade/core/text.hpp>
#include <clade/evaluation/data/column_options.hpp>
#include <clade/evaluation/data/input_file.hpp>
#include <clade/evaluation/model/field_json_internal.hpp>

#include <cmath>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

namespace clade {
namespace {

constexpr int model_version = 1;
constexpr std::string_view version_key = "clade_model";

FieldJson data_to_json(const DataInterface& data) {
    FieldJson json = fields_to_json(data);
    json["labels"] = list_to_json(data.labels);
    json["targets"] = list_to_json(data.targets);
    json["format"] = fields_to_json(data.format);
    json["columns"] = list_to_json(data.columns);
    return json;
}

DataInterface data_from_json(const FieldJson& json) {
    DataInterface data;
    JsonFieldReader reader(json, "data");
    visit_fields(data, reader);
    data.labels = list_from_json<LabelOutput>(reader.other("labels"), "data.labels");
    data.targets = list_from_json<TargetOutput>(reader.other("targets"), "data.targets");
    data.format = fields_from_json<CsvFormat>(reader.other("format"), "data.format");
    data.columns = list_from_json<ColumnEncoding>(reader.other("columns"), "data.columns");
    reader.finish();
    return data;
}

/// What a control task's actions are in a file, but for the controls.
struct ControlFields {
    ActionMapping mapping = ActionMapping::argmax;
    std::vector<std::string> choices{};
};

void visit_fields(ControlFields& control, FieldVisitor& field) {
    field("mapping", control.mapping, "How outputs become an action.");
    field("choices", control.choices, "Discrete actions; empty for continuous ones.");
}

FieldJson control_to_json(const ControlInterface& control) {
    FieldJson json = fields_to_json(ControlFields{control.mapping, control.actions.choices});
    json["controls"] = list_to_json(control.actions.controls);
    return json;
}

ControlInterface control_from_json(const FieldJson& json) {
    ControlFields control;
    JsonFieldReader reader(json, "control");
    visit_fields(control, reader);
    auto controls = list_from_json<Signal>(reader.other("controls"), "control.controls");
    reader.finish();
    return {control.mapping, {std::move(control.choices), std::move(controls)}};
}

/// Fields of the whole file.
struct ModelFields {
    int version = model_version;
    bool is_direct = true;
};

void visit_fields(ModelFields& model, FieldVisitor& field) {
    field("clade_model", model.version, between(1, model_version), "Version of the format.");
    field("direct", model.is_direct, "Whether the genome itself is the network.");
}

Model read_model(const FieldJson& json, std::string_view text, const FunctionSet& functions) {
    if (!json.is_object() || !json.contains(version_key)) return {.genome = genome_from_json(text, functions)};
    Model model;
    ModelFields fields;
    JsonFieldReader reader(json, "");
    visit_fields(fields, reader);
    model.is_direct = fields.is_direct;
    model.origin = fields_from_json<ModelOrigin>(reader.other("origin"), "origin");
    model.interface.inputs = list_from_json<Signal>(reader.other("inputs"), "inputs");
    model.interface.outputs = list_from_json<Signal>(reader.other("outputs"), "outputs");
    if (const FieldJson& data = reader.other("data"); !data.is_null()) model.interface.data = data_from_json(data);
    if (const FieldJson& control = reader.other("control"); !control.is_null()) {
        model.interface.control = control_from_json(control);
    }
    model.genome = genome_from_json(reader.other("genome").dump(), functions);
    reader.finish();
    return model;
}

/// Rules of a model, each with the values that break it.
class ModelCheck {
public:
    explicit ModelCheck(const Model& model)
        : model_(model),
          inputs_(model.genome.store.shape().input_count),
          outputs_(model.genome.store.shape().output_count) {}

    void run() const {
        const ModelInterface& interface = model_.interface;
        if (!interface.inputs.empty()) require_count("inputs", inputs_, interface.inputs.size());
        if (!interface.outputs.empty()) require_count("outputs", outputs_, interface.outputs.size());
        if (interface.data && interface.control) throw Error("data and control must not both be there");
        if (interface.data) check_data(*interface.data);
        if (interface.control) check_control(*interface.control);
    }

private:
    /// A decoder of one's own may make a network of other inputs and outputs than the genome's.
    void require_count(const char* what, std::size_t of_genome, std::size_t described) const {
        if (!model_.is_direct || of_genome == described) return;
        throw Error(std::string(what) + " must be as many as those of the genome, " + std::to_string(of_genome) +
                    ", got " + std::to_string(described));
    }

    void check_data(const DataInterface& data) const {
        if (data.labels.empty() == data.targets.empty()) throw Error("data must have either labels or targets");
        const std::size_t classes = class_count(data);
        std::size_t inputs = 0;
        bool any_of_file = false;
        for (const ColumnEncoding& column : data.columns) {
            check_encoding(column);
            inputs += column.mean.size();
            any_of_file = any_of_file || !column.derived;
        }
        if (!any_of_file) throw Error("data.columns must have a column that is not derived");
        require_count("inputs of data.columns", inputs_, inputs);
        require_count("classes or targets of data", outputs_, classes + data.targets.size());
        check_reading(data);
    }

    /// Of all labels, each of which must be sound.
    static std::size_t class_count(const DataInterface& data) {
        std::set<std::string> names;
        std::size_t count = 0;
        for (const LabelOutput& label : data.labels) {
            const std::set<std::string> classes(label.classes.begin(), label.classes.end());
            if (label.classes.empty()) throw Error("data.labels must have classes");
            if (classes.size() != label.classes.size()) throw Error("data.labels must have each class once");
            if (label.name.empty()) throw Error("data.labels must name columns");
            if (!names.insert(label.name).second) throw Error("data.labels must have each column once");
            count += label.classes.size();
        }
        return count;
    }

    static void check_reading(const DataInterface& data) {
        ThrowingSink issues;
        ColumnOptions options{.lags = data.lags,
                              .rolling = data.rolling,
                              .horizon = data.horizon,
                              .sequence = {data.sequence_by, data.sequence_order}};
        if (data.order_kind != ColumnKind::number && data.order_kind != ColumnKind::time) {
            throw Error("data.order_kind must be number or time");
        }
        check_params(data.format, issues);
        check_params(options, issues);
        issues.finish();
    }

    void check_control(const ControlInterface& control) const {
        const ActionSpace& actions = control.actions;
        if (actions.choices.empty() == actions.controls.empty()) {
            throw Error("control must have either choices or controls");
        }
        const bool of_choices = control.mapping == ActionMapping::argmax || control.mapping == ActionMapping::threshold;
        if (control.mapping == ActionMapping::automatic || of_choices != actions.is_discrete()) {
            throw Error("control.mapping must be argmax or threshold for choices, linear or scaled_tanh for controls");
        }
        for (const Signal& one : actions.controls) {
            if (std::isfinite(one.low) && std::isfinite(one.high) && one.low < one.high) continue;
            throw Error("control '" + printable(one.name) + "' must have a finite low below a finite high");
        }
        require_count("outputs of control", outputs_, output_count_of(control.mapping, actions));
        require_count("inputs", inputs_, model_.interface.inputs.size());
    }

    const Model& model_;
    std::size_t inputs_;
    std::size_t outputs_;
};

std::vector<std::string> signal_names(const std::vector<Signal>& signals, std::size_t count, const std::string& kind) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) {
        const bool named = i < signals.size() && !signals[i].name.empty();
        names.push_back(named ? signals[i].name : kind + " " + std::to_string(i));
    }
    return names;
}

}  // namespace

void visit_fields(ModelOrigin& origin, FieldVisitor& field) {
    field("task", origin.task, "Task that the genome was evolved for.");
    field("run", origin.run, "Name of the run.");
    field("seed", origin.seed, at_least(0), "Seed of the run.");
    field("generation", origin.generation, at_least(0), "Generation of the genome.");
    field("genome", origin.genome, at_least(0), "Id of the genome.");
    field("fitness", origin.fitness, any_number(), "Fitness in evolution.");
    field("version", origin.version, "Version of Clade.");
}

void check_model(const Model& model) { ModelCheck(model).run(); }

std::string model_to_json(const Model& model, const FunctionSet& functions) {
    FieldJson json = fields_to_json(ModelFields{.is_direct = model.is_direct});
    json["origin"] = fields_to_json(model.origin);
    json["inputs"] = list_to_json(model.interface.inputs);
    json["outputs"] = list_to_json(model.interface.outputs);
    json["data"] = model.interface.data ? data_to_json(*model.interface.data) : FieldJson(nullptr);
    json["control"] = model.interface.control ? control_to_json(*model.interface.control) : FieldJson(nullptr);
    std::string text = json.dump(2, ' ', false, FieldJson::error_handler_t::replace);
    text.resize(text.size() - 2);  // "\n}": the genome, which may be large, is written once, and comes last
    return text + ",\n  \"genome\": " + genome_to_json(model.genome.store, 0, model.genome.network, functions) + "\n}";
}

Model model_from_json(std::string_view text, const FunctionSet& functions) {
    try {
        check_json_depth(text);
        Model model = read_model(FieldJson::parse(text), text, functions);
        check_model(model);
        return model;
    } catch (const FieldJson::exception& error) {
        const std::string_view reason = error.what();  // "[json.exception.parse_error.101] parse error at line 1, ..."
        throw FormatError("model: " + std::string(reason.substr(reason.find("] ") + 2)));
    } catch (const Error& error) {
        throw FormatError("model: " + std::string(error.what()));
    }
}

Model load_model(const std::filesystem::path& file, const FunctionSet& functions) {
    require_regular_file(file);
    std::ifstream stream(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream) throw Error(printable(file.string(), 200) + ": cannot be read");
    try {
        return model_from_json(text, functions);
    } catch (const FormatError& error) {
        throw FormatError(printable(file.string(), 200) + ": " + error.what());
    }
}

std::vector<std::string> input_names(const Model& model) {
    return signal_names(model.interface.inputs, model.genome.store.shape().input_count, "input");
}

std::vector<std::string> output_names(const Model& model) {
    return signal_names(model.interface.outputs, model.genome.store.shape().output_count, "output");
}

const DataInterface& data_of(const Model& model) {
    if (model.interface.data && model.is_direct) return *model.interface.data;
    const std::string task = model.origin.task.empty() ? "" : " of task '" + printable(model.origin.task) + "'";
    if (!model.is_direct) {
        throw Error("a decoder of the program that made this model" + task + " makes its network: use that program");
    }
    if (model.origin.task.empty()) {
        throw Error(
            "this file has a genome only, not what its inputs and outputs mean, like files of genomes/ and of older "
            "versions "
            "of Clade; `clade run` with the config.yaml of its run makes the same champion again");
    }
    throw Error("this model" + task + " is not one of rows of data: only models of data tasks predict");
}

}  // namespace clade
