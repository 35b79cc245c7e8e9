// `clade functions`: the list, a page of each, and what is said of a name that is not there.
#include "tests/clade/program_fixture.hpp"

#include <clade/core/functions/functions.hpp>

namespace clade {
namespace {

class Functions : public Program {
protected:
    [[nodiscard]] nlohmann::json listed(const Words& more = {}) const {
        Words words{"functions", "--format", "json"};
        words.insert(words.end(), more.begin(), more.end());
        const Result result = clade(words);
        EXPECT_EQ(result.code, 0) << result.err;
        return nlohmann::json::parse(result.out);
    }
};

TEST_F(Functions, ListsEveryBuiltinFunctionWithItsFormula) {
    const auto rows = listed();
    const std::string table = clade({"functions"}).out;
    const std::string csv = clade({"functions", "--format", "csv"}).out;
    EXPECT_TRUE(csv.starts_with("kind,name,formula,builtin\n")) << csv;
    std::size_t row = 0;
    const auto expect = [&](const std::string& kind, const auto& names) {
        for (const std::string_view name : names) {
            ASSERT_LT(row, rows.size());
            EXPECT_EQ(rows[row]["kind"], kind);
            EXPECT_EQ(rows[row]["name"], name);
            EXPECT_NE(rows[row]["formula"], "") << name;
            EXPECT_EQ(rows[row]["builtin"], true);
            EXPECT_NE(table.find("\n" + std::string(name) + " "), std::string::npos) << name;
            EXPECT_NE(csv.find("\n" + kind + "," + std::string(name) + ","), std::string::npos) << name;
            ++row;
        }
    };
    expect("activation", EnumNames<Activation>::names);
    expect("aggregation", EnumNames<Aggregation>::names);
    EXPECT_EQ(row, rows.size());
}

TEST_F(Functions, ShowsAPageOfEach) {
    for (const auto& row : listed()) {
        const std::string name = row["name"];
        const Result page = clade({"functions", name});
        EXPECT_EQ(page.code, 0) << page.err;
        EXPECT_NE(page.out.find(row["formula"]), std::string::npos) << page.out;
        EXPECT_NE(page.out.find(": {initial: " + name + "}\n"), std::string::npos) << page.out;
        EXPECT_EQ(page.out.find("-3 ") != std::string::npos, row["kind"] == "activation") << page.out;
        EXPECT_EQ(listed({name}), nlohmann::json::array({row}));
    }
}

TEST_F(Functions, ShowTheCurveAndTheSlope) {
    ::setenv("LC_ALL", "C", 1);
    const std::string page = clade({"functions", "clamped"}).out;
    EXPECT_NE(page.find("\n-1 |**************************"), std::string::npos) << page;
    EXPECT_NE(page.find("* clamped  . slope"), std::string::npos) << page;
    EXPECT_NE(clade({"functions", "median"}).out.find("of 1, -4, 2.5, 3: 1.75"), std::string::npos);
}

TEST_F(Functions, OfAnUnknownNameTheNearestIsSuggested) {
    const Result result = clade({"functions", "tahn"});
    EXPECT_EQ(result.code, 2);
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(result.err, "unknown function 'tahn'; did you mean 'tanh'?\n");
    EXPECT_TRUE(clade({"functions", "zzz"}).err.starts_with("unknown function 'zzz'; there are: sigmoid tanh "));
}

}  // namespace
}  // namespace clade
