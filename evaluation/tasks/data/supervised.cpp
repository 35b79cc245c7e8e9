#include <clade/evaluation/tasks/data/supervised.hpp>

#include <clade/core/error.hpp>
#include <clade/core/text.hpp>
#include <clade/evaluation/data/csv_size.hpp>
#include <clade/evaluation/data/table_reader.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <string>

namespace clade {
namespace {

bool is_classification(const SupervisedTask::Params& params) {
    if (params.kind != SupervisedKind::automatic) return params.kind == SupervisedKind::classification;
    return params.targets.empty();
}

bool is_number(const std::string& text) {
    double value = 0.0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return problem == std::errc() && end == text.data() + text.size();
}

/// A relative name is looked for in the context's directory first, then in the working directory.
std::filesystem::path find_file(const std::string& name, const std::string& directory) {
    std::filesystem::path file(name);
    if (file.is_absolute() || directory.empty()) return file;
    std::error_code unknown;
    std::filesystem::path beside = std::filesystem::path(directory) / file;
    if (std::filesystem::exists(beside, unknown)) return beside;
    if (std::filesystem::exists(file, unknown)) return file;
    throw FieldError("file", "must be a file in '" + directory + "' or in the working directory, got '" + name + "'");
}

constexpr std::uint64_t megabyte = 1'000'000;

/// The file's size, if its table fits into the limit.
CsvSize size_within(const SupervisedTask::Params& params, const std::filesystem::path& file, std::uint64_t limit) {
    const CsvSize size = csv_size(file, limit);
    if (size.memory() <= limit) return size;
    const std::string packed = size.text > size.bytes ? " (unpacked more than " + std::to_string(limit) + ")" : "";
    const std::string cells =
        size.cells == 0 ? packed
                        : ", " + std::to_string(size.rows) + " rows and " + std::to_string(size.cells) + " cells";
    throw FieldError("file", "must fit into evaluation.memory_limit_mb (" + std::to_string(limit / megabyte) +
                                 "), got '" + params.file + "' with " + std::to_string(size.bytes) + " bytes" + cells +
                                 ", which needs about " + std::to_string(size.memory() / megabyte + 1) + " MB" +
                                 "; use a smaller file, or raise the limit");
}

/// Refuses a label that is probably a target: of many different numbers.
void refuse_numbers(const LabelColumn& label, std::size_t rows) {
    constexpr std::size_t many = 30;
    constexpr std::size_t rows_a_class = 10;
    const std::size_t classes = label.classes.size();
    if (classes <= many || classes * rows_a_class <= rows) return;
    if (!std::ranges::all_of(label.classes, is_number)) return;
    throw FieldError("label", "must be a column of classes, but '" + printable(label.name) + "' has " +
                                  std::to_string(classes) + " different numbers in " + std::to_string(rows) +
                                  " rows; to predict numbers use targets (--target " + printable(label.name) +
                                  "), or set kind: classification");
}

/// The columns of classes.
std::vector<std::string> labels_of(const SupervisedTask::Params& params) {
    return params.label.empty() ? params.labels : std::vector<std::string>{params.label};
}

DataTable load(const SupervisedTask::Params& params, const TaskContext& context) {
    const std::filesystem::path file = find_file(params.file, context.directory);
    if (const auto kind = kind_of_special_file(file); !kind.empty()) {
        throw FieldError("file", "must be a regular file, got '" + params.file + "', which is " + std::string(kind));
    }
    const CsvSize size = size_within(params, file, context.memory_limit);
    const DatasetColumns columns{params.features, params.targets, labels_of(params), params.row_weights,
                                 params.columns};
    DataTable table = read_table(file, params.format, columns, static_cast<std::size_t>(size.rows));
    for (const LabelColumn& label : table.labels) {
        if (params.kind == SupervisedKind::automatic) refuse_numbers(label, table.row_count());
    }
    return table;
}

}  // namespace

SupervisedTask::SupervisedTask(const Params& params, const TaskContext& context)
    : DataTask("supervised", load(params, context), params.data, context.seed), params_(params) {}

std::vector<TaskDefault> SupervisedTask::defaults() {
    std::vector<TaskDefault> defaults = data_task_defaults();
    const std::vector<TaskDefault> of_sequences{
        {"task.steps", "3"},
        {"genome.network", "recurrent"},
        {"genome.initial.hidden_nodes", "0"},
        {"genome.activation.initial", "tanh"},
        {"genome.weight.distribution", "uniform"},
        {"genome.weight.perturb_power", "0.5"},
        {"genome.bias.distribution", "uniform"},
        {"genome.bias.perturb_power", "0.5"},
        {"evolution.population_size", "150"},
        {"refine.method", "none"},
        {"stop.generations", "1000"},
        {"stop.validation_stagnation", "200"},
    };
    for (const TaskDefault& one : of_sequences) defaults.push_back({one.key, one.value, "task.sequence.by: not \"\""});
    return defaults;
}

TaskPage SupervisedTask::page() const {
    TaskPage page = DataTask::page();
    page.source = "Rows of " + params_.file;
    return page;
}

ModelInterface SupervisedTask::interface() const {
    ModelInterface interface = DataTask::interface();
    DataInterface& data = *interface.data;
    data.format = params_.format;
    data.weight = params_.row_weights;
    data.lags = params_.columns.lags;
    data.rolling = params_.columns.rolling;
    data.horizon = params_.columns.horizon;
    data.sequence_by = params_.columns.sequence.by;
    data.sequence_order = params_.columns.sequence.order;
    data.order_kind = order_kind(params_.columns);
    if (data.is_series() && data.sequence_by.empty()) data.group = params_.columns.group;
    return interface;
}

void visit_fields(SupervisedTask::Params& params, FieldVisitor& field) {
    field("file", params.file,
          "CSV file, may be packed (gzip, zstd) or UTF-16. Relative paths: to the configuration's folder, else to the "
          "working directory.");
    visit_fields(params.format, field);
    field("kind", params.kind, "Classification or regression; automatic: by whether label or targets is set.");
    field("label", params.label, "Column of class names (classification).");
    field(
        "labels", params.labels,
        "Several columns of class names, each with a softmax of its own; multi-label data have a column of two classes "
        "for each label. Scores are means over the labels.");
    field("targets", params.targets, "Target columns (regression).");
    field("features", params.features, "Input columns; empty for all columns without another role.");
    field("row_weights", params.row_weights,
          "Column of the rows' weights in fitness and scores, numbers greater than 0; empty for all 1.");
    visit_fields(params.columns, field);
    visit_fields(params.data, field);
}

void check_params(const SupervisedTask::Params& params, IssueSink& issues) {
    const bool classification = is_classification(params);
    const bool automatic = params.kind == SupervisedKind::automatic;
    check_params(params.format, issues);
    check_params(params.columns, issues);
    check_params(params.data, issues);
    const bool has_sequences = !params.columns.sequence.by.empty();
    if (params.data.split == SplitKind::grouped && params.columns.group.empty() && !has_sequences) {
        issues.add("group", "must name a column where split is grouped");
    }
    if (!classification) {
        if (params.data.class_weights != ClassWeights::none) {
            issues.add("class_weights", "must be none where kind is regression, got 'balanced'");
        }
        if (!params.data.class_factors.empty()) issues.add("class_factors", "must be empty where kind is regression");
    }
    if (params.file.empty()) issues.add("file", "must name a CSV file");
    if (!params.label.empty() && !params.labels.empty()) {
        issues.add("labels", "must be empty where label is set: name all columns of classes in labels");
    }
    if (classification && labels_of(params).empty() &&
        !(automatic && !params.file.empty())) {  // the reader knows the columns
        issues.add("label", automatic ? "must name the column of classes; or set targets, for numbers"
                                      : "must name a column where kind is classification");
    }
    if (classification && !params.targets.empty()) {
        issues.add("targets", "must be empty where kind is classification; did you mean kind: regression?");
    }
    if (!classification && params.targets.empty()) {
        issues.add("targets", "must name at least one column where kind is regression");
    }
    if (!classification && !labels_of(params).empty()) {
        issues.add(params.label.empty() ? "labels" : "label",
                   automatic ? "is for classes, and targets is for numbers: set one of them"
                             : "must be empty where kind is regression; did you mean kind: classification?");
    }
    check_fitness(params.data.fitness, classification, issues);
    check_output(params.data, classification, issues);
}

}  // namespace clade
