#include "tests/support/folder_test.hpp"

#include <clade/core/error.hpp>
#include <clade/experiment/log/message_log.hpp>
#include <clade/experiment/run/run_folder.hpp>

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <string>
#include <vector>

namespace clade {
namespace {

namespace fs = std::filesystem;

class MessageLogFile : public FolderTest {
protected:
    [[nodiscard]] std::string refusal() const {
        try {
            (void)MessageLog(folder_ / "run.log", LogLevel::info);
        } catch (const Error& error) {
            return error.what();
        }
        return "";
    }
};

TEST_F(MessageLogFile, HasOneLineForEachMessage) {
    MessageLog log(folder_ / "run.log", LogLevel::info);
    log.info("one\n2026-01-01 00:00:00.000 error forged\x1b[31m");
    log.warning("two");
    log.debug("not shown");
    const std::string text = read_file(folder_ / "run.log");
    EXPECT_NE(text.find(" info one\\n2026-01-01 00:00:00.000 error forged\\u001b[31m\n"), std::string::npos) << text;
    EXPECT_TRUE(text.ends_with(" warning two\n")) << text;
}

TEST_F(MessageLogFile, TellsItsListenerTheSameLine) {
    MessageLog log(folder_ / "run.log", LogLevel::info);
    std::string heard;
    log.info("a\nb");
    log.listen([&](LogLevel, std::string_view message) { heard += message; });
    log.info("c\x1b");
    EXPECT_EQ(heard, "a\\nbc\\u001b");
}

TEST_F(MessageLogFile, KeepsWhatItHeldBefore) {
    MessageLog(folder_ / "run.log", LogLevel::info).info("before");
    MessageLog(folder_ / "run.log", LogLevel::info).info("after");
    const std::string text = read_file(folder_ / "run.log");
    EXPECT_LT(text.find("before"), text.find("after"));
    EXPECT_NE(text.find("after"), std::string::npos);
}

TEST_F(MessageLogFile, FollowsNoSymbolicLink) {
    replace_file(folder_ / "other", "kept");
    fs::create_symlink(folder_ / "other", folder_ / "run.log");
    EXPECT_EQ(refusal(), (folder_ / "run.log").string() +
                             ": cannot be written: it is a symbolic link, which is not followed; delete it");
    EXPECT_EQ(read_file(folder_ / "other"), "kept");
}

TEST_F(MessageLogFile, SaysWhyItCannotBeOpened) {
    fs::create_directory(folder_ / "run.log");
    EXPECT_EQ(refusal(), (folder_ / "run.log").string() + ": cannot be written: Is a directory");
}

TEST_F(MessageLogFile, WaitsForNoFifo) {
    ASSERT_EQ(::mkfifo((folder_ / "run.log").c_str(), 0600), 0);
    EXPECT_EQ(refusal(), (folder_ / "run.log").string() + ": cannot be written: No such device or address");
}

TEST(MessageLog, TellsOnceAndPrintsNothingWhenItsFileCannotBeWritten) {
    if (!fs::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full";
    std::vector<std::string> heard;
    testing::internal::CaptureStderr();
    {
        MessageLog log("/dev/full", LogLevel::info);
        log.info("before");
        log.listen([&](LogLevel level, std::string_view message) {
            heard.push_back(std::string(name_of(level)) + ": " + std::string(message));
        });
        log.info("after");
    }
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    ASSERT_EQ(heard.size(), 3U);
    EXPECT_EQ(heard[0], "warning: /dev/full: cannot be written: No space left on device");
    EXPECT_EQ(heard[1], "info: before");
    EXPECT_EQ(heard[2], "info: after");
}

}  // namespace
}  // namespace clade
