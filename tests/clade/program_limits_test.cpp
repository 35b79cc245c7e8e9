// What the program refuses before it waits for ever or takes the machine's memory.
#include "tests/clade/program_fixture.hpp"

#include <sys/stat.h>

#include <fstream>

namespace clade {
namespace {

class Limits : public Program {
protected:
    void SetUp() override {
        Program::SetUp();
        ASSERT_EQ(::mkfifo((folder_ / "fifo").c_str(), 0600), 0);
    }

    void write(const std::string& lines) const { std::ofstream(folder_ / "a.yaml") << lines; }

    /// The first line of the error of `config check`, which must be the same for `run`.
    [[nodiscard]] std::string refusal() const {
        const Result checked = clade({"config", "check", "a.yaml"});
        EXPECT_EQ(checked.code, 2) << checked.out;
        EXPECT_EQ(clade({"run", "a.yaml"}).err, checked.err);
        EXPECT_TRUE(runs().empty());
        return checked.err.substr(0, checked.err.find('\n'));
    }
};

TEST_F(Limits, FilesThatAreNoRegularFilesAreRefusedAtOnce) {
    EXPECT_EQ(clade({"run", "fifo"}).err.find("fifo: must be a regular file, got a FIFO\n"), 0U);
    write("task: {name: supervised, label: a, kind: classification,\n  file: fifo}\n");
    EXPECT_EQ(refusal(), "a.yaml:2:3: task.file: must be a regular file, got 'fifo', which is a FIFO");
    write("task: {name: supervised, label: a, kind: classification,\n  file: /dev/zero}\n");
    EXPECT_EQ(refusal(), "a.yaml:2:3: task.file: must be a regular file, got '/dev/zero', which is a device");
    write("task: {name: xor}\ngenome: {initial: {genome: fifo}}\n");
    EXPECT_NE(refusal().find("a.yaml:2:20: genome.initial.genome: "), std::string::npos) << refusal();
    EXPECT_NE(refusal().find("fifo: must be a regular file, got a FIFO"), std::string::npos) << refusal();
}

TEST_F(Limits, AFirstGenerationThatIsTooLargeIsRefusedWithItsNumbers) {
    write("task: {name: xor}\ngenome: {network: recurrent, initial: {hidden_nodes: 4000, route: recurrent}}\n");
    EXPECT_EQ(
        refusal(),
        "a.yaml:2:40: genome.initial.hidden_nodes: must fit into evaluation.memory_limit_mb (8000), got 4000: 150 "
        "genomes with 4001 nodes and 16016003 connections each need about 182621 MB; make it smaller, or raise the "
        "limit");
    write("task: {name: xor}\nevolution: {population_size: 100000000}\n");
    EXPECT_EQ(refusal(),
              "a.yaml:2:13: evolution.population_size: must fit into evaluation.memory_limit_mb (8000), got 100000000: "
              "100000000 genomes with 1 node and 2 connections each need about 79201 MB; make it smaller, or raise the "
              "limit");
    write(
        "task: {name: xor}\ngenome: {network: recurrent, initial: {hidden_nodes: 100000, route: recurrent}}\n"
        "evaluation: {memory_limit_mb: 1000000000}\n");
    EXPECT_EQ(refusal(),
              "a.yaml:2:40: genome.initial.hidden_nodes: must allow at most 1000000000 initial connections, got "
              "10000400003");
}

TEST_F(Limits, RefinementThatIsTooLargeIsRefusedWithItsNumbers) {
    const std::string task =
        "task: {name: xor}\nseed: 1\nevolution: {population_size: 4}\nevaluation: {memory_limit_mb: 50}\n";
    write(task +
          "genome: {initial: {hidden_nodes: 3000, route: hidden}}\nrefine: {method: cma_es, genomes: champion}\n");
    EXPECT_EQ(refusal().substr(0, 83),
              "a.yaml:6:10: refine.method: must fit into evaluation.memory_limit_mb (50), got cma_");
    EXPECT_NE(refusal().find("to refine 1 genome with 12001 weights and biases needs about "), std::string::npos)
        << refusal();
    write(task + "refine: {method: snes, offspring: 20000000}\n");
    EXPECT_NE(refusal().find("a.yaml:5:24: refine.offspring: must fit into"), std::string::npos) << refusal();
}

TEST_F(Limits, ARunThatFitsAHigherLimitStarts) {
    write(
        "task: {name: xor}\nseed: 1\nevolution: {population_size: 2000}\nstop: {generations: 1}\n"
        "evaluation: {memory_limit_mb: 1}\n");
    EXPECT_NE(refusal().find("a.yaml:3:13: evolution.population_size: must fit into"), std::string::npos) << refusal();
    EXPECT_EQ(clade({"run", "a.yaml", "--set", "evaluation.memory_limit_mb=2"}).code, 0);
}

TEST_F(Limits, DataThatAreTooLargeAreRefusedWithTheirNumbers) {
    std::string rows = "x,y\n";
    for (int row = 0; row < 10000; ++row) rows += "1,2\n";
    std::ofstream(folder_ / "data.csv") << rows;
    write(
        "task: {name: supervised, kind: regression, targets: [y],\n  file: data.csv}\nevaluation: {memory_limit_mb: "
        "1}\n");
    EXPECT_EQ(
        refusal(),
        "a.yaml:2:3: task.file: must fit into evaluation.memory_limit_mb (1), got 'data.csv' with 40004 bytes, 10002 "
        "rows and 20004 cells, which needs about 5 MB; use a smaller file, or raise the limit");
    fs::resize_file(folder_ / "data.csv", 2000000000000);  // a file with a hole, which nobody reads
    EXPECT_NE(refusal().find("got 'data.csv' with 2000000000000 bytes, which needs about 2000001 MB;"),
              std::string::npos)
        << refusal();
}

TEST_F(Limits, MoreThreadsThanTheSchedulerHasAreRefused) {
    const Result refused = clade({"run", xor_config, "--threads", "1024"});
    EXPECT_EQ(refused.code, 2);
    EXPECT_NE(refused.err.find("--threads 1024: must be an integer between 0 and 256, got 1024"), std::string::npos)
        << refused.err;
    const Result most = clade({"run", xor_config, "--threads", "256", "--set", "stop.generations=2", "--quiet"});
    EXPECT_EQ(most.code, 0);
    EXPECT_EQ(most.err, "");
}

TEST_F(Limits, APopulationOfOneIsSaidNotToEvolve) {
    const std::string warning =
        "warning: evolution.population_size is 1, and a single genome cannot evolve: there is nothing to select; use 2 "
        "or "
        "more\n";
    const Words one{"--set", "evolution.population_size=1", "--set", "stop.generations=2"};
    for (Words words : {Words{"config", "check", xor_config}, Words{"run", xor_config}}) {
        words.insert(words.end(), one.begin(), one.end());
        const Result result = clade(words);
        EXPECT_EQ(result.code, 0) << result.err;
        EXPECT_NE(result.err.find(warning), std::string::npos) << result.err;
        EXPECT_NE(result.out.find(" 1 genome,"), std::string::npos) << result.out;
    }
    EXPECT_EQ(clade({"config", "check", xor_config}).err, "");
}

TEST_F(Limits, AFileOfTheLargestSizeEndsTheRunWithAReason) {
    const Result result = shell("ulimit -f 200; exec '" CLADE_PROGRAM "' run '" + xor_config +
                                "' --quiet --seed 7 --set stop.generations=500 --set stop.solved_fitness=1000");
    EXPECT_EQ(result.code, 1);
    EXPECT_NE(result.err.find("run.sqlite: disk I/O error (File too large)"), std::string::npos) << result.err;
}

}  // namespace
}  // namespace clade
