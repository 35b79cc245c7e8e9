#include "tests/support/folder_test.hpp"
#include "tests/support/messages.hpp"

#include <clade/evaluation/data/input_file.hpp>
#include <clade/evaluation/data/table_reader.hpp>

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <fstream>

namespace clade {
namespace {

class InputFileTest : public FolderTest {
protected:
    void SetUp() override {
        FolderTest::SetUp();
        ASSERT_EQ(::mkfifo((folder_ / "fifo").c_str(), 0600), 0);
        std::ofstream(folder_ / "data.csv") << "a,b\n1,2\n";
    }
};

TEST_F(InputFileTest, IsKnownByItsContent) {
    const InputFile file = input_file(folder_ / "data.csv");
    EXPECT_EQ(file.bytes, 8U);
    EXPECT_EQ(input_file(folder_ / "data.csv"), file);
    std::ofstream(folder_ / "data.csv") << "a,b\n1,3\n";
    EXPECT_NE(input_file(folder_ / "data.csv").digest, file.digest);
}

TEST_F(InputFileTest, ThatIsNoRegularFileIsRefusedAtOnce) {
    const std::string fifo = (folder_ / "fifo").string();
    EXPECT_EQ(message_of([&] { (void)input_file(fifo); }), fifo + ": must be a regular file, got a FIFO");
    EXPECT_EQ(message_of([&] { (void)read_table(fifo, {}, {.features = {}, .targets = {"b"}, .labels = {}}); }),
              fifo + ": must be a regular file, got a FIFO");
    EXPECT_EQ(message_of([&] { (void)read_table("/dev/zero", {}, {.features = {}, .targets = {"b"}, .labels = {}}); }),
              "/dev/zero: must be a regular file, got a device");
    EXPECT_EQ(message_of([&] { (void)read_table(folder_, {}, {.features = {}, .targets = {"b"}, .labels = {}}); }),
              folder_.string() + ": must be a regular file, got a directory");
}

TEST_F(InputFileTest, MayBeASymbolicLinkToARegularFile) {
    std::filesystem::create_symlink(folder_ / "data.csv", folder_ / "link");
    std::filesystem::create_symlink(folder_ / "fifo", folder_ / "link to a fifo");
    EXPECT_EQ(kind_of_special_file(folder_ / "link"), "");
    EXPECT_EQ(kind_of_special_file(folder_ / "link to a fifo"), "a FIFO");
    EXPECT_EQ(kind_of_special_file(folder_ / "missing"), "");
}

}  // namespace
}  // namespace clade
