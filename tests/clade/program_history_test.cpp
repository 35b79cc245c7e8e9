// What evolution did, as a user asks for it: `clade inspect` with its pages on the whole run, and `clade plot`.
#include "tests/clade/program_fixture.hpp"
#include "tests/support/lines.hpp"
#include "tests/support/well_formed_xml.hpp"

#include <fstream>
#include <map>
#include <set>

namespace clade {
namespace {

class ProgramHistory : public Program {
protected:
    void SetUp() override {
        Program::SetUp();
        run_ = run_xor({"--set", "stop.generations=12", "--set", "evolution.population_size=40"}).string();
    }

    [[nodiscard]] Result inspect(Words words) const {
        words.insert(words.begin(), {"inspect", run_});
        return clade(std::move(words));
    }
    [[nodiscard]] nlohmann::json json_of(Words words) const {
        words.insert(words.end(), {"--format", "json"});
        const Result result = inspect(std::move(words));
        EXPECT_EQ(result.code, 0) << result.err;
        return nlohmann::json::parse(result.out, nullptr, false);
    }
    [[nodiscard]] std::size_t csv_rows(Words words) const {
        words.insert(words.end(), {"--format", "csv"});
        const auto lines = lines_of(inspect(std::move(words)).out);
        EXPECT_FALSE(lines.empty());
        const auto commas = std::ranges::count(lines.at(0), ',');
        for (const std::string& line : lines) EXPECT_EQ(std::ranges::count(line, ','), commas) << line;
        return lines.size() - 1;
    }

    std::string run_;
};

TEST_F(ProgramHistory, TheLineOfTheChampionIsShownUnlessAnotherIsAskedFor) {
    const auto champion = inspected(run_)["champion"];
    const auto line = json_of({"--lineage"});
    EXPECT_EQ(line["genome"], champion["id"]);
    EXPECT_EQ(line["ancestors"].size(), champion["generation"].get<std::size_t>() + 1);
    EXPECT_EQ(line["ancestors"].back()["fitness"], champion["fitness"]);
    EXPECT_EQ(json_of({"--lineage", "123"})["genome"], 123);
    EXPECT_EQ(inspect({"--lineage", "123"}).out.substr(0, 6), "genome");
    std::size_t changes = 0;
    for (const auto& rise : line["rises"]) {
        EXPECT_GT(rise["fitness"], rise["parent_fitness"]);
        changes += std::max<std::size_t>(rise["changes"].size(), 1);
    }
    EXPECT_EQ(csv_rows({"--lineage"}), changes);
}

TEST_F(ProgramHistory, TwoGenomesAreComparedGeneByGene) {
    const auto diff = json_of({"--diff", "3", "400"});
    EXPECT_EQ(diff["a"]["id"], 3);
    EXPECT_EQ(diff["b"]["id"], 400);
    EXPECT_GT(diff["differences"].size(), 0U);
    EXPECT_EQ(csv_rows({"--diff", "3", "400"}), diff["differences"].size());
    EXPECT_EQ(json_of({"--diff", "400", "3"})["differences"].size(), diff["differences"].size());
    EXPECT_EQ(json_of({"--diff", "3", "3"})["differences"].size(), 0U);
    EXPECT_EQ(json_of({"--diff", "3", "3"})["distance"], 0.0);
}

TEST_F(ProgramHistory, TheTimelineHasEverySpecies) {
    std::set<int> ids;
    for (int generation = 0; generation < 12; ++generation) {
        const auto page = json_of({"--generation", std::to_string(generation)});
        for (const auto& species : page["species"]) {
            ids.insert(species["id"].get<int>());
        }
    }
    const auto timeline = json_of({"--timeline"});
    EXPECT_EQ(timeline["species"].size(), ids.size());
    EXPECT_EQ(csv_rows({"--timeline"}), ids.size());
    EXPECT_NE(inspect({"--timeline"}).out.find("the first generation"), std::string::npos);
}

TEST_F(ProgramHistory, OperatorsOfTheRunAreTheSumOfThoseOfItsGenerations) {
    std::map<std::string, int> improved;
    for (int generation = 0; generation < 12; ++generation) {
        const auto page = json_of({"--generation", std::to_string(generation)});
        for (const auto& count : page["operators"]) {
            improved[count["operator"].get<std::string>()] += count["improved"].get<int>();
        }
    }
    const auto whole = json_of({"--operators"});
    EXPECT_EQ(whole["operators"].size(), improved.size());
    for (const auto& count : whole["operators"]) {
        EXPECT_EQ(count["improved"], improved.at(count["operator"].get<std::string>())) << count;
    }
    EXPECT_EQ(csv_rows({"--operators"}), improved.size());
}

TEST_F(ProgramHistory, AQueryPrintsRowsInEveryFormatAndIsBounded) {
    const std::string sql = "SELECT id, fitness, operators, parent_a FROM genome WHERE generation = 0";
    EXPECT_EQ(csv_rows({"--query", sql}), 40U);
    const auto json = json_of({"--query", sql});
    EXPECT_EQ(json["columns"], (nlohmann::json{"id", "fitness", "operators", "parent_a"}));
    EXPECT_EQ(json["rows"].size(), 40U);
    EXPECT_EQ(json["rows"][7][0], 7);
    EXPECT_TRUE(json["rows"][7][3].is_null());
    EXPECT_EQ(json["complete"], true);
    const Result cut = inspect({"--query", "SELECT id FROM genome", "--rows", "5"});
    EXPECT_EQ(lines_of(cut.out).size(), 7U) << cut.out;
    EXPECT_NE(cut.err.find("the first 5 rows shown; --rows N shows more"), std::string::npos) << cut.err;
    EXPECT_EQ(inspect({"--query", "DROP TABLE run"}).code, 2);
    EXPECT_EQ(inspect({"--query", "SELECT fitnes FROM genome"}).err, "--query: no such column: fitnes\n");
}

TEST_F(ProgramHistory, AGenomeIsShownWithItsNetwork) {
    const Result result = inspect({"--genome", "3"});
    EXPECT_NE(result.out.find("solid: positive weight, dotted: negative"), std::string::npos) << result.out;
}

TEST_F(ProgramHistory, EveryFigureIsAFile) {
    for (const char* what : {"fitness", "species", "network", "lineage"}) {
        const Result result = clade({"plot", run_, "--what", what, "-o", "figure.svg"});
        EXPECT_EQ(result.code, 0) << result.err;
        EXPECT_EQ(result.out, "figure.svg\n");
        const std::string svg = read_file(folder_ / "figure.svg");
        EXPECT_EQ(xml_problem(svg), "") << what;
        EXPECT_TRUE(svg.starts_with("<svg ")) << svg;
    }
    for (const char* file : {"net.dot", "net.graphml"}) {
        EXPECT_EQ(clade({"plot", run_, "--what", "network", "--genome", "123", "-o", file}).code, 0);
        EXPECT_NE(read_file(folder_ / file).find("exclusive or"), std::string::npos);
    }
    EXPECT_EQ(xml_problem(read_file(folder_ / "net.graphml")), "");
}

TEST_F(ProgramHistory, WhatCannotBeShownIsTold) {
    const auto told = [&](const Words& words) {
        const Result result = inspect(words);
        EXPECT_EQ(result.code, 2) << result.out;
        return result.err;
    };
    const std::string range = run_ + ": genome must be from 0 to 479, got 480\n";
    EXPECT_EQ(told({"--lineage", "480"}), range);
    EXPECT_EQ(told({"--diff", "3", "480"}), range);
    EXPECT_EQ(told({"--lineage", "--operators"}),
              "--lineage and --operators cannot be combined: each is a page of its own\n");
    EXPECT_EQ(told({"--rows", "3"}), "--rows is for --query\n");
    EXPECT_NE(told({"--lineage", "x"}).find("must be a whole number"), std::string::npos);
    EXPECT_NE(told({"--diff", "3"}).find("--diff"), std::string::npos);
    const Result plot = clade({"plot", run_, "--what", "fitness", "-o", "x.dot"});
    EXPECT_EQ(plot.code, 2);
    EXPECT_EQ(plot.err, "x.dot: the ending of a file of fitness must be .svg\n");
    EXPECT_EQ(clade({"plot", run_, "--what", "species", "--genome", "3", "-o", "x.svg"}).code, 2);
    EXPECT_EQ(clade({"plot", run_, "--what", "network", "--genome", "480", "-o", "x.svg"}).err, range);
    EXPECT_FALSE(fs::exists(folder_ / "x.svg"));
}

TEST_F(ProgramHistory, ADamagedLogIsAnErrorInEveryPage) {
    const fs::path log = RunFolder{run_}.log();
    const std::string bytes = read_file(log);
    std::ofstream(log, std::ios::binary | std::ios::trunc) << bytes.substr(0, bytes.size() / 2);
    for (const Words& words : {Words{"--lineage"}, Words{"--timeline"}, Words{"--operators"}, Words{"--diff", "1", "2"},
                               Words{"--query", "SELECT COUNT(*) FROM genome"}}) {
        const Result result = inspect(words);
        EXPECT_NE(result.code, 0);
        EXPECT_NE(result.err, "");
    }
}

}  // namespace
}  // namespace clade
