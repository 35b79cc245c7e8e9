// `clade export`: what it writes, of which genome, and what it refuses.
#include "clade/export/exported_model.hpp"
#include "tests/clade/program_fixture.hpp"
#include "tests/support/well_formed_xml.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace clade {
namespace {

class ProgramExport : public Program {
protected:
    void SetUp() override {
        Program::SetUp();
        run_ = run_xor();
    }

    [[nodiscard]] std::string champion() const { return read_file(run_ / "champion.json"); }

    fs::path run_;
};

TEST_F(ProgramExport, WritesTheModelAsItIsSaved) {
    EXPECT_EQ(clade({"export", run_.string()}).out, champion() + '\n');
    EXPECT_EQ(clade({"export", (run_ / "champion.json").string(), "-o", "copy.json"}).out, "copy.json\n");
    EXPECT_EQ(read_file(folder_ / "copy.json"), champion() + '\n');
}

TEST_F(ProgramExport, WritesGraphsThatSayWhereTheyComeFrom) {
    const nlohmann::json origin = nlohmann::json::parse(champion()).at("origin");
    const std::string genome = "genome " + std::to_string(origin.at("genome").get<std::uint64_t>()) + " of generation ";
    const std::string dot = clade({"export", run_.string(), "--format", "dot", "--name", "my_net"}).out;
    EXPECT_NE(dot.find("my_net: Clade "), std::string::npos) << dot;
    EXPECT_NE(dot.find("run 'xor', task xor, seed 7"), std::string::npos) << dot;
    EXPECT_NE(dot.find(genome), std::string::npos) << dot;
    EXPECT_NE(dot.find("label=\"input 1\""), std::string::npos) << dot;
    const std::string graphml = clade({"export", run_.string(), "--format", "graphml"}).out;
    EXPECT_EQ(xml_problem(graphml), "");
    EXPECT_NE(graphml.find(genome), std::string::npos) << graphml;
}

TEST_F(ProgramExport, WritesAnyGenomeOfTheRun) {
    const Result result = clade({"export", run_.string(), "--genome", "3"});
    ASSERT_EQ(result.code, 0) << result.err;
    const nlohmann::json model = nlohmann::json::parse(result.out);
    EXPECT_EQ(model.at("origin").at("genome"), 3);
    EXPECT_EQ(model.at("origin").at("generation"), 0);
    const Result logged = clade({"inspect", run_.string(), "--genome", "3", "--format", "json"});
    EXPECT_EQ(model.at("origin").at("fitness"), nlohmann::json::parse(logged.out).at("fitness"));
    EXPECT_NE(model.at("genome"), nlohmann::json::parse(champion()).at("genome"));
}

TEST(ExportedModel, HasAnIdentifierForItsNameWhateverTheRunIsCalled) {
    const auto name_of_run = [](const std::string& run) { return exported::usual_name({.run = run}); };
    EXPECT_EQ(name_of_run("iris"), "iris");
    EXPECT_EQ(name_of_run("my run-2"), "my_run_2");
    EXPECT_EQ(name_of_run("2fast"), "_2fast");
    EXPECT_EQ(name_of_run(""), "champion");
    for (const std::string& run : {std::string("2") + std::string(100, 'x'), std::string("Köln \n*/")}) {
        EXPECT_EQ(exported::name_problem(name_of_run(run)), "") << run;
    }
    EXPECT_NE(exported::name_problem("a-b"), "");
}

TEST_F(ProgramExport, RefusesAGenomeThatIsNotThereAndANameThatIsNone) {
    const std::string file = (run_ / "champion.json").string();
    EXPECT_EQ(clade({"export", file, "--genome", "3"}).err,
              file + ": --genome needs a run's folder; a file has one genome\n");
    EXPECT_EQ(clade({"export", run_.string(), "--genome", "100000"}).code, 2);
    const Result name = clade({"export", run_.string(), "--name", "2fast"});
    EXPECT_EQ(name.code, 2);
    EXPECT_EQ(name.err, "--name must be at most 60 letters, digits and _, and begin with no digit, got '2fast'\n");
    EXPECT_NE(clade({"export", run_.string(), "--format", "fortran"}).err.find("javascript"), std::string::npos);
    const Result onnx = clade({"export", run_.string(), "--format", "onnx"});
    EXPECT_EQ(onnx.code, 2);
    EXPECT_EQ(onnx.err, "--format onnx is no text to print: name a file with --out\n");
    std::ofstream(folder_ / "broken.json") << "{";
    EXPECT_EQ(clade({"export", "broken.json"}).code, 2);
}

}  // namespace
}  // namespace clade
