// A file of rows without a configuration: `clade run --data`.
#include "tests/clade/program_fixture.hpp"

#include "tests/support/messages.hpp"

#include <clade/experiment/run/run_folder.hpp>

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

namespace clade {
namespace {

class RunOfData : public Program {
protected:
    void SetUp() override {
        Program::SetUp();
        std::filesystem::copy_file(CLADE_SOURCE_DIR "/configs/data/iris.csv", folder_ / "iris.csv");
    }
    [[nodiscard]] std::string refusal(Words words) const {
        words.insert(words.begin(), {"run", "--data", "iris.csv"});
        const Result result = clade(words);
        EXPECT_EQ(result.code, 2) << result.out;
        return result.err;
    }
};

TEST_F(RunOfData, LearnsClassesWithoutAConfiguration) {
    const Result result = clade({"run", "--data", "iris.csv", "--label", "species", "--seed", "1", "--format", "json"});
    ASSERT_EQ(result.code, 0) << result.err;
    const auto json = nlohmann::json::parse(result.out);
    EXPECT_EQ(json["name"], "iris");
    EXPECT_EQ(json["outcome"], "validation_stagnation");
    EXPECT_GE(json["measures"]["test accuracy"], 0.9);
    EXPECT_TRUE(json["champion"]["held_out"]["validated"].get<bool>());
}

TEST_F(RunOfData, LearnsNumbersWithoutAConfiguration) {
    const Result result =
        clade({"run", "--data", "iris.csv", "--target", "petal_length_cm", "--target", "petal_width_cm", "--set",
               "task.exclude=[species]", "--seed", "1", "--format", "json"});
    ASSERT_EQ(result.code, 0) << result.err;
    EXPECT_GE(nlohmann::json::parse(result.out)["measures"]["test R2"], 0.85);
}

/// The class of a row is the parity of the bits so far: nothing can be learnt from a row alone. Rows are not in order.
void write_running_parity(const std::filesystem::path& file, std::size_t sequences) {
    std::string text = "id,time,bit,parity\n";
    for (std::size_t time = 9; time > 0; --time) {
        for (std::size_t s = 0; s < sequences; ++s) {
            const auto bit = [&](std::size_t t) { return (s * 2654435761U >> (t + 8)) % 2; };
            std::size_t sum = 0;
            for (std::size_t t = 1; t <= time; ++t) sum += bit(t);
            text += "s" + std::to_string(s) + "," + std::to_string(time) + "," + std::to_string(bit(time)) +
                    (sum % 2 == 0 ? ",even\n" : ",odd\n");
        }
    }
    replace_file(file, std::string_view(text));
}

const Words parity_words{"run", "--data", "parity.csv", "--label", "parity", "--seed", "1", "--format", "json"};

TEST_F(RunOfData, LearnsFromTheRowsBeforeInASequence) {
    write_running_parity(folder_ / "parity.csv", 80);
    Words words = parity_words;
    words.insert(words.end(), {"--set", "task.sequence={by: id, order: time}"});
    const Result result = clade(words);
    ASSERT_EQ(result.code, 0) << result.err;
    EXPECT_EQ(nlohmann::json::parse(result.out)["measures"]["test accuracy"], 1.0);
    words = parity_words;
    words.insert(words.end(), {"--set", "task.exclude=[id, time]"});
    const Result alone = clade(words);
    ASSERT_EQ(alone.code, 0) << alone.err;
    EXPECT_LT(nlohmann::json::parse(alone.out)["measures"]["test accuracy"], 0.7) << "a row alone does not tell";
}

TEST_F(RunOfData, RefusesSequencesForNetworksWithoutMemory) {
    write_running_parity(folder_ / "parity.csv", 8);
    Words words = parity_words;
    words.insert(words.end(), {"--set", "task.sequence.by=id", "--set", "genome.network=feed_forward"});
    const Result result = clade(words);
    EXPECT_EQ(result.code, 2);
    expect_contains(result.err, "genome.network: must be recurrent for task 'supervised' as configured");
    words.insert(words.end() - 2, {"--set", "refine.method=adam"});
    words.back() = "genome.network=recurrent";
    expect_contains(clade(words).err, "genome.network: must be feed_forward with refine.method: adam");
}

/// Whether points of the plane are right of, above and beyond a line; the last class has three values.
void write_points(const std::filesystem::path& file, std::size_t rows) {
    std::string text = "x,y,right,above,far\n";
    for (std::size_t row = 0; row < rows; ++row) {
        const auto number = [&](std::size_t seed) {
            return static_cast<double>((row + 1) * seed % 1009) / 1009.0 - 0.5;
        };
        const double x = number(367);
        const double y = number(613);
        const double sum = x + y;
        text += std::to_string(x) + "," + std::to_string(y) + (x > 0 ? ",1" : ",0") + (y > 0 ? ",yes" : ",no") +
                (sum < -0.3  ? ",low\n"
                 : sum > 0.3 ? ",high\n"
                             : ",middle\n");
    }
    replace_file(file, std::string_view(text));
}

TEST_F(RunOfData, LearnsSeveralLabelsAtOnce) {
    write_points(folder_ / "points.csv", 400);
    const Result result = clade({"run", "--data", "points.csv", "--set", "task.labels=[right, above, far]", "--seed",
                                 "1", "--set", "stop.generations=30", "--format", "json", "--out", "points"});
    ASSERT_EQ(result.code, 0) << result.err;
    const auto measures = nlohmann::json::parse(result.out)["measures"];
    const double mean =
        (measures["test accuracy of right"].get<double>() + measures["test accuracy of above"].get<double>() +
         measures["test accuracy of far"].get<double>()) /
        3.0;
    EXPECT_GT(mean, 0.93);
    EXPECT_NEAR(measures["test accuracy"], mean, 1e-12);
    EXPECT_LE(measures["test exact match"], mean);
    EXPECT_GT(measures["test exact match"], 0.8);

    replace_file(folder_ / "new.csv", std::string_view("y,x\n0.4,-0.3\n-0.45,-0.4\n"));
    const Result said = clade({"predict", "points", "new.csv"});
    ASSERT_EQ(said.code, 0) << said.err;
    EXPECT_TRUE(
        said.out.starts_with("row,right,above,far,probability right=0,probability right=1,probability above=no,"
                             "probability above=yes,probability far=high,"))
        << said.out;
    EXPECT_NE(said.out.find("\n1,0,yes,middle,"), std::string::npos) << said.out;
    EXPECT_NE(said.out.find("\n2,0,no,low,"), std::string::npos) << said.out;
    const auto json = nlohmann::json::parse(clade({"predict", "points", "new.csv", "--format", "json"}).out);
    EXPECT_EQ(json["predictions"][1]["class"], (nlohmann::json{{"right", "0"}, {"above", "no"}, {"far", "low"}}));

    const Result scores = clade({"evaluate", "points", "points.csv"});
    ASSERT_EQ(scores.code, 0) << scores.err;
    for (const char* part : {"test F1 macro of far: ", "test exact match: ", "test: label"})
        expect_contains(scores.out, part);
    const Result importance = clade({"inspect", "points", "--importance"});
    EXPECT_EQ(importance.code, 0) << importance.err;
    const Result report = clade({"report", "points", "-o", "points.html"});
    EXPECT_EQ(report.code, 0) << report.err;
}

TEST_F(RunOfData, RefusesLabelAndLabelsAtOnce) {
    EXPECT_NE(refusal({"--label", "species", "--set", "task.labels=[species, sepal_width_cm]"})
                  .find("task.labels: must be empty where label is set"),
              std::string::npos);
    EXPECT_NE(refusal({"--set", "task.labels=[species, family]"}).find("must name column 'family'"), std::string::npos);
    EXPECT_NE(refusal({"--target", "petal_width_cm", "--set", "task.labels=[species]"}).find("set one of them"),
              std::string::npos);
}

TEST_F(RunOfData, LeavesAConfigurationThatGivesTheSameRun) {
    const Result first = clade({"run", "--data", "iris.csv", "--label", "species", "--seed", "1", "--format", "json"});
    ASSERT_EQ(first.code, 0) << first.err;
    const std::string config = (runs().front() / "config.yaml").string();
    const Result again = clade({"run", config, "--format", "json"});
    ASSERT_EQ(again.code, 0) << again.err;
    EXPECT_EQ(nlohmann::json::parse(first.out)["digest"], nlohmann::json::parse(again.out)["digest"]);
}

TEST_F(RunOfData, RefusesALabelThatIsAnIdentifier) {
    replace_file(folder_ / "ids.csv", std::string_view("id,x\na,1\nb,2\nc,3\nd,4\n"));
    const Result result = clade({"run", "--data", "ids.csv", "--label", "id"});
    EXPECT_EQ(result.code, 2) << result.out;
    EXPECT_NE(result.err.find("got 4 classes in 4 rows; is it an identifier?"), std::string::npos) << result.err;
}

TEST_F(RunOfData, SaysHowToLearnFromAFileThatIsTakenForAConfiguration) {
    const Result result = clade({"run", "iris.csv", "--label", "species"});
    EXPECT_EQ(result.code, 2) << result.out;
    EXPECT_NE(result.err.find("iris.csv: is a data file, not a configuration; to learn from it: --data iris.csv"),
              std::string::npos)
        << result.err;
}

TEST_F(RunOfData, NamesTheColumnsWhereWhatToPredictIsMissingOrMisspelt) {
    const std::string nothing = refusal({});
    EXPECT_NE(nothing.find("the columns are: sepal_length_cm sepal_width_cm petal_length_cm petal_width_cm species"),
              std::string::npos)
        << nothing;
    const std::string misspelt = refusal({"--label", "spceies"});
    EXPECT_NE(misspelt.find("did you mean 'species'?"), std::string::npos) << misspelt;
    const std::string both = refusal({"--label", "species", "--target", "petal_length_cm"});
    EXPECT_EQ(both,
              "--label species: is for classes, and targets is for numbers: set one of them\n"
              "1 problem on the command line; nothing was run\n");
    const Result gone = clade({"run", "--data", "gone.csv", "--label", "species"});
    EXPECT_EQ(gone.code, 2);
    EXPECT_TRUE(gone.err.starts_with("--data gone.csv: ")) << gone.err;
}

TEST_F(RunOfData, SaysHowKeysOfTheDataAreSetWithoutAConfiguration) {
    replace_file(folder_ / "towns.csv", std::string_view("town,x,y\nBonn,1,u\nUlm,2,v\nUlm,3,u\n"));
    const Result text = clade({"run", "--data", "towns.csv", "--label", "y"});
    EXPECT_EQ(text.code, 2) << text.out;
    EXPECT_NE(text.err.find("got 'Bonn' (the first of 3); name the column under categorical"), std::string::npos);
    EXPECT_NE(text.err.find("keys of the data are set with --set task.KEY=VALUE"), std::string::npos) << text.err;
    const Result target = clade({"run", "--data", "towns.csv", "--target", "y", "--set", "task.exclude=[town]"});
    EXPECT_NE(target.err.find("to predict classes use label instead of targets (--label)"), std::string::npos)
        << target.err;
}

TEST_F(RunOfData, RefusesAFlagThatIsGivenTwice) {
    EXPECT_EQ(refusal({"--label", "species", "--label", "sepal_length_cm"}),
              "clade run: --label must be given once, got species and sepal_length_cm\nsee 'clade run --help'\n");
}

TEST_F(RunOfData, IsOfNoOtherCommand) {
    for (const char* command : {"trials", "cross-validate"}) {
        const Result result = clade({command, "--data", "iris.csv"});
        EXPECT_EQ(result.code, 2) << result.out;
        EXPECT_NE(result.err.find("is of 'clade run' alone; write a configuration"), std::string::npos) << result.err;
    }
}

TEST_F(RunOfData, WarnsOfInputsThatTeachNothingAndOfClassesWithOneRow) {
    std::string rows = "a,b,y\n";
    for (int i = 0; i < 20; ++i) rows += "7," + std::to_string(i) + (i % 2 == 0 ? ",even\n" : ",odd\n");
    replace_file(folder_ / "constant.csv", rows + "7,20,rare\n");
    const Result result = clade({"run", "--data", "constant.csv", "--label", "y", "--set", "task.test_fraction=0",
                                 "--set", "task.validation_fraction=0", "--set", "stop.generations=1"});
    EXPECT_EQ(result.code, 0) << result.err;
    const std::string log = read_file(runs().front() / "run.log");
    EXPECT_NE(log.find("inputs that have one value in all training rows, from which nothing can be learnt: 'a'\n"),
              std::string::npos)
        << log;
    EXPECT_NE(log.find("classes that have one training row: 'rare'\n"), std::string::npos) << log;
}

TEST_F(RunOfData, RefusesALabelOfManyNumbersUnlessTheyAreSaidToBeClasses) {
    std::string rows = "x,y\n";
    for (int i = 0; i < 100; ++i) rows += std::to_string(i) + "," + std::to_string(i / 2) + ".5\n";
    replace_file(folder_ / "numbers.csv", rows);
    const Result refused = clade({"run", "--data", "numbers.csv", "--label", "y"});
    EXPECT_EQ(refused.code, 2);
    EXPECT_NE(refused.err.find("has 50 different numbers in 100 rows; to predict numbers use targets (--target y)"),
              std::string::npos)
        << refused.err;
    const Result meant = clade({"run", "--data", "numbers.csv", "--label", "y", "--set", "task.kind=classification",
                                "--set", "stop.generations=1", "--quiet"});
    EXPECT_EQ(meant.code, 0) << meant.err;
}

}  // namespace
}  // namespace clade
