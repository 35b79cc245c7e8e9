#include "clade/flags/program_name.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace clade {
namespace {

ProgramName river() {
    ProgramName name("/opt/river/bin/river");
    name.set_commands({"run", "cross-validate", "tasks"});
    return name;
}

TEST(ProgramName, IsTheLastPartOfThePath) {
    EXPECT_EQ(river().name(), "river");
    EXPECT_EQ(ProgramName("river").name(), "river");
    EXPECT_EQ(ProgramName(nullptr).name(), "clade");
    EXPECT_EQ(ProgramName("").name(), "clade");
}

TEST(ProgramName, StandsForCladeInFrontOfACommandOnly) {
    EXPECT_EQ(river().in("see 'clade tasks'"), "see 'river tasks'");
    EXPECT_EQ(river().in("clade run a\n  clade cross-validate b"), "river run a\n  river cross-validate b");
    EXPECT_EQ(river().in("clade tasks: no"), "river tasks: no");
    for (const char* text : {"by clade 0.1.0", "clade runs", "myclade run", "clade", "clade ", "", "clade rundown"}) {
        EXPECT_EQ(river().in(text), text);
    }
}

TEST(ProgramName, SaysFlagsAsTheyWereTyped) {
    ProgramName name = river();
    name.note_typed("--seed", "seed", "x");
    EXPECT_EQ(name.in("--set seed=x: seed: no\n--set seed=x: no"), "--seed x: no\n--seed x: no");
    EXPECT_EQ(name.in("a --set seed=x: b"), "a --set seed=x: b") << "only where a line begins with it";
    EXPECT_EQ(name.in("--set seed=xy: seed: no"), "--set seed=xy: seed: no");
}

TEST(ProgramName, IsTypedAsItWasWhereThatIsShort) {
    EXPECT_EQ(ProgramName("river").as_typed(), "river");
    EXPECT_EQ(ProgramName("/no/such/place/river").as_typed(), "/no/such/place/river");
}

TEST(ProgramName, OfThisFolderBeginsWithADotSlash) {
    EXPECT_EQ(ProgramName("./river").as_typed(), "./river");
    EXPECT_EQ(ProgramName("./bin/../river").as_typed(), "./river");
    EXPECT_EQ(ProgramName((std::filesystem::current_path() / "river").c_str()).as_typed(), "./river");
    EXPECT_EQ(ProgramName((std::filesystem::current_path() / "bin/river").c_str()).as_typed(), "bin/river");
}

}  // namespace
}  // namespace clade
