#include "clade/output/output_file.hpp"

#include <clade/core/error.hpp>
#include <clade/experiment/run/run_folder.hpp>

#include "tests/support/folder_test.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <fstream>
#include <future>
#include <iterator>
#include <string>

namespace clade {
namespace {

namespace fs = std::filesystem;

class OutputFile : public FolderTest {
protected:
    [[nodiscard]] std::size_t file_count() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
    }
};

TEST_F(OutputFile, IsWrittenWholeWithNothingLeftBeside) {
    const fs::path file = folder_ / "out.csv";
    replace_file(folder_ / "out.csv.tmp", std::string_view("another's"));
    write_output_file(file, "one");
    write_output_file(file, "two\n");
    EXPECT_EQ(read_file(file), "two\n");
    EXPECT_EQ(read_file(folder_ / "out.csv.tmp"), "another's");
    EXPECT_EQ(file_count(), 2U);
}

TEST_F(OutputFile, BehindALinkIsTheLinksTarget) {
    replace_file(folder_ / "real.csv", std::string_view("old"));
    fs::create_symlink("real.csv", folder_ / "link.csv");
    write_output_file(folder_ / "link.csv", "new");
    EXPECT_TRUE(fs::is_symlink(folder_ / "link.csv"));
    EXPECT_EQ(read_file(folder_ / "real.csv"), "new");
}

TEST_F(OutputFile, ThatIsAPipeIsReadFromThePipe) {
    const fs::path pipe = folder_ / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    auto reader = std::async(std::launch::async, [&] {
        std::ifstream in(pipe);
        return std::string(std::istreambuf_iterator<char>(in), {});
    });
    write_output_file(pipe, "through");
    EXPECT_EQ(reader.get(), "through");
    EXPECT_TRUE(fs::is_fifo(pipe));
}

TEST_F(OutputFile, ThatCannotBeWrittenIsAnErrorAndLeavesNothing) {
    EXPECT_THROW(write_output_file(folder_ / "missing" / "out.csv", "text"), Error);
    EXPECT_THROW(write_output_file(folder_, "text"), Error);
    EXPECT_EQ(file_count(), 0U);
}

}  // namespace
}  // namespace clade
