#include <clade/evaluation/model/predictor.hpp>

#include <clade/core/error.hpp>
#include <clade/core/text.hpp>
#include <clade/evaluation/data/sequences_internal.hpp>
#include <clade/evaluation/data/series_internal.hpp>
#include <clade/evaluation/data/table_reader.hpp>
#include <clade/evaluation/model/row_predictor.hpp>
#include <clade/evaluation/model/said_row_internal.hpp>
#include <clade/evaluation/network/network_compiler.hpp>
#include <clade/evaluation/tasks/data/confusion_matrix.hpp>
#include <clade/evaluation/tasks/data/data_scorer_internal.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace clade {

struct Predictor::State {
    Model model;
    Network network;

    [[nodiscard]] const DataInterface& data() const { return *model.interface.data; }
};

namespace {

/// The columns of a file that are read; for scores also what the rows are in truth.
KnownColumns columns_of(const DataInterface& data, bool with_truth) {
    KnownColumns columns{.targets_may_miss = !with_truth};
    std::ranges::copy_if(data.columns, std::back_inserter(columns.inputs),
                         [](const ColumnEncoding& column) { return !column.derived; });
    if (with_truth || data.has_history()) {
        for (const TargetOutput& target : data.targets) columns.targets.push_back(target.name);
    }
    if (data.is_series()) columns.group = data.group;
    columns.sequence = {data.sequence_by, data.sequence_order};
    columns.order_kind = data.order_kind;
    if (!with_truth) return columns;
    for (const LabelOutput& label : data.labels) columns.labels.push_back({label.name, label.classes, {}});
    columns.weight = data.weight;
    return columns;
}

/// Rows of a file, and which.
struct KnownRows {
    DataTable table;
    std::vector<std::size_t> rows;
};

DataTable read_table(const DataInterface& data, const std::filesystem::path& file, bool with_truth) {
    require_regular_file(file);
    return read_known_table(file, data.format, columns_of(data, with_truth));
}

/// The rows of a table that can be predicted, with their history.
KnownRows rows_of(const DataInterface& data, DataTable table, bool with_truth) {
    KnownRows known{std::move(table), {}};
    const ColumnOptions series{.lags = data.lags, .rolling = data.rolling, .horizon = data.horizon};
    known.rows = make_series(known.table, series, with_truth ? SeriesUse::learn : SeriesUse::predict);
    const bool fits =
        std::ranges::equal(known.table.inputs, data.columns, {}, &DataColumn::name, &ColumnEncoding::name);
    if (!fits) throw FormatError("the model's columns are not those that its lags and means make");
    return known;
}

/// The inputs of rows, whose values these are, column by column.
template <class ValuesOf>
Dataset encode_new(const DataInterface& data, std::size_t row_count, const ValuesOf& values_of) {
    Dataset rows{.outputs = prediction_names(data), .inputs = DataMatrix(row_count, 0)};
    for (std::size_t c = 0; c < data.columns.size(); ++c) append_new_inputs(data.columns[c], values_of(c), rows.inputs);
    return rows;
}

Dataset encode_new(const DataInterface& data, const DataTable& table) {
    return encode_new(data, table.row_count(),
                      [&](std::size_t c) { return std::span<const double>(table.inputs[c].values); });
}

/// All rows of a table as a network sees them, those of sequences step by step.
StepRows steps_of(const DataTable& table) {
    std::vector<std::size_t> all(table.row_count());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return rows_by_step(table, all);
}

Dataset in_steps(Dataset rows, const StepRows& steps) {
    if (steps.begin.empty()) return rows;
    Dataset ordered = take_rows(rows, steps.rows);
    ordered.step_begin = steps.begin;
    return ordered;
}

/// Puts what is said of rows that went step by step back into the order of the table.
void restore_order(Predictions& said, const StepRows& steps) {
    if (steps.begin.empty()) return;
    const Predictions stepped = said;
    for (std::size_t i = 0; i < steps.rows.size(); ++i) {
        for (std::size_t o = 0; o < said.outputs.size(); ++o) said.values(steps.rows[i], o) = stepped.values(i, o);
        const std::size_t labels = said.label.size() / said.values.rows();
        for (std::size_t l = 0; l < labels; ++l) said.label[steps.rows[i] * labels + l] = stepped.label[i * labels + l];
    }
}

/// What scores and runs networks on such rows, as in training.
class RowScorer {
public:
    RowScorer(const DataInterface& data, const Dataset& rows) {
        for (const TargetOutput& target : data.targets) {
            offset_.push_back(target.offset);
            scale_.push_back(target.scale);
        }
        scorer_.emplace(DataScoring{.training = rows,
                                    .sharpness = data.sharpness,
                                    .steps = data.steps,
                                    .target_offset = offset_,
                                    .target_scale = scale_});
    }

    DataScorer* operator->() { return &*scorer_; }

private:
    std::vector<double> offset_;
    std::vector<double> scale_;
    std::optional<DataScorer> scorer_;
};

Predictions say(const DataInterface& data, Network& network, const Dataset& rows) {
    const std::size_t count = rows.row_count();
    const std::size_t outputs = rows.outputs.size();
    Predictions said{.outputs = rows.outputs, .values = TargetMatrix(count, outputs)};
    said.label.resize(count * data.labels.size());
    RowScorer scorer(data, rows);
    const std::span<const float> given = scorer->run(network, rows);
    std::vector<float> of_row(outputs);
    std::vector<double> values(outputs);
    for (std::size_t row = 0; row < count; ++row) {
        for (std::size_t o = 0; o < outputs; ++o) of_row[o] = given[o * count + row];
        say_row(data, of_row, values, std::span(said.label).subspan(row * data.labels.size(), data.labels.size()));
        for (std::size_t o = 0; o < outputs; ++o) said.values(row, o) = values[o];
    }
    return said;
}

Predictions predict_table(const DataInterface& data, Network& network, DataTable table) {
    KnownRows known = rows_of(data, std::move(table), false);
    const StepRows steps = steps_of(known.table);
    Predictions said = say(data, network, in_steps(encode_new(data, known.table), steps));
    restore_order(said, steps);
    said.rows = std::move(known.rows);
    return said;
}

TaskReport evaluate_table(const DataInterface& data, Network& network, DataTable table) {
    KnownRows known = rows_of(data, std::move(table), true);
    Dataset rows = encode_new(data, known.table);
    rows.labels = std::move(known.table.labels);
    rows.weight = std::move(known.table.weight);
    rows.targets = TargetMatrix(rows.row_count(), 0);
    for (const DataColumn& target : known.table.targets) {
        std::ranges::copy(target.values, rows.targets.add_column().begin());
    }
    rows = in_steps(std::move(rows), steps_of(known.table));
    TaskReport report;
    RowScorer scorer(data, rows);
    const std::span<const float> outputs = scorer->run(network, rows);
    scorer->add_scores(report, "test", rows);
    if (rows.is_classification()) add_confusion(report, outputs, rows, "test");
    return report;
}

}  // namespace

Predictor::Predictor(Model model, const FunctionSet& functions) {
    (void)data_of(model);
    check_model(model);
    Network network = make_network(model.genome, functions);
    state_ = std::make_unique<State>(State{std::move(model), std::move(network)});
}

Predictor::~Predictor() = default;
Predictor::Predictor(Predictor&& other) noexcept = default;
Predictor& Predictor::operator=(Predictor&& other) noexcept = default;

const Model& Predictor::model() const noexcept { return state_->model; }

std::vector<std::string> Predictor::columns() const {
    std::vector<std::string> names;
    for (const ColumnEncoding& column : state_->data().columns) names.push_back(column.name);
    return names;
}

Predictions Predictor::predict_file(const std::filesystem::path& file) {
    const DataInterface& data = state_->data();
    return predict_table(data, state_->network, read_table(data, file, false));
}

Predictions Predictor::predict_text(std::string_view bytes, const std::string& name) {
    const DataInterface& data = state_->data();
    return predict_table(data, state_->network, parse_known_table(bytes, name, data.format, columns_of(data, false)));
}

Predictions Predictor::predict(const ColumnMatrix<double>& rows) {
    const DataInterface& data = state_->data();
    if (rows.columns() != data.columns.size()) {
        throw Error("a row must have a number for each of " + std::to_string(data.columns.size()) + " columns, got " +
                    std::to_string(rows.columns()));
    }
    Dataset encoded = encode_new(data, rows.rows(), [&](std::size_t c) { return rows.column(c); });
    for (std::size_t row = 0; data.has_sequences() && row < rows.rows(); ++row) encoded.step_begin.push_back(row);
    Predictions said = say(data, state_->network, encoded);
    for (std::size_t row = 0; row < rows.rows(); ++row) said.rows.push_back(row);
    return said;
}

std::vector<double> Predictor::predict_row(std::span<const double> row) {
    ColumnMatrix<double> rows(1, row.size());
    for (std::size_t c = 0; c < row.size(); ++c) rows(0, c) = row[c];
    const Predictions said = predict(rows);
    return {said.values.values().begin(), said.values.values().end()};
}

TaskReport Predictor::evaluate_file(const std::filesystem::path& file) {
    const DataInterface& data = state_->data();
    return evaluate_table(data, state_->network, read_table(data, file, true));
}

TaskReport Predictor::evaluate_text(std::string_view bytes, const std::string& name) {
    const DataInterface& data = state_->data();
    return evaluate_table(data, state_->network, parse_known_table(bytes, name, data.format, columns_of(data, true)));
}

}  // namespace clade
