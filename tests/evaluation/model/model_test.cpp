// Models as files: everything comes back, and what is damaged is refused with its place.
#include "tests/evaluation/model/model_fixture.hpp"

#include "tests/support/messages.hpp"

#include <clade/core/error.hpp>
#include <clade/evaluation/tasks/builtin_tasks.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <random>
#include <string>
#include <vector>

namespace clade {
namespace {

using Json = nlohmann::ordered_json;
using testing::model_of;

class ModelFileTest : public FolderTest {
protected:
    [[nodiscard]] Model of_every_kind() const {
        testing::write_lines(folder_ / "all.csv", testing::header_of_every_kind, testing::rows_of_every_kind(40));
        return model_of(SupervisedTask(testing::params_of_every_kind(folder_ / "all.csv"), {.seed = 1}));
    }
};

TEST_F(ModelFileTest, ReadsBackAsItWas) {
    const Model model = of_every_kind();
    const std::string text = model_to_json(model);
    const Model again = model_from_json(text);
    EXPECT_EQ(model_to_json(again), text);
    EXPECT_EQ(again.genome.store.digest(), model.genome.store.digest());
    EXPECT_EQ(again.origin.task, "supervised");
    EXPECT_EQ(again.origin.fitness, 0.25);
    const DataInterface& data = data_of(again);
    ASSERT_EQ(data.columns.size(), 5U);
    EXPECT_EQ(data.columns[0].fill, data_of(model).columns[0].fill);
    EXPECT_EQ(data.columns[0].mean, data_of(model).columns[0].mean);
    EXPECT_EQ(data.columns[4].time_parts, (std::vector<std::string>{"seconds", "month", "hour"}));
    EXPECT_EQ(data.format.missing, CsvFormat{}.missing);
    EXPECT_EQ(data.labels[0].classes, (std::vector<std::string>{"bad", "good"}));
}

/// A model of every task that Clade has, made with its defaults.
TEST(ModelOfTask, IsSoundForEveryBuiltInTask) {
    std::size_t seen = 0;
    const TaskRegistry tasks = builtin_tasks();
    for (const auto& entry : tasks.entries()) {
        if (entry.name == "supervised") continue;
        const Model model = model_of(*entry.blueprint()->make({.seed = 1}));
        EXPECT_EQ(model_to_json(model_from_json(model_to_json(model))), model_to_json(model)) << entry.name;
        ++seen;
    }
    EXPECT_GT(seen, 10U);
}

TEST_F(ModelFileTest, IsReadAsAGenomeByThoseWhoWantThatAlone) {
    const Model model = of_every_kind();
    EXPECT_EQ(genome_from_json(model_to_json(model)).store.digest(), model.genome.store.digest());
}

TEST_F(ModelFileTest, AGenomeAloneIsAModelWithoutData) {
    const SavedGenome genome{testing::random_genome({}, 5), NetworkKind::feed_forward};
    const Model model = model_from_json(genome_to_json(genome.store, 0, genome.network));
    EXPECT_EQ(model.genome.store.digest(), genome.store.digest());
    EXPECT_FALSE(model.interface.data || model.interface.control);
}

/// The message about a model file in which `change` was made.
template <class Change>
std::string message_about(const Model& model, const Change& change) {
    Json json = Json::parse(model_to_json(model));
    change(json);
    return message_of<FormatError>([&] { (void)model_from_json(json.dump()); });
}

TEST_F(ModelFileTest, ADamagedKeyIsNamedWithItsPlaceAndValue) {
    const Model model = of_every_kind();
    const auto about = [&](auto&& change) { return message_about(model, change); };
    EXPECT_EQ(about([](Json& json) { json["data"]["columns"][1]["mean"] = "x"; }),
              "model: data.columns[1].mean must be a list of numbers, got \"x\"");
    EXPECT_EQ(about([](Json& json) { json["data"]["columns"][4]["kind"] = "tim"; }),
              "model: data.columns[4].kind must be one of number, category, ordinal, boolean, time, got \"tim\"");
    EXPECT_EQ(about([](Json& json) { json["data"]["columns"][0]["deviation"][0] = 0; }),
              "model: data.columns[0].deviation must be greater than 0, got 0");
    EXPECT_EQ(about([](Json& json) { json["data"]["columns"][0].erase("fill"); }),
              "model: data.columns[0]: the key 'fill' is missing");
    EXPECT_EQ(about([](Json& json) { json["data"]["columns"][4]["time_parts"][0] = "hours"; }),
              "model: column 'start' must have known parts of times: unknown part 'hours'; did you mean 'hour'?");
    EXPECT_EQ(about([](Json& json) { json["data"]["columns"][1]["mean"].erase(0); }),
              "model: column 'city' must have a mean and a deviation for each of 4 inputs, got 3 and 4");
    EXPECT_EQ(about([](Json& json) { json["data"]["columns"].erase(0); }),
              "model: inputs of data.columns must be as many as those of the genome, 13, got 11");
    EXPECT_EQ(about([](Json& json) { json["data"]["labels"][0]["classes"] = {"bad"}; }),
              "model: classes or targets of data must be as many as those of the genome, 2, got 1");
    EXPECT_EQ(about([](Json& json) {
                  json["data"]["labels"][0]["classes"] = {"bad", "bad"};
              }),
              "model: data.labels must have each class once");
    EXPECT_EQ(about([](Json& json) { json["data"]["steps"] = 3e9; }),
              "model: data.steps must be a whole number of at most 2147483647, got 3000000000.0");
    EXPECT_EQ(about([](Json& json) { json["origin"]["seed"] = -1; }),
              "model: origin.seed must be a whole number that is not negative, got -1");
    EXPECT_EQ(about([](Json& json) { json["data"] = 5; }), "model: data must be an object, got 5");
    EXPECT_EQ(about([](Json& json) { json["inputs"] = 5; }), "model: inputs must be a list, got 5");
    EXPECT_EQ(about([](Json& json) { json["genome"]["nodes"] = 5; }), "model: genome: nodes must be a list, got 5");
    EXPECT_EQ(about([](Json& json) { json["clade_model"] = 2; }), "model: clade_model must be between 1 and 1, got 2");
    EXPECT_EQ(about([](Json& json) { json["colour\x1b"] = 1; }),
              "model: unknown key 'colour\\u001b'; a newer version of Clade may have written it: read it with that "
              "version");
}

TEST_F(ModelFileTest, DeepNestingIsRefusedBeforeItFillsTheStack) {
    const std::string nested(200'000, '[');
    for (const std::string& text :
         {nested, "{\"clade_model\": " + nested, "{\"text\": \"[[[\\\"\", \"x\": " + nested}) {
        EXPECT_EQ(message_of<FormatError>([&] { (void)model_from_json(text); }),
                  "model: must be nested at most 64 deep, got more");
        EXPECT_EQ(message_of<FormatError>([&] { (void)genome_from_json(text); }),
                  "genome: must be nested at most 64 deep, got more");
    }
    const std::string brackets_in_texts = "{\"clade_model\": \"" + std::string(100, '[') + "\"}";
    expect_contains(message_of<FormatError>([&] { (void)model_from_json(brackets_in_texts); }), "clade_model must be");
}

TEST_F(ModelFileTest, DamagedBytesAreRefusedAndNeverCrash) {
    const std::string text = model_to_json(of_every_kind());
    std::mt19937_64 random(1);
    std::size_t refused = 0;
    for (int round = 0; round < 2000; ++round) {
        std::string damaged = text;
        for (int change = 0; change <= round % 3; ++change) {
            damaged[random() % damaged.size()] = static_cast<char>(random());
        }
        if (round % 5 == 0) damaged.resize(random() % damaged.size());
        try {
            Predictor predictor(model_from_json(damaged));
            (void)predictor.predict_row(std::vector<double>(predictor.columns().size(), 0.0));
        } catch (const Error&) {
            ++refused;
        }
    }
    EXPECT_GT(refused, 1000U);
}

TEST_F(ModelFileTest, IsNamedWhereItCannotBeRead) {
    expect_contains(message_of<Error>([&] { (void)load_model(folder_ / "none.json"); }), "none.json: cannot be read");
    std::ofstream(folder_ / "cut.json") << "{\"clade_model\": 1";
    expect_contains(message_of<FormatError>([&] { (void)load_model(folder_ / "cut.json"); }),
                    "cut.json: model: parse error at line 1");
    expect_contains(message_of<Error>([&] { (void)load_model(folder_); }), "must be a regular file");
}

}  // namespace
}  // namespace clade
