// A trained model on rows of a file: clade predict, clade evaluate, and what a program does with the champion's file.
#include "tests/clade/program_fixture.hpp"

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace clade {
namespace {

using Json = nlohmann::json;

const std::string config_of_iris = CLADE_SOURCE_DIR "/configs/iris.yaml";
const std::string iris_rows = CLADE_SOURCE_DIR "/configs/data/iris.csv";

class ProgramModel : public Program {
protected:
    [[nodiscard]] fs::path run_iris() const {
        const Result result = clade({"run", config_of_iris, "--seed", "7", "--threads", "1", "--quiet", "--set",
                                     "stop.generations=5", "--out", "iris"});
        EXPECT_EQ(result.code, 0) << result.err;
        return folder_ / result.out.substr(0, result.out.find('\n'));
    }

    void write(const std::string& name, const std::string& text) const { std::ofstream(folder_ / name) << text; }
};

TEST_F(ProgramModel, PredictsALineForEachRowWithTheClassOfGreatestProbability) {
    const fs::path run = run_iris();
    const Result result = clade({"predict", "iris", iris_rows});
    ASSERT_EQ(result.code, 0) << result.err;
    std::istringstream lines(result.out);
    std::string line;
    std::getline(lines, line);
    EXPECT_EQ(line, "row,species,probability setosa,probability versicolor,probability virginica");
    const std::vector<std::string> classes{"setosa", "versicolor", "virginica"};
    std::size_t rows = 0;
    while (std::getline(lines, line)) {
        std::istringstream cells(line);
        std::string row;
        std::string said;
        std::getline(cells, row, ',');
        std::getline(cells, said, ',');
        std::vector<double> probability;
        for (std::string cell; std::getline(cells, cell, ',');) probability.push_back(std::stod(cell));
        ASSERT_EQ(probability.size(), 3U);
        EXPECT_EQ(row, std::to_string(++rows));
        EXPECT_EQ(said, classes[static_cast<std::size_t>(std::ranges::max_element(probability) - probability.begin())]);
        EXPECT_NEAR(probability[0] + probability[1] + probability[2], 1.0, 1e-9);
    }
    EXPECT_EQ(rows, 150U);
    EXPECT_EQ(clade({"predict", (run / "champion.json").string(), iris_rows, "-o", "said.csv"}).out, "said.csv\n");
    EXPECT_EQ(read_file(folder_ / "said.csv"), result.out);
    EXPECT_EQ(shell("cat '" + iris_rows + "' | " CLADE_PROGRAM " predict iris -").out, result.out);
    const Result empty = shell(CLADE_PROGRAM " predict iris - < /dev/null");
    EXPECT_EQ(empty.code, 2);
    EXPECT_TRUE(empty.err.starts_with("-:1:1: ")) << empty.err;
    const Json json = Json::parse(clade({"predict", "iris", iris_rows, "--format", "json"}).out);
    EXPECT_EQ(json.at("classes"), Json(classes));
    EXPECT_EQ(json.at("predictions").size(), 150U);
    EXPECT_EQ(json.at("predictions")[0].at("row"), 1);
}

TEST_F(ProgramModel, TheChampionsFileSaysWhereItComesFrom) {
    const fs::path run = run_iris();
    const Json overview = inspected(run);
    const Json origin = Json::parse(read_file(run / "champion.json")).at("origin");
    EXPECT_EQ(origin.at("task"), "supervised");
    EXPECT_EQ(origin.at("run"), "iris");
    EXPECT_EQ(origin.at("seed"), 7);
    EXPECT_EQ(origin.at("genome"), overview.at("champion").at("id"));
    EXPECT_EQ(origin.at("generation"), overview.at("champion").at("generation"));
    EXPECT_EQ(origin.at("fitness"), overview.at("champion").at("fitness"));
    EXPECT_NE(origin.at("version"), "");
}

TEST_F(ProgramModel, IsNamedAmongWhatComesNextAfterARunOfData) {
    const Words few{"--seed", "1", "--set", "stop.generations=1"};
    Words iris{"run", config_of_iris};
    Words other{"run", xor_config};
    for (Words* words : {&iris, &other}) words->insert(words->end(), few.begin(), few.end());
    EXPECT_NE(clade(iris).out.find(" predict runs/iris-"), std::string::npos);
    EXPECT_EQ(clade(other).out.find(" predict "), std::string::npos);
}

TEST_F(ProgramModel, EvaluatesWithTheMeasuresOfARun) {
    (void)run_iris();
    const Json json = Json::parse(clade({"evaluate", "iris", iris_rows, "--format", "json"}).out);
    EXPECT_GT(json.at("measures").at("test accuracy"), 0.3);
    EXPECT_TRUE(json.at("measures").contains("test ROC AUC"));
    EXPECT_EQ(json.at("table").at("header")[0], "test: true \\ said");
    const Result text = clade({"evaluate", "iris", iris_rows});
    EXPECT_NE(text.out.find("test accuracy: "), std::string::npos) << text.out;
    EXPECT_NE(text.out.find("virginica"), std::string::npos);
    const Result lacking = clade({"evaluate", "iris", "none.csv"});
    EXPECT_EQ(lacking.code, 2);
}

TEST_F(ProgramModel, RefusesWhatCannotBePredictedWithExitCode2) {
    const fs::path run = run_iris();
    write("short.csv", "sepal_length_cm,petal_width\n1,2\n");
    const Result lacking = clade({"predict", "iris", "short.csv", "-o", "out.csv"});
    EXPECT_EQ(lacking.code, 2);
    EXPECT_NE(lacking.err.find("lacks 'sepal_width_cm', 'petal_length_cm', 'petal_width_cm' (did you mean "
                               "'petal_width'?)"),
              std::string::npos)
        << lacking.err;
    EXPECT_FALSE(fs::exists(folder_ / "out.csv"));
    write("rows.csv", read_file(iris_rows));
    EXPECT_EQ(clade({"predict", "iris", "rows.csv", "-o", "rows.csv"}).code, 2);
    EXPECT_EQ(read_file(folder_ / "rows.csv"), read_file(iris_rows));
    write("champion.json", read_file(run / "champion.json").substr(0, 3000));
    const Result cut = clade({"predict", "champion.json", iris_rows});
    EXPECT_EQ(cut.code, 2);
    EXPECT_NE(cut.err.find("champion.json: model: parse error at line"), std::string::npos) << cut.err;
    (void)run_xor();
    const Result other = clade({"predict", "runs", iris_rows});
    EXPECT_EQ(other.code, 2);
    EXPECT_NE(other.err.find("champion.json: this model of task 'xor' is not one of rows of data"), std::string::npos)
        << other.err;
    EXPECT_EQ(clade({"predict", "nowhere", iris_rows}).code, 2);
}

TEST_F(ProgramModel, EscapesHostileNamesOnTheTerminal) {
    write("hostile.csv", "x\x1b[31m,label\n1,a\x1b[2J\n2,b\n3,a\x1b[2J\n4,b\n");
    write("hostile.yaml",
          "task: {name: supervised, file: hostile.csv, label: label, validation_fraction: 0}\n"
          "stop: {generations: 2}\nevolution: {population_size: 20}\n");
    const Result run = clade({"run", "hostile.yaml", "--seed", "1", "--quiet"});
    ASSERT_EQ(run.code, 0) << run.err;
    const Result said = clade({"predict", "runs", "hostile.csv"});
    EXPECT_EQ(said.code, 0) << said.err;
    EXPECT_NE(said.out.find("probability a\\u001b[2J"), std::string::npos) << said.out;
    const Result lacking = clade({"predict", "runs", iris_rows});
    for (const std::string& text : {said.out, lacking.err}) EXPECT_EQ(text.find('\x1b'), std::string::npos) << text;
}

TEST_F(ProgramModel, ShowsWhichColumnsTheChampionNeeds) {
    (void)run_iris();
    const Result csv = clade({"inspect", "iris", "--importance", "--format", "csv"});
    ASSERT_EQ(csv.code, 0) << csv.err;
    EXPECT_EQ(csv.out.substr(0, csv.out.find('\n')), "column,mean,deviation");
    EXPECT_EQ(std::ranges::count(csv.out, '\n'), 5);
    EXPECT_EQ(clade({"inspect", "iris", "--importance", "--format", "csv"}).out, csv.out);
    const Json json = Json::parse(clade({"inspect", "iris", "--importance", "--format", "json"}).out);
    EXPECT_EQ(json.at("columns").size(), 4U);
    (void)run_xor();
    const Result other = clade({"inspect", "runs", "--importance"});
    EXPECT_EQ(other.code, 2);
    EXPECT_NE(other.err.find("--importance needs a task with columns of data; 'xor' has none"), std::string::npos);
}

TEST_F(ProgramModel, IsUsedByProgramsOfUsersWithoutItsTask) {
    const fs::path run = run_iris();
    write("one.csv", "petal_width_cm,petal_length_cm,sepal_width_cm,sepal_length_cm\n0.2,1.4,3.5,5.1\n");
    const Result said =
        Process(folder_, {CLADE_EXAMPLES "/predict", (run / "champion.json").string(), "one.csv"}).wait();
    EXPECT_EQ(said.code, 0) << said.err;
    EXPECT_EQ(said.out.substr(0, said.out.find("setosa")), "row 1: ");
    const Result control = clade({"run", CLADE_SOURCE_DIR "/configs/cart_pole.yaml", "--seed", "1", "--quiet", "--set",
                                  "stop.generations=1", "--out", "poles"});
    const fs::path poles = folder_ / control.out.substr(0, control.out.find('\n'));
    const Result action =
        Process(folder_, {CLADE_EXAMPLES "/policy", (poles / "champion.json").string(), "0", "0", "0.1", "0"}).wait();
    EXPECT_EQ(action.code, 0) << action.err;
    EXPECT_TRUE(action.out == "0\n" || action.out == "1\n") << action.out;
}

}  // namespace
}  // namespace clade
