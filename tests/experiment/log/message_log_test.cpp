#include <clade/experiment/log/message_log.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace clade {
namespace {

TEST(MessageLog, TellsOnceAndPrintsNothingWhenItsFileCannotBeWritten) {
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
    EXPECT_EQ(heard[0], "warning: Failed flush to file /dev/full: No space left on device");
    EXPECT_EQ(heard[1], "info: before");
    EXPECT_EQ(heard[2], "info: after");
}

}  // namespace
}  // namespace clade
