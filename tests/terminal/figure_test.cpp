#include "terminal/figure.hpp"
#include "terminal/shell.hpp"

#include <clade/core/error.hpp>
#include <clade/experiment/run/run_folder.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

namespace clade::bench {
namespace {

const Figure two_panels{
    "nodes", "seconds", {{"linear", false}, {"log", true}}, {{"a_b \"c\"", {{1.0, 2.0}, {10.0, 20.0}}}}};

TEST(Figure, ShowsTheNamesOfItsSeriesAsTheyAre) {
    if (!can_draw()) GTEST_SKIP() << "gnuplot is not installed";
    const auto file = std::filesystem::temp_directory_path() / "clade figure_test.svg";
    draw_svg(two_panels, file);
    const std::string svg = read_file(file);
    EXPECT_NE(svg.find("a_b \"c\""), std::string::npos);
    EXPECT_NE(svg.find("</svg>"), std::string::npos);
    std::filesystem::remove(file);
}

TEST(Figure, RunsNothingThatANameSays) {
    if (!can_draw()) GTEST_SKIP() << "gnuplot is not installed";
    const auto file = std::filesystem::temp_directory_path() / "clade name_test.svg";
    const auto made = std::filesystem::temp_directory_path() / "clade_name_test.made";
    std::string name = "it's `touch " + made.string() + "`\nsystem('touch " + made.string() + "')";
    draw_svg({"x", "y", {{.title = name}}, {{std::move(name), {{1.0, 2.0}, {2.0, 3.0}}}}}, file);
    EXPECT_FALSE(std::filesystem::remove(made));
    EXPECT_NE(read_file(file).find("`touch"), std::string::npos);
    std::filesystem::remove(file);
}

TEST(Figure, DrawsAPanelsOwnSeriesInItsOwnStyle) {
    if (!can_draw()) GTEST_SKIP() << "gnuplot is not installed";
    const auto file = std::filesystem::temp_directory_path() / "clade panels_test.svg";
    const auto drawn = [&](PanelStyle style, std::vector<std::size_t> series) {
        draw_svg({"x",
                  "y",
                  {{.title = "panel", .style = style, .y_label = "share", .series = std::move(series)}},
                  {{"first", {{1.0, 2.0}, {2.0, 3.0}}}, {"second", {{1.0, 5.0}, {2.0, 4.0}}}}},
                 file);
        std::string svg = read_file(file);
        std::filesystem::remove(file);
        return svg;
    };
    const std::string second = drawn(PanelStyle::steps, {1});
    EXPECT_NE(second.find("second"), std::string::npos);
    EXPECT_EQ(second.find("first"), std::string::npos);
    EXPECT_NE(second.find("share"), std::string::npos);
    EXPECT_NE(drawn(PanelStyle::lines, {}).find("first"), std::string::npos);
    EXPECT_NE(drawn(PanelStyle::boxes, {1}), second);
}

TEST(Figure, NamesWhatIsMissingWhereItCannotBeDrawn) {
    const std::string path = std::getenv("PATH");
    setenv("PATH", "/nowhere", 1);
    try {
        draw_svg(two_panels, "unused.svg");
        ADD_FAILURE() << "drawn without gnuplot";
    } catch (const Error& error) {
        EXPECT_STREQ(error.what(), "figures are drawn by gnuplot, which is not installed (Debian: gnuplot-nox)");
    }
    setenv("PATH", path.c_str(), 1);
}

TEST(Shell, AWordIsHandedOverAsItIs) {
    const std::string odd = "a 'b' $HOME \"c\" `d` \\";
    std::string heard;
    EXPECT_TRUE(run_lines("printf '%s\\n' " + shell_word(odd), [&](const std::string& line) { heard = line; }));
    EXPECT_EQ(heard, odd);
}

TEST(Shell, AFailedCommandIsNoSuccess) {
    EXPECT_TRUE(succeeds("true"));
    EXPECT_FALSE(succeeds("false"));
    EXPECT_FALSE(succeeds("kill -9 $$"));
}

TEST(TemporaryFile, HoldsItsContentAsLongAsItLives) {
    std::string path;
    {
        const TemporaryFile file("one\ntwo");
        path = file.path();
        EXPECT_EQ(read_file(path), "one\ntwo");
    }
    EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace clade::bench
