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

}  // namespace
}  // namespace clade
