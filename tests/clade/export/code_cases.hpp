// Models, what their exported code is given, and what the engine makes of it.
#pragma once

#include "clade/export/exported_model.hpp"
#include "tests/evaluation/model/model_fixture.hpp"

#include <clade/evaluation/model/policy.hpp>
#include <clade/evaluation/model/predictor.hpp>
#include <clade/evaluation/tasks/control/cart_pole.hpp>
#include <clade/evaluation/tasks/control/pendulum.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

namespace clade::testing {

struct CodeCase {
    exported::ExportedModel model{};
    std::string function{};          ///< activate, act, predict
    std::size_t taken = 0;           ///< numbers that a call takes
    std::size_t given = 0;           ///< and gives
    std::vector<double> inputs{};    ///< [calls x taken]; floats, but those of predict
    std::vector<double> expected{};  ///< [calls x given]

    [[nodiscard]] bool is_of_doubles() const { return function == "predict"; }
    [[nodiscard]] bool has_state() const { return model.model.genome.network.is_recurrent() && !is_of_doubles(); }
};

inline const std::vector<float> special_numbers{0.0F,
                                                -0.0F,
                                                1.0F,
                                                -1.0F,
                                                1e-7F,
                                                1e-40F,
                                                std::numeric_limits<float>::max(),
                                                std::numeric_limits<float>::lowest(),
                                                std::numeric_limits<float>::infinity(),
                                                -std::numeric_limits<float>::infinity(),
                                                std::numeric_limits<float>::quiet_NaN()};

/// Of several sizes; one of twenty is special.
inline std::vector<float> test_numbers(std::size_t count, std::uint64_t seed) {
    std::vector<float> numbers = random_numbers(count, seed);
    Stream stream({seed, 0, Purpose::data_noise}, 2);
    constexpr std::array<float, 4> sizes{0.01F, 1.0F, 10.0F, 1000.0F};
    for (float& number : numbers) {
        number *= sizes[stream.below(4)];
        if (stream.bernoulli(0.05)) number = stream.choice(std::span<const float>(special_numbers));
    }
    return numbers;
}

inline CodeCase network_case(const std::string& name, const Model& model, const std::vector<float>& inputs) {
    Network network = make_network(model.genome);
    CodeCase one{{name, model}, "activate", network.input_count(), network.output_count()};
    one.inputs.assign(inputs.begin(), inputs.end());
    std::vector<float> outputs(one.given);
    for (std::size_t at = 0; at + one.taken <= inputs.size(); at += one.taken) {
        network.activate(std::span(inputs).subspan(at, one.taken), outputs);
        one.expected.insert(one.expected.end(), outputs.begin(), outputs.end());
    }
    return one;
}

/// An output for each activation, or aggregation, of all inputs.
inline Model model_of_all(std::uint32_t inputs, const std::vector<Activation>& activations,
                          const std::vector<Aggregation>& aggregations) {
    const auto outputs = static_cast<std::uint32_t>(std::max(activations.size(), aggregations.size()));
    GenomeStore store({inputs, outputs, false});
    const GenomeSize size{outputs, inputs * outputs};
    store.place({&size, 1});
    const GenomeRows rows = store.rows(0);
    for (std::uint32_t o = 0; o < outputs; ++o) {
        set_node(rows, o,
                 {NodeId{inputs + o}, 0.0F, 1.0F, activations[o % activations.size()],
                  aggregations[o % aggregations.size()]});
        for (std::uint32_t i = 0; i < inputs; ++i) {
            const std::uint32_t row = o * inputs + i;
            set_connection(rows, row, {Innovation{row}, NodeId{i}, NodeId{inputs + o}, 1.0F, 1});
        }
    }
    return {.genome = {store, {}}};
}

template <class Enum>
std::vector<Enum> all_of() {
    std::vector<Enum> all;
    for (std::size_t i = 0; i < EnumNames<Enum>::names.size(); ++i) all.push_back(static_cast<Enum>(i));
    return all;
}

/// Any structure, functions and weights.
inline Model random_model(const NetworkParams& network, std::uint64_t seed) {
    return {.genome = {random_genome({.hidden_count = 25,
                                      .recurrent = network.is_recurrent(),
                                      .activations = all_of<Activation>(),
                                      .aggregations = all_of<Aggregation>()},
                                     seed),
                       network}};
}

/// Texts that would be more than texts, if they got out of comments and strings.
inline Model hostile_model() {
    Model model = random_model({}, 7);
    const std::string text = "*/ /* \"\"\" ' \n#error \\\n ?\?/ ${x} `x` \xff \u2028 {0} $name$ end\\";
    model.origin = {.task = text, .run = text, .version = text};
    for (int i = 0; i < 3; ++i) model.interface.inputs.push_back({.name = text});
    for (int i = 0; i < 2; ++i) model.interface.outputs.push_back({.name = text});
    return model;
}

inline std::vector<CodeCase> network_cases() {
    std::vector<float> arguments = test_numbers(3000, 1);
    arguments.insert(arguments.end(), special_numbers.begin(), special_numbers.end());
    for (int i = -3000; i <= 3000; ++i) arguments.push_back(static_cast<float>(i) * 0.01F);
    std::vector<CodeCase> cases{
        network_case("every_activation", model_of_all(1, all_of<Activation>(), {Aggregation::sum}), arguments),
        network_case("odd_aggregations", model_of_all(9, {Activation::identity}, all_of<Aggregation>()),
                     test_numbers(9 * 500, 2)),
        network_case("even_aggregations", model_of_all(14, {Activation::identity}, all_of<Aggregation>()),
                     test_numbers(14 * 500, 3))};
    cases.push_back(network_case("hostile", hostile_model(), test_numbers(300, 4)));
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        const std::string number = std::to_string(seed);
        cases.push_back(network_case("forward_" + number, random_model({}, seed), test_numbers(300, seed)));
        cases.push_back(network_case("recurrent_" + number, random_model({NetworkKind::recurrent, 2}, seed),
                                     test_numbers(300, seed)));
    }
    return cases;
}

inline CodeCase control_case(const std::string& name, const Model& model) {
    Policy policy(model);
    CodeCase one{{name, model}, "act", policy.observations().size(), policy.actions().size()};
    const std::vector<float> inputs = test_numbers(one.taken * 200, 4);
    one.inputs.assign(inputs.begin(), inputs.end());
    std::vector<float> action(one.given);
    for (std::size_t at = 0; at < inputs.size(); at += one.taken) {
        policy.act(std::span(inputs).subspan(at, one.taken), action);
        one.expected.insert(one.expected.end(), action.begin(), action.end());
    }
    return one;
}

inline std::vector<CodeCase> control_cases() {
    const Model cart_pole = model_of(CartPoleTask(CartPoleTask::Params{}, TaskContext{}));
    const Model pendulum = model_of(PendulumTask(PendulumTask::Params{}, TaskContext{}), NetworkKind::recurrent);
    Model tanh = pendulum;
    tanh.interface.control->mapping = ActionMapping::scaled_tanh;
    Model parts = pendulum;
    parts.interface.control = {ActionMapping::threshold, discrete_actions({"left", "stay?", "right \"now\""})};
    return {control_case("cart_pole", cart_pole), control_case("pendulum", pendulum), control_case("scaled_tanh", tanh),
            control_case("threshold", parts)};
}

/// A value of a column: of those that training had, missing, or one that is refused.
inline double column_value(const ColumnEncoding& column, Stream& stream) {
    if (stream.bernoulli(0.1)) return std::numeric_limits<double>::quiet_NaN();
    if (stream.bernoulli(0.03)) return column.kind == ColumnKind::number ? 1e300 : -1.0;
    if (!column.categories.empty()) return stream.below(static_cast<std::uint32_t>(column.categories.size()));
    if (column.kind == ColumnKind::time) return std::floor(stream.normal() * 1e9);
    return column.kind == ColumnKind::boolean ? stream.below(2) : 30.0 + 10.0 * stream.normal();
}

inline CodeCase data_case(const std::string& name, const Model& model) {
    Predictor predictor(model);
    CodeCase one{{name, model}, "predict", predictor.columns().size(), model.interface.outputs.size()};
    Stream stream({5, 0, Purpose::data_noise}, 3);
    for (int row = 0; row < 300; ++row) {
        std::vector<double> values;
        for (const ColumnEncoding& column : model.interface.data->columns) {
            values.push_back(column_value(column, stream));
        }
        std::vector<double> said(one.given, std::numeric_limits<double>::quiet_NaN());
        try {
            said = predictor.predict_row(values);
        } catch (const Error&) {
            // Exported code refuses nothing: what cannot be predicted is NaN.
        }
        one.inputs.insert(one.inputs.end(), values.begin(), values.end());
        one.expected.insert(one.expected.end(), said.begin(), said.end());
    }
    return one;
}

inline std::vector<CodeCase> data_cases(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / "rows.csv";
    write_lines(file, header_of_every_kind, rows_of_every_kind(60));
    SupervisedTask::Params params = params_of_every_kind(file);
    params.columns.time_parts = {"seconds", "year", "month", "day", "weekday", "hour"};
    const SupervisedTask classes(params, {.seed = 1});
    const SupervisedTask numbers(as_regression(params), {.seed = 1});
    SupervisedTask::Params several = params;
    several.label.clear();
    several.labels = {"outcome", "city"};
    several.features = {"age", "size"};
    several.columns.categorical.clear();
    several.columns.column_fill = {"age=median", "city=drop_row"};
    const SupervisedTask labels(several, {.seed = 1});
    return {data_case("classification", model_of(classes)), data_case("labels", model_of(labels)),
            data_case("regression", model_of(numbers, NetworkKind::recurrent))};
}

}  // namespace clade::testing
