// `clade verify` as a user meets it.
#include "tests/clade/program_fixture.hpp"

#include <clade/experiment/log/sqlite_internal.hpp>

#include <gtest/gtest.h>

namespace clade {
namespace {

void change(const fs::path& run, const char* sql) {
    SqliteDatabase(run / "run.sqlite", SqliteDatabase::Access::write).execute(sql);
}

TEST_F(Program, VerifySaysThatARunIsSound) {
    const std::string run = run_xor().string();
    for (const Words& words : {Words{"verify", run}, {"verify", run, "--full"}}) {
        const Result result = clade(words);
        EXPECT_EQ(result.code, 0) << result.err;
        EXPECT_NE(result.out.find("sound: 5 generations"), std::string::npos) << result.out;
    }
    const auto json = nlohmann::json::parse(clade({"verify", run, "--format", "json"}).out);
    EXPECT_EQ(json["sound"], true);
    EXPECT_EQ(json["generations"], 5);
    EXPECT_EQ(json["findings"].size(), 0U);
}

TEST_F(Program, VerifySaysWhatIsBrokenWhereAndWhatToDo) {
    const fs::path run = run_xor();
    change(run, "UPDATE species SET mean = mean + 1 WHERE generation = 3");
    const Result result = clade({"verify", run.string()});
    EXPECT_EQ(result.code, 1) << result.err;
    for (const char* text : {": broken: ", "generation 3, table 'species': the rows of this generation differ",
                             "generation 3, table 'species', column 'mean': is ", "Generations 0 to 2 are sound.",
                             "equal settings give equal generations", " run ", "/config.yaml"}) {
        EXPECT_NE(result.out.find(text), std::string::npos) << text << '\n' << result.out;
    }
    const Result as_json = clade({"verify", run.string(), "--format", "json"});
    EXPECT_EQ(as_json.code, 1);
    const auto json = nlohmann::json::parse(as_json.out);
    EXPECT_EQ(json["sound"], false);
    EXPECT_EQ(json["findings"][0]["generation"], 3);
    EXPECT_EQ(json["findings"][0]["table"], "species");
}

TEST_F(Program, VerifyOfNoRunIsInvalidInput) {
    const Result result = clade({"verify", "missing"});
    EXPECT_EQ(result.code, 2);
    EXPECT_NE(result.err, "");
}

}  // namespace
}  // namespace clade
