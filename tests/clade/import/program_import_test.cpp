// `clade import`: what it writes, and what it refuses.
#include "tests/clade/import/neat_python_text.hpp"
#include "tests/clade/program_fixture.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace clade {
namespace {

class ProgramImport : public Program {
protected:
    void SetUp() override {
        Program::SetUp();
        std::ofstream(folder_ / "config-feedforward") << imported::testing::least;
    }
};

TEST_F(ProgramImport, WritesAConfigurationThatIsValidWithWhatWasNotMapped) {
    const Result result = clade({"import", "neat-python", "config-feedforward", "-o", "mine.yaml", "--task", "xor"});
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_NE(result.out.find("not mapped: [DefaultGenome] num_inputs = 2: the task says it\n"), std::string::npos);
    EXPECT_TRUE(result.out.ends_with("\nmine.yaml\n")) << result.out;
    EXPECT_NE(read_file(folder_ / "mine.yaml").find("#   [DefaultGenome] num_inputs = 2: the task says it\n"),
              std::string::npos);
    EXPECT_EQ(clade({"config", "check", "mine.yaml"}).code, 0);
    const Result printed = clade({"import", "neat-python", "config-feedforward"});
    EXPECT_NE(printed.out.find("\n# task: {name: ...}"), std::string::npos) << printed.out;
}

TEST_F(ProgramImport, RefusesWhatIsNoConfiguration) {
    EXPECT_EQ(clade({"import", "neat-python", "missing"}).err, "missing: cannot be read\n");
    EXPECT_EQ(clade({"import"}).code, 2);
    std::ofstream(folder_ / "empty") << "[NEAT]\n";
    const Result empty = clade({"import", "neat-python", "empty"});
    EXPECT_EQ(empty.code, 2);
    EXPECT_EQ(empty.err, "empty: must have the section [DefaultGenome] with keys\n");
}

}  // namespace
}  // namespace clade
