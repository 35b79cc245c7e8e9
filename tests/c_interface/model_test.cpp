// Trained networks from C: the numbers of the engine, bit for bit, and what wrong uses are told.
#include "tests/c_interface/c_interface_fixture.hpp"
#include "tests/evaluation/model/model_fixture.hpp"

#include <clade/evaluation/episodes/control_task.hpp>
#include <clade/evaluation/model/policy.hpp>
#include <clade/evaluation/tasks/control/cart_pole.hpp>
#include <clade/evaluation/tasks/control/pendulum.hpp>

#include <clade_model.h>

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace clade {
namespace {

using testing::ModelHandle;
using testing::NetworkHandle;
using testing::random_numbers;

const NetworkParams feed_forward(NetworkKind::feed_forward);
const NetworkParams recurrent(NetworkKind::recurrent);

class CInterface : public FolderTest {
protected:
    void SetUp() override {
        FolderTest::SetUp();
        testing::write_lines(folder_ / "all.csv", testing::header_of_every_kind, testing::rows_of_every_kind(60));
    }

    [[nodiscard]] Model of_data(bool regression, const NetworkParams& network) const {
        SupervisedTask::Params params = testing::params_of_every_kind(folder_ / "all.csv");
        if (regression) params = testing::as_regression(params);
        return testing::model_of(SupervisedTask(params, {.seed = 1}), network);
    }
};

Model of_control(const NetworkParams& network) {
    return testing::model_of(CartPoleTask(CartPoleTask::Params{}, TaskContext{}), network);
}

TEST_F(CInterface, ActivatesAsTheEngineDoesBitForBit) {
    for (const NetworkParams& params : {feed_forward, recurrent}) {
        const Model model = of_data(false, params);
        Network network = make_network(model.genome);
        const ModelHandle handle(model);
        const NetworkHandle run(handle.get(), 1);
        std::vector<float> expected(network.output_count());
        std::vector<float> given(network.output_count());
        for (std::uint32_t step = 0; step < 5; ++step) {
            const std::vector<float> inputs = random_numbers(network.input_count(), step);
            network.activate(inputs, expected);
            ASSERT_EQ(clade_network_activate(run.get(), inputs.data(), inputs.size(), given.data(), given.size()),
                      CLADE_OK);
            EXPECT_EQ(given, expected) << "step " << step;
        }
    }
}

TEST_F(CInterface, ActivatesABatchAsTheEngineDoesBitForBit) {
    for (const NetworkParams& params : {feed_forward, recurrent}) {
        const Model model = of_data(false, params);
        Network network = make_network(model.genome);
        const ModelHandle handle(model);
        const NetworkHandle run(handle.get(), 37);
        for (const std::size_t rows : {std::size_t{37}, std::size_t{37}, std::size_t{5}, std::size_t{0}}) {
            const std::vector<float> inputs = random_numbers(network.input_count() * rows + 1, 9);
            std::vector<float> expected(network.output_count() * rows);
            std::vector<float> given(network.output_count() * rows + 1);
            network.activate_batch(std::span(inputs).first(inputs.size() - 1), expected, rows);
            ASSERT_EQ(clade_network_activate_batch(run.get(), inputs.data(), given.data(), rows), CLADE_OK);
            EXPECT_EQ(given.back(), 0.0F) << "no more than the outputs are written";
            given.pop_back();
            EXPECT_EQ(given, expected) << rows << " rows";
        }
        std::vector<float> outputs(network.output_count() * 38);
        const std::vector<float> inputs(network.input_count() * 38);
        EXPECT_EQ(clade_network_activate_batch(run.get(), inputs.data(), outputs.data(), 38), CLADE_WRONG_CALL);
    }
}

TEST_F(CInterface, PredictsAsThePredictorDoesBitForBit) {
    const double missing = std::numeric_limits<double>::quiet_NaN();
    for (const bool regression : {false, true}) {
        const Model model = of_data(regression, recurrent);
        Predictor predictor(model);
        const ModelHandle handle(model);
        const NetworkHandle run(handle.get(), 1);
        for (const auto& row : {std::array{31.5, 1.0, 2.0, 1.0, 1710124200.0}, {missing, 0.0, 0.0, 0.0, 0.0}}) {
            const std::vector<double> expected = predictor.predict_row(row);
            std::vector<double> said(expected.size());
            std::uint32_t label = 7;
            ASSERT_EQ(clade_network_predict(run.get(), row.data(), row.size(), said.data(), said.size(), &label,
                                            regression ? 0 : 1),
                      CLADE_OK)
                << clade_error_text();
            EXPECT_EQ(said, expected);
            const std::uint32_t nothing_written = 7;
            EXPECT_EQ(label, regression ? nothing_written : (said[1] > said[0] ? 1U : 0U));
        }
    }
}

TEST_F(CInterface, PredictsWithoutClassesToo) {
    const ModelHandle handle(of_data(false, feed_forward));
    const NetworkHandle run(handle.get(), 1);
    const std::array row{31.5, 1.0, 2.0, 1.0, 1710124200.0};
    std::array<double, 2> said{};
    EXPECT_EQ(clade_network_predict(run.get(), row.data(), row.size(), said.data(), 2, nullptr, 0), CLADE_OK);
    EXPECT_NEAR(said[0] + said[1], 1.0, 1e-12);
}

TEST_F(CInterface, ActsAsThePolicyDoesBitForBit) {
    for (const NetworkParams& params : {feed_forward, recurrent}) {
        const Model discrete = of_control(params);
        const Model continuous = testing::model_of(PendulumTask(PendulumTask::Params{}, TaskContext{}), params);
        for (const Model& model : {discrete, continuous}) {
            Policy policy(model);
            const ModelHandle handle(model);
            const NetworkHandle run(handle.get(), 1);
            float expected = 0.0F;
            float action = 0.0F;
            for (std::uint32_t step = 0; step < 5; ++step) {
                const std::vector<float> observation = random_numbers(policy.observations().size(), step);
                policy.act(observation, {&expected, 1});
                ASSERT_EQ(clade_network_act(run.get(), observation.data(), observation.size(), &action, 1), CLADE_OK);
                EXPECT_EQ(action, expected) << "step " << step;
            }
        }
    }
}

TEST_F(CInterface, CopiesAndForgetsTheStateOfANetwork) {
    for (const Model& model : {of_data(false, recurrent), of_control(recurrent)}) {
        const ModelHandle handle(model);
        const NetworkHandle one(handle.get(), 2);
        const NetworkHandle other(handle.get(), 2);
        const std::vector<float> inputs = random_numbers(2 * clade_model_count(handle.get(), CLADE_INPUTS), 4);
        const auto step = [&](const NetworkHandle& run) {
            std::vector<float> outputs(clade_model_count(handle.get(), CLADE_OUTPUTS));
            std::vector<float> rows(2 * outputs.size());
            EXPECT_EQ(
                clade_network_activate(run.get(), inputs.data(), inputs.size() / 2, outputs.data(), outputs.size()),
                CLADE_OK);
            EXPECT_EQ(clade_network_activate_batch(run.get(), inputs.data(), rows.data(), 2), CLADE_OK);
            outputs.insert(outputs.end(), rows.begin(), rows.end());
            return outputs;
        };
        const std::vector<float> first = step(one);
        ASSERT_EQ(clade_network_copy_state(other.get(), one.get()), CLADE_OK);
        const std::vector<float> second = step(one);
        EXPECT_NE(second, first) << "it remembers";
        EXPECT_EQ(step(other), second);
        ASSERT_EQ(clade_network_reset(one.get()), CLADE_OK);
        EXPECT_EQ(step(one), first);
    }
}

TEST_F(CInterface, NamesAllThatAModelTakesAndGives) {
    const ModelHandle handle(of_data(false, feed_forward));
    const clade_model* model = handle.get();
    EXPECT_EQ(clade_model_count(model, CLADE_COLUMNS), 5U);
    EXPECT_STREQ(clade_model_name(model, CLADE_COLUMNS, 1), "city");
    EXPECT_EQ(clade_model_find(model, CLADE_COLUMNS, "city"), 1U);
    EXPECT_EQ(clade_model_find(model, CLADE_COLUMNS, "town"), CLADE_NOT_FOUND);
    EXPECT_STREQ(clade_model_category(model, 1, 1), "Bonn");
    EXPECT_EQ(clade_model_category(model, 1, 4), nullptr);
    EXPECT_EQ(clade_model_category(model, 0, 0), nullptr) << "a column of numbers";
    EXPECT_EQ(clade_model_category(model, 5, 0), nullptr);
    EXPECT_STREQ(clade_model_name(model, CLADE_PREDICTIONS, 1), "good");
    EXPECT_STREQ(clade_model_name(model, CLADE_LABELS, 0), "outcome");
    EXPECT_EQ(clade_model_name(model, CLADE_LABELS, 1), nullptr);
    EXPECT_EQ(clade_model_count(model, CLADE_ACTIONS), 0U);
    EXPECT_EQ(clade_model_count(model, CLADE_INPUTS), handle.model().genome.store.shape().input_count);
    EXPECT_EQ(clade_model_find(model, CLADE_INPUTS, "city=Bonn"), 3U);

    const ModelHandle control(of_control(recurrent));
    EXPECT_EQ(clade_model_count(control.get(), CLADE_ACTIONS), 1U);
    EXPECT_EQ(clade_model_count(control.get(), CLADE_CHOICES), 2U);
    clade_signal signal{};
    ASSERT_EQ(clade_model_signal(control.get(), CLADE_INPUTS, 0, &signal), CLADE_OK);
    const Signal& known = control.model().interface.inputs[0];
    EXPECT_EQ(signal.unit, known.unit);
    EXPECT_EQ(signal.scale, known.scale);
    EXPECT_EQ(signal.low, known.low);
    EXPECT_EQ(signal.high, known.high);
    ASSERT_EQ(clade_model_signal(control.get(), CLADE_ACTIONS, 0, &signal), CLADE_OK) << "the index of a choice";
    EXPECT_STREQ(signal.unit, "");
    EXPECT_EQ(clade_model_signal(control.get(), CLADE_INPUTS, 99, &signal), CLADE_WRONG_CALL);
    EXPECT_EQ(clade_model_signal(control.get(), CLADE_CHOICES, 0, &signal), CLADE_WRONG_CALL);

    clade_origin origin{};
    ASSERT_EQ(clade_model_origin(control.get(), &origin), CLADE_OK);
    EXPECT_EQ(origin.task, control.model().origin.task);
    EXPECT_EQ(origin.genome, control.model().origin.genome);
    EXPECT_EQ(origin.fitness, control.model().origin.fitness);
    EXPECT_EQ(origin.recurrent, 1);
}

TEST_F(CInterface, TellsInWordsWhatIsWrongWithAModel) {
    clade_model* model = nullptr;
    EXPECT_EQ(clade_model_load("no/such/file.json", &model), CLADE_WRONG_INPUT);
    EXPECT_STREQ(clade_error_text(), "no/such/file.json: cannot be read");
    EXPECT_EQ(clade_model_parse("{", 1, &model), CLADE_WRONG_INPUT);
    EXPECT_NE(std::string(clade_error_text()).find("parse error"), std::string::npos) << clade_error_text();
    EXPECT_EQ(model, nullptr);
    const ModelHandle handle(of_data(false, feed_forward));
    const NetworkHandle run(handle.get(), 1);
    const std::array row{31.5, 9.0, 2.0, 1.0, 0.0};
    std::array<double, 2> said{-1.0, -1.0};
    EXPECT_EQ(clade_network_predict(run.get(), row.data(), 5, said.data(), 2, nullptr, 0), CLADE_WRONG_INPUT);
    EXPECT_STREQ(clade_error_text(), "row 1: column 'city' must have the position of one of 4 categories, got 9");
    EXPECT_EQ(said[0], -1.0) << "nothing was written";
    Model indirect = of_data(false, feed_forward);
    indirect.is_direct = false;
    clade_network* network = nullptr;
    EXPECT_EQ(clade_network_create(ModelHandle(indirect).get(), 1, &network), CLADE_WRONG_INPUT);
    EXPECT_NE(std::string(clade_error_text()).find("decoder"), std::string::npos) << clade_error_text();
}

TEST_F(CInterface, RefusesWrongCalls) {
    const ModelHandle handle(of_data(false, feed_forward));
    const NetworkHandle run(handle.get(), 1);
    const std::vector<float> inputs(clade_model_count(handle.get(), CLADE_INPUTS));
    std::array<float, 2> outputs{};
    clade_model* model = nullptr;
    clade_network* network = nullptr;
    clade_signal signal{};
    const std::vector<clade_status> statuses{
        clade_model_load(nullptr, &model),
        clade_model_load("champion.json", nullptr),
        clade_model_parse(nullptr, 0, &model),
        clade_model_signal(nullptr, CLADE_INPUTS, 0, &signal),
        clade_model_signal(handle.get(), CLADE_INPUTS, 0, nullptr),
        clade_model_origin(nullptr, nullptr),
        clade_network_create(nullptr, 1, &network),
        clade_network_create(handle.get(), 1, nullptr),
        clade_network_create(handle.get(), 0, &network),
        clade_network_create(handle.get(), SIZE_MAX, &network),
        clade_network_reset(nullptr),
        clade_network_copy_state(run.get(), nullptr),
        clade_network_copy_state(nullptr, run.get()),
        clade_network_activate(nullptr, inputs.data(), inputs.size(), outputs.data(), 2),
        clade_network_activate(run.get(), nullptr, inputs.size(), outputs.data(), 2),
        clade_network_activate(run.get(), inputs.data(), inputs.size(), nullptr, 2),
        clade_network_activate(run.get(), inputs.data(), inputs.size() - 1, outputs.data(), 2),
        clade_network_activate(run.get(), inputs.data(), inputs.size(), outputs.data(), 1),
        clade_network_activate_batch(run.get(), nullptr, outputs.data(), 1),
        clade_network_predict(run.get(), nullptr, 5, nullptr, 2, nullptr, 0),
        clade_network_predict(nullptr, nullptr, 5, nullptr, 2, nullptr, 0),
        clade_network_act(run.get(), inputs.data(), inputs.size(), outputs.data(), 1),
        clade_network_act(nullptr, inputs.data(), inputs.size(), outputs.data(), 1)};
    for (std::size_t call = 0; call < statuses.size(); ++call) {
        EXPECT_EQ(statuses[call], CLADE_WRONG_CALL) << "call " << call;
    }
    EXPECT_EQ(clade_network_activate(run.get(), inputs.data(), 3, outputs.data(), 2), CLADE_WRONG_CALL);
    EXPECT_EQ(clade_error_text(), "the number of inputs must be " + std::to_string(inputs.size()) + ", got 3");
    EXPECT_EQ(model, nullptr);
    EXPECT_EQ(network, nullptr);
    EXPECT_EQ(clade_model_count(nullptr, CLADE_INPUTS), 0U);
    EXPECT_EQ(clade_model_count(handle.get(), 99), 0U);
    EXPECT_EQ(clade_model_count(handle.get(), -1), 0U);
    EXPECT_EQ(clade_model_name(nullptr, CLADE_INPUTS, 0), nullptr);
    EXPECT_EQ(clade_model_find(handle.get(), CLADE_INPUTS, nullptr), CLADE_NOT_FOUND);
    EXPECT_EQ(clade_model_category(nullptr, 0, 0), nullptr);
    clade_model_destroy(nullptr);
    clade_network_destroy(nullptr);
}

TEST_F(CInterface, KeepsANetworkAliveWithoutItsModel) {
    clade_network* network = nullptr;
    {
        const ModelHandle handle(of_data(false, feed_forward));
        ASSERT_EQ(clade_network_create(handle.get(), 1, &network), CLADE_OK);
    }
    const std::array row{31.5, 1.0, 2.0, 1.0, 1710124200.0};
    std::array<double, 2> said{};
    EXPECT_EQ(clade_network_predict(network, row.data(), 5, said.data(), 2, nullptr, 0), CLADE_OK);
    clade_network_destroy(network);
}

TEST_F(CInterface, RefusesTheStateOfAnotherModel) {
    const ModelHandle data(of_data(false, recurrent));
    const ModelHandle control(of_control(recurrent));
    const NetworkHandle one(data.get(), 1);
    EXPECT_EQ(clade_network_copy_state(one.get(), NetworkHandle(control.get(), 1).get()), CLADE_WRONG_INPUT);
    EXPECT_EQ(clade_network_copy_state(one.get(), NetworkHandle(data.get(), 2).get()), CLADE_WRONG_CALL);
}

}  // namespace
}  // namespace clade
