#include "tests/support/messages.hpp"

#include <clade/experiment/log/sqlite_internal.hpp>

#include <gtest/gtest.h>

namespace clade {
namespace {

TEST(SqliteDatabase, ThatCannotBeOpenedSaysWhatTheSystemSays) {
    EXPECT_EQ(message_of([] { const SqliteDatabase none("/nowhere/run.sqlite", SqliteDatabase::Access::read); }),
              "/nowhere/run.sqlite: unable to open database file (No such file or directory)");
}

}  // namespace
}  // namespace clade
