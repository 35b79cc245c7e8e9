#include <clade/evaluation/model/row_predictor.hpp>

#include <clade/core/error.hpp>
#include <clade/evaluation/data/class_names_internal.hpp>
#include <clade/evaluation/data/column_encoding_internal.hpp>
#include <clade/evaluation/model/said_row_internal.hpp>
#include <clade/evaluation/network/network_compiler.hpp>

namespace clade {

struct RowPredictor::State {
    DataInterface data;
    std::vector<std::vector<InputPart>> parts;  // of each column
    Network network;
    std::vector<float> inputs;
    std::vector<float> outputs;
};

std::vector<std::string> prediction_names(const DataInterface& data) {
    std::vector<std::string> names = class_names(data.labels);
    for (const TargetOutput& target : data.targets) names.push_back(target.name);
    return names;
}

RowPredictor::RowPredictor(const Model& model, const FunctionSet& functions) {
    const DataInterface& data = data_of(model);
    check_model(model);
    state_ = std::make_unique<State>(State{data, {}, make_network(model.genome, functions), {}, {}});
    for (const ColumnEncoding& column : data.columns) state_->parts.push_back(parts_of(column));
    state_->inputs.resize(state_->network.input_count());
    state_->outputs.resize(state_->network.output_count());
}

RowPredictor::~RowPredictor() = default;
RowPredictor::RowPredictor(RowPredictor&& other) noexcept = default;
RowPredictor& RowPredictor::operator=(RowPredictor&& other) noexcept = default;

Network& RowPredictor::network() noexcept { return state_->network; }
const Network& RowPredictor::network() const noexcept { return state_->network; }
void RowPredictor::reset() { state_->network.reset(); }
std::size_t RowPredictor::column_count() const noexcept { return state_->data.columns.size(); }
std::size_t RowPredictor::label_count() const noexcept { return state_->data.labels.size(); }

void RowPredictor::predict(std::span<const double> row, std::span<double> values, std::span<std::uint32_t> labels) {
    State& state = *state_;
    const DataInterface& data = state.data;
    if (row.size() != data.columns.size() || values.size() != state.outputs.size() ||
        (!labels.empty() && labels.size() != data.labels.size())) {
        throw Error("a prediction takes " + std::to_string(data.columns.size()) + " columns and gives " +
                    std::to_string(state.outputs.size()) + " values and " + std::to_string(data.labels.size()) +
                    " classes, got room for " + std::to_string(row.size()) + ", " + std::to_string(values.size()) +
                    " and " + std::to_string(labels.size()));
    }
    std::size_t input = 0;
    for (std::size_t c = 0; c < row.size(); ++c) {
        for (std::size_t p = 0; p < state.parts[c].size(); ++p) {
            state.inputs[input++] = new_input(data.columns[c], state.parts[c][p], p, row[c], 0);
        }
    }
    if (!data.has_sequences()) state.network.reset();
    const int calls = state.network.is_recurrent() ? data.steps : 1;
    for (int call = 0; call < calls; ++call) state.network.activate(state.inputs, state.outputs);
    say_row(data, state.outputs, values, labels);
}

}  // namespace clade
