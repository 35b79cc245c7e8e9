#include "clade/commands/stop_signals.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace clade {
namespace {

constexpr std::chrono::milliseconds at_once{0};

TEST(StopSignals, TheFirstAsksForAnEndAndTheSecondCancels) {
    StopSignals signals;
    EXPECT_FALSE(signals.requested());
    EXPECT_EQ(signals.wait(at_once), 0);
    ::raise(SIGTERM);
    EXPECT_TRUE(signals.requested());
    EXPECT_EQ(signals.wait(at_once), 1);
    EXPECT_EQ(signals.again(), "again");
    EXPECT_FALSE(signals.cancelled().stop_requested());
    ::raise(SIGINT);
    EXPECT_EQ(signals.wait(at_once), 2);
    EXPECT_TRUE(signals.cancelled().stop_requested());
    EXPECT_EQ(signals.exit_code(), 128 + SIGTERM) << "that of the first";
}

TEST(StopSignals, WithAGraceTheFirstCancelsWhenItIsOver) {
    {
        StopSignals patient(std::chrono::hours(1));
        ::raise(SIGTERM);
        EXPECT_EQ(patient.wait(at_once), 1);
        EXPECT_FALSE(patient.cancelled().stop_requested());
    }
    StopSignals hasty(at_once);
    EXPECT_EQ(hasty.wait(at_once), 0);
    EXPECT_FALSE(hasty.cancelled().stop_requested());
    ::raise(SIGTERM);
    EXPECT_EQ(hasty.wait(at_once), 1);
    EXPECT_TRUE(hasty.cancelled().stop_requested());
}

TEST(StopSignals, AClosedTerminalCountsOnce) {
    StopSignals signals;
    ::raise(SIGHUP);
    ::raise(SIGHUP);
    ::raise(SIGHUP);
    EXPECT_EQ(signals.wait(at_once), 1);
    EXPECT_EQ(signals.exit_code(), 128 + SIGHUP);
    EXPECT_EQ(signals.again(), "SIGINT (Ctrl-C) or SIGTERM") << "what is no other message of the same closing";
    ::raise(SIGTERM);
    EXPECT_EQ(signals.wait(at_once), 2);
}

TEST(StopSignals, BeginAnewEachTime) {
    {
        StopSignals signals;
        ::raise(SIGINT);
    }
    StopSignals signals;
    EXPECT_FALSE(signals.requested());
    EXPECT_EQ(signals.wait(at_once), 0);
}

TEST(StopSignals, LeaveASignalIgnoredThatWas) {
    const auto before = ::signal(SIGHUP, SIG_IGN);
    {
        const StopSignals signals;
        ::raise(SIGHUP);
        EXPECT_FALSE(signals.requested());
    }
    ::signal(SIGHUP, before);
}

TEST(StopSignalsDeathTest, TheThirdEndsTheProgram) {
    const auto three = [] {
        const StopSignals signals;
        for (int i = 0; i < 3; ++i) ::raise(SIGINT);
    };
    EXPECT_EXIT(three(), testing::KilledBySignal(SIGINT), "");
}

TEST(StopSignalsDeathTest, AreNotCaughtAfterwards) {
    const auto one = [] {
        { const StopSignals signals; }
        ::raise(SIGINT);
    };
    EXPECT_EXIT(one(), testing::KilledBySignal(SIGINT), "");
}

TEST(SignalWatch, AnswersEachSignalOnce) {
    StopSignals signals;
    std::atomic<int> answered{0};
    std::atomic<bool> in_order{true};
    {
        const SignalWatch watch(
            signals,
            [&](int count) {
                if (count != answered + 1) in_order = false;
                answered = count;
                answered.notify_all();
            },
            [] {});
        ::raise(SIGINT);
        answered.wait(0);
        EXPECT_EQ(answered, 1);
        ::raise(SIGINT);
        answered.wait(1);
    }
    EXPECT_EQ(answered, 2);
    EXPECT_TRUE(in_order);
}

}  // namespace
}  // namespace clade
