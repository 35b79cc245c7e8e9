// The workshop's script where it refuses.
#include "tests/clade/program_fixture.hpp"

namespace clade {
namespace {

class DevScript : public Program {
protected:
    /// A copy of the script in a folder of its own, so that nothing is built.
    void SetUp() override {
        Program::SetUp();
        fs::create_directory(folder_ / "cmake");
        fs::copy_file(CLADE_SOURCE_DIR "/dev", folder_ / "dev");
        fs::copy_file(CLADE_SOURCE_DIR "/cmake/packages.txt", folder_ / "cmake" / "packages.txt");
    }

    [[nodiscard]] Result dev(const std::string& words) const { return shell("sh ./dev " + words); }
};

TEST_F(DevScript, SuggestsTheNearestCommand) {
    const Result result = dev("tset");
    EXPECT_EQ(result.code, 2);
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(result.err, "dev: unknown command 'tset'; did you mean 'test'?\n");
    EXPECT_EQ(dev("bui").err, "dev: unknown command 'bui'; did you mean 'build'?\n");
    EXPECT_EQ(dev("frobnicate").err,
              "dev: unknown command 'frobnicate'; there are: run build test fuzz coverage bench docs fmt lint install "
              "clean help\n");
    EXPECT_EQ(dev("install tset").err, "dev: unknown group 'tset'; did you mean 'test'?\n");
}

TEST_F(DevScript, RefusesWordsThatACommandDoesNotTake) {
    for (const char* command : {"build", "fmt", "docs", "clean"}) {
        const Result result = dev(std::string(command) + " x");
        EXPECT_EQ(result.code, 2);
        EXPECT_EQ(result.err, std::string("dev: ") + command + " takes no arguments, got 'x'\n");
    }
    EXPECT_EQ(dev("fuzz yaml").err,
              "dev: unknown target 'yaml'; there are: config csv genome model checkpoint run_log\n");
    EXPECT_EQ(dev("fuzz csv 1.5").err, "dev: fuzz takes a whole number of seconds, got '1.5'\n");
    EXPECT_EQ(dev("fuzz csv 1 2").err, "dev: fuzz takes a target and seconds, got '2' too\n");
    EXPECT_EQ(dev("run missing.yaml").err, "dev: missing.yaml: there is no such file\n");
    EXPECT_EQ(dev("run missing.yaml").code, 2);
}

TEST_F(DevScript, SaysInASentenceThatItCannotWriteToBuild) {
    const std::string here = fs::canonical(folder_).string();
    replace_file(folder_ / "build", std::string_view("no folder"));
    const Result file = dev("build");
    EXPECT_EQ(file.code, 1);
    EXPECT_EQ(file.err, "dev: " + here + "/build is a file; it must be a folder: move the file away\n");
    if (::geteuid() == 0) return;  // may write anywhere
    fs::remove(folder_ / "build");
    fs::permissions(folder_, fs::perms::owner_read | fs::perms::owner_exec);
    const Result locked = dev("build");
    fs::permissions(folder_, fs::perms::owner_all);
    EXPECT_EQ(locked.code, 1);
    EXPECT_EQ(locked.err, "dev: " + here + "/build cannot be made: Permission denied\n");
}

}  // namespace
}  // namespace clade
