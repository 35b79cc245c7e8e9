// `clade report`: one HTML file about a run, which holds what its log holds and loads nothing.
#include "tests/clade/terminal_process.hpp"

#include <clade/core/text.hpp>

#include <sqlite3.h>

#include <fstream>
#include <regex>

namespace clade {
namespace {

using nlohmann::json;

class ProgramReport : public Program {
protected:
    [[nodiscard]] std::string page_of(const fs::path& run) const {
        const Result result = clade({"report", run.string(), "-o", "report.html"});
        EXPECT_EQ(result.code, 0) << result.err;
        EXPECT_EQ(result.out, "report.html\n");
        return read_file(folder_ / "report.html");
    }

    /// The text of the page's only element of data.
    static std::string data_text(const std::string& page) {
        const std::string opening = R"(<script type="application/json" id="data">)";
        const std::size_t begin = page.find(opening);
        EXPECT_NE(begin, std::string::npos);
        EXPECT_EQ(page.find(opening, begin + 1), std::string::npos);
        const std::size_t end = page.find('<', begin + opening.size());
        EXPECT_EQ(page.substr(end, 9), "</script>");
        return page.substr(begin + opening.size(), end - begin - opening.size());
    }
    [[nodiscard]] json data_of(const fs::path& run) const { return json::parse(data_text(page_of(run))); }

    void change_log(const fs::path& run, const char* sql) const {
        sqlite3* database = nullptr;
        ASSERT_EQ(sqlite3_open(RunFolder{run}.log().c_str(), &database), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
        sqlite3_close(database);
    }

    const Words more_generations_{"--set", "stop.generations=12", "--set", "evolution.population_size=40"};
};

std::size_t times_in(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

TEST_F(ProgramReport, IsOneFileThatLoadsNothing) {
    const std::string page = page_of(run_xor(more_generations_));
    EXPECT_TRUE(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    EXPECT_TRUE(page.ends_with("</html>\n"));
    for (const char* element :
         {"<link", "<img", "<iframe", "src=", "@import", "url(", "fetch(", "XMLHttpRequest", "import("}) {
        EXPECT_EQ(page.find(element), std::string::npos) << element;
    }
    EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
    static const std::regex address(R"(https?://[^"'\s]*)");
    for (std::sregex_iterator it(page.begin(), page.end(), address), end; it != end; ++it) {
        EXPECT_TRUE(it->str().starts_with("http://www.w3.org/")) << it->str();  // a name of SVG, never loaded
    }
    EXPECT_EQ(times_in(page, "<script"), 2U);
    EXPECT_EQ(times_in(page, "</script"), 2U);
    EXPECT_NE(page.find("Copyright (c) 2022 Leon Sorokin"), std::string::npos);  // uPlot's licence asks for it
}

TEST_F(ProgramReport, HoldsTheNumbersOfTheLog) {
    const fs::path run = run_xor(more_generations_);
    const json data = data_of(run);
    const json logged = inspected(run);
    EXPECT_EQ(data["run"]["generations"], logged["generations"]);
    EXPECT_EQ(data["run"]["evaluations"], logged["evaluations"]);
    EXPECT_EQ(data["run"]["best_fitness"], logged["best_fitness"]);
    EXPECT_EQ(data["champion"]["id"], logged["champion"]["id"]);
    EXPECT_EQ(data["task"]["measures"], logged["champion"]["measures"]);
    EXPECT_EQ(data["task"]["table"], logged["champion"]["table"]);
    ASSERT_EQ(data["series"]["best"].size(), logged["history"].size());
    for (std::size_t i = 0; i < logged["history"].size(); ++i) {
        for (const char* column :
             {"generation", "best", "median", "mean", "species_count", "mean_connections", "champion"}) {
            EXPECT_EQ(data["series"][column][i], logged["history"][i][column]) << column << ' ' << i;
        }
        EXPECT_LE(data["series"]["lower_quartile"][i], data["series"]["median"][i]);
        EXPECT_LE(data["series"]["median"][i], data["series"]["upper_quartile"][i]);
    }
    double seconds = 0.0;
    for (const json& stage : data["stages"]) seconds += stage["seconds"].get<double>();
    EXPECT_NEAR(seconds, data["run"]["seconds"].get<double>(), 1e-6);
}

TEST_F(ProgramReport, SpeciesAddUpToThePopulationInEachGeneration) {
    const json data = data_of(run_xor(more_generations_));
    std::vector<std::uint64_t> members = data["species"]["others"];
    ASSERT_EQ(members.size(), data["series"]["generation"].size());
    for (const json& life : data["species"]["lives"]) {
        const std::size_t first = life["first"];
        for (std::size_t i = 0; i < life["sizes"].size(); ++i)
            members.at(first + i) += life["sizes"][i].get<std::uint64_t>();
    }
    for (const std::uint64_t count : members) EXPECT_EQ(count, 40U);
    for (const json& effective : data["series"]["effective_species"]) EXPECT_GE(effective.get<double>(), 1.0);
}

TEST_F(ProgramReport, ShowsTheChampionsNetworkAndItsLine) {
    const fs::path run = run_xor(more_generations_);
    const json data = data_of(run);
    const json logged = inspected(run)["champion"];
    EXPECT_EQ(data["network"]["connections"].size(), logged["connections"]);
    std::size_t hidden = 0;
    for (const json& node : data["network"]["nodes"]) {
        if (node["role"] == "hidden") ++hidden;
    }
    EXPECT_EQ(hidden, logged["hidden"]);
    for (const json& one : data["network"]["connections"]) {
        EXPECT_LT(one["source"], data["network"]["nodes"].size());
        EXPECT_LT(one["target"], data["network"]["nodes"].size());
    }
    EXPECT_EQ(data["genealogy"]["length"], logged["generation"].get<std::size_t>() + 1);
    EXPECT_EQ(data["genealogy"]["line"]["id"].back(), logged["id"]);
    EXPECT_EQ(data["genealogy"]["note"], "");
    EXPECT_FALSE(data["genealogy"]["rises"].empty());
    for (const json& rise : data["genealogy"]["rises"]) {
        EXPECT_GT(rise["fitness"], rise["before"]);
        EXPECT_FALSE(rise["changes"].get<std::string>().empty());
    }
}

TEST_F(ProgramReport, MarksWhatTheConfigurationHasOtherThanTheDefaults) {
    const json data = data_of(run_xor(more_generations_));
    std::map<std::string, json> rows;
    for (const json& row : data["config"]) rows[row["key"]] = row;
    EXPECT_TRUE(rows.at("evolution.population_size")["differs"]);
    EXPECT_EQ(rows.at("evolution.population_size")["value"], "40");
    EXPECT_EQ(rows.at("stop.generations")["value"], "12");
    EXPECT_FALSE(rows.at("evaluation.memory_limit_mb")["differs"]);
    for (const auto& [key, row] : rows) EXPECT_EQ(row["differs"], row["value"] != row["default"]) << key;
}

TEST_F(ProgramReport, HostileNamesStayText) {
    std::ofstream(folder_ / "data.csv") << "\"</script><script>alert(1)</script>\",\"kind<!--\"\n"
                                        << "1,\"<b>\x1b[31m\"\n2,\"&\"\n3,\"<b>\x1b[31m\"\n4,\"&\"\n5,\"<b>\x1b[31m\"\n"
                                        << "6,\"&\"\n7,\"<b>\x1b[31m\"\n8,\"&\"\n9,\"<b>\x1b[31m\"\n10,\"&\"\n";
    std::ofstream(folder_ / "hostile.yaml")
        << R"(name: "</title></script><script>alert(2)</script><!--\e[31m\x7f\u202e\u2028"
seed: 1
task: {name: supervised, kind: classification, file: data.csv, label: "kind<!--"}
evolution: {population_size: 20}
stop: {generations: 2}
)";
    ASSERT_EQ(clade({"run", "hostile.yaml", "--quiet"}).code, 0);
    const std::string page = page_of(runs().front());
    EXPECT_EQ(times_in(page, "<script"), 2U);
    EXPECT_EQ(times_in(page, "</script"), 2U);
    EXPECT_EQ(times_in(page, "</title"), 1U);
    EXPECT_EQ(page.find("<!--"), std::string::npos);
    static const std::regex steers("[\x01-\x08\x0b-\x1f\x7f]|\xC2[\x80-\x9f]|\xE2\x80[\xA8\xAE]");
    EXPECT_FALSE(std::regex_search(page.substr(0, 4000), steers));
    const std::string text = data_text(page);
    EXPECT_FALSE(std::regex_search(text, steers));
    const json data = json::parse(text);
    EXPECT_EQ(data["run"]["name"], "</title></script><script>alert(2)</script><!--\\u001b[31m\\u007f\\u202e\\u2028");
    EXPECT_EQ(data["network"]["nodes"][0]["label"], "</script><script>alert(1)</script>");
}

TEST_F(ProgramReport, OfAForeignLogIsStillText) {
    const fs::path run = run_xor();
    change_log(run,
               "UPDATE run SET value = CAST(x'3c2f7363726970743eff9b0a' AS TEXT) "
               "WHERE key IN ('name', 'outcome', 'clade_version', 'build', 'started')");
    const std::string page = page_of(run);
    EXPECT_EQ(times_in(page, "</script"), 2U);
    EXPECT_EQ(json::parse(data_text(page))["run"]["name"], "</script>\\xff\\x9b\\n");
}

TEST_F(ProgramReport, OfATaskThatTheProgramDoesNotHaveLeavesOutWhatOnlyTheTaskKnows) {
    const fs::path run = run_xor(more_generations_);
    change_log(run, "UPDATE run SET value = replace(value, 'name: xor', 'name: gone') WHERE key = 'config'");
    const json data = data_of(run);
    EXPECT_NE(data["task"]["problem"].get<std::string>().find("gone"), std::string::npos);
    EXPECT_TRUE(data["task"]["measures"].empty());
    EXPECT_EQ(data["network"]["nodes"][0]["label"], "input 0");
    EXPECT_FALSE(data["series"]["best"].empty());
}

TEST_F(ProgramReport, OfAnUnfinishedRunShowsWhatThereIs) {
    const fs::path run = run_xor(more_generations_);
    change_log(run, "DELETE FROM run WHERE key IN ('outcome', 'ended', 'solved', 'solved_generation')");
    const json data = data_of(run);
    EXPECT_FALSE(data["run"]["outcome"].get<std::string>().empty());
    EXPECT_EQ(data["run"]["generations"], 12);
}

TEST_F(ProgramReport, OfASetOfTrialsHoldsTheResultOfEach) {
    const Result trials = clade({"trials", xor_config, "--trials", "4", "--seed", "7", "--out", "set", "--set",
                                 "stop.generations=6", "--format", "json"});
    ASSERT_EQ(trials.code, 0) << trials.err;
    json printed = json::parse(trials.out);
    const fs::path set = printed["folder"].get<std::string>();
    json data = data_of(set)["trials"];
    ASSERT_EQ(data["runs"].size(), 4U);
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(data["runs"][i]["folder"], "seed-" + std::to_string(7 + i));
        for (const char* key : {"seed", "outcome", "solved", "evaluations", "fitness", "connections"}) {
            EXPECT_EQ(data["runs"][i][key], printed["runs"][i][key]) << key;
        }
    }
    EXPECT_EQ(data["success_rate"], printed["success_rate"]);
    EXPECT_EQ(data_of(set / "seed-7")["kind"], "run");
}

TEST_F(ProgramReport, OfAnotherEndingOrNoRunIsRefused) {
    const fs::path run = run_xor();
    const Result ending = clade({"report", run.string(), "-o", "report.pdf"});
    EXPECT_EQ(ending.code, 2);
    EXPECT_NE(ending.err.find("must be .html"), std::string::npos) << ending.err;
    EXPECT_EQ(clade({"report", "nowhere", "-o", "report.html"}).code, 2);
    EXPECT_FALSE(fs::exists(folder_ / "report.html"));
}

}  // namespace
}  // namespace clade
