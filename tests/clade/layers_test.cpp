// Folders of the program stand one above the other: none includes what stands above it, and CLI11 stays in flags/*.cpp.
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clade {
namespace {

namespace fs = std::filesystem;

/// From the ground up; `clade/` itself is the app, which stands on all of them.
constexpr std::array<std::string_view, 9> layers{"terminal/",       "clade/history/", "clade/query/",
                                                 "clade/plot/",     "clade/output/",  "bench/",
                                                 "clade/commands/", "clade/flags/",   "clade/"};

/// Where a path below apps/ belongs. Inspect, report, export and import are commands of many pages.
std::optional<std::size_t> layer_of(std::string_view path) {
    if (path.starts_with("report/")) path = "clade/output/";  // which CMake makes of apps/viewer
    if (path.starts_with("clade/inspect/") || path.starts_with("clade/report/") || path.starts_with("clade/export/") ||
        path.starts_with("clade/import/"))
        path = "clade/commands/";
    for (std::size_t i = 0; i < layers.size(); ++i) {
        if (path.starts_with(layers[i])) return i;
    }
    return std::nullopt;
}

/// What is wrong with one line of a file below apps/; empty if nothing is.
std::string breach(std::string_view file, std::string_view line) {
    if (line.starts_with("#include <CLI/")) {
        return file.starts_with("clade/flags/") && file.ends_with(".cpp") ? "" : "CLI11 is for flags/*.cpp";
    }
    constexpr std::string_view include = "#include \"";
    if (!line.starts_with(include)) return "";
    const auto own = layer_of(file);
    const auto used = layer_of(line.substr(include.size()));
    return own && used && *used > *own ? "includes what stands above it" : "";
}

std::vector<std::string> breaches_in(const fs::path& apps) {
    std::vector<std::string> found;
    for (const char* folder : {"terminal", "clade", "bench"}) {
        for (const auto& entry : fs::recursive_directory_iterator(apps / folder)) {
            const std::string file = fs::relative(entry.path(), apps).string();
            if (!file.ends_with(".cpp") && !file.ends_with(".hpp")) continue;
            std::ifstream lines(entry.path());
            for (std::string line; std::getline(lines, line);) {
                if (const std::string rule = breach(file, line); !rule.empty()) {
                    found.push_back(file + ": " + line + ": " + rule);
                }
            }
        }
    }
    return found;
}

TEST(Layers, IncludeOnlyWhatStandsBelow) {
    const std::vector<std::string> found = breaches_in(fs::path(CLADE_SOURCE_DIR) / "apps");
    EXPECT_TRUE(found.empty()) << found.size() << " breaches, the first: " << found.front();
}

TEST(Layers, ABreachIsFound) {
    EXPECT_NE(breach("clade/output/progress.cpp", "#include \"clade/commands/stop_signals.hpp\""), "");
    EXPECT_NE(breach("terminal/terminal.cpp", "#include \"clade/output/progress.hpp\""), "");
    EXPECT_NE(breach("clade/inspect/inspect_species.cpp", "#include \"clade/flags/common_flags.hpp\""), "");
    EXPECT_NE(breach("clade/flags/common_flags.cpp", "#include \"clade/app.hpp\""), "");
    EXPECT_NE(breach("clade/flags/common_flags.hpp", "#include <CLI/CLI.hpp>"), "");
    EXPECT_NE(breach("clade/app.cpp", "#include <CLI/CLI.hpp>"), "");
    EXPECT_EQ(breach("clade/flags/common_flags.cpp", "#include <CLI/CLI.hpp>"), "");
    EXPECT_EQ(breach("clade/commands/bench_command.cpp", "#include \"bench/nodes_report.hpp\""), "");
    EXPECT_EQ(breach("clade/inspect/inspect_command.cpp", "#include \"clade/output/run_summary.hpp\""), "");
}

}  // namespace
}  // namespace clade
