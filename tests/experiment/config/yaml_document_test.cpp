#include <clade/experiment/config/config_override.hpp>
#include <clade/experiment/config/yaml_parser.hpp>

#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace clade {
namespace {

/// All issues of a text, one a line.
std::string yaml_issues(const YamlDocument& document) {
    std::string text;
    for (const ConfigIssue& issue : document.issues) text += to_string(issue) + '\n';
    return text;
}

std::string yaml_issues(const std::string& text) { return yaml_issues(parse_yaml(text, "f.yaml")); }

std::string place(const YamlNode* node) {
    if (node == nullptr) return "nowhere";
    return std::to_string(node->line) + ':' + std::to_string(node->column);
}

/// A folder that goes away with the test.
class TemporaryFolder {
public:
    TemporaryFolder()
        : path_(std::filesystem::temp_directory_path() / ("clade_yaml_test_" + std::to_string(::getpid()))) {
        std::filesystem::create_directories(path_);
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path_); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] std::filesystem::path write(const std::string& name, const std::string& text) const {
        std::ofstream(path_ / name, std::ios::binary) << text;
        return path_ / name;
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

TEST(YamlDocument, KeepsKeysInOrderWithTheirPlaces) {
    const YamlDocument document = parse_yaml("b: 1\na:\n  c: 'x'\n  d: [1, 22]\n", "f.yaml");
    ASSERT_TRUE(document.issues.empty()) << yaml_issues(document);
    ASSERT_EQ(document.root.entries.size(), 2U);
    EXPECT_EQ(document.root.entries[0].key, "b");
    EXPECT_EQ(document.root.entries[1].line, 2);
    EXPECT_EQ(place(find_value(document.root, "b")), "1:4");
    EXPECT_EQ(place(find_value(document.root, "a.c")), "3:6");
    EXPECT_TRUE(find_value(document.root, "a.c")->quoted);
    EXPECT_EQ(place(&find_value(document.root, "a.d")->items[1]), "4:10");
    EXPECT_EQ(find_value(document.root, "a.e"), nullptr);
    EXPECT_EQ(find_value(document.root, "b.c"), nullptr);
}

TEST(YamlDocument, PlacesABlockAndAnEmptyValueAtTheirKey) {
    const YamlDocument document = parse_yaml("a:\n  b:\n  c: 1\nd:\n  - 1\n", "f.yaml");
    EXPECT_EQ(place(find_value(document.root, "a")), "1:1");
    EXPECT_EQ(place(find_value(document.root, "a.b")), "2:3");
    EXPECT_EQ(place(find_value(document.root, "d")), "4:1");
}

TEST(YamlDocument, CountsColumnsInCharacters) {
    const YamlDocument document = parse_yaml("{\"\xC3\xA9\xE2\x82\xAC\": 1, b: 2}", "f.yaml");
    EXPECT_EQ(place(find_value(document.root, "b")), "1:14");
}

TEST(YamlDocument, TakesByteOrderMarkAndWindowsLineEnds) {
    const YamlDocument document = parse_yaml(
        "\xEF\xBB\xBF"
        "a: 1\r\nb: x\r\n",
        "f.yaml");
    ASSERT_TRUE(document.issues.empty()) << yaml_issues(document);
    EXPECT_EQ(document.root.entries[0].key, "a");
    EXPECT_EQ(document.root.entries[0].column, 1);
    EXPECT_EQ(find_value(document.root, "b")->text, "x");
}

TEST(YamlDocument, ReadsAnEmptyTextAsAnEmptyMap) {
    for (const std::string text : {"", "\n\n", "# only a comment\n", "---\n", "null"}) {
        const YamlDocument document = parse_yaml(text, "f.yaml");
        EXPECT_TRUE(document.issues.empty() && document.complete) << text << yaml_issues(document);
        EXPECT_EQ(document.root.kind, YamlKind::map);
    }
}

TEST(YamlDocument, ReportsEveryDuplicateKeyWithTheFirstLine) {
    EXPECT_EQ(yaml_issues("a: 1\nb: {x: 1, x: 2}\na: 2\n"),
              "f.yaml:2:11: b.x: duplicate key; it was first given in line 2\n"
              "f.yaml:3:1: a: duplicate key; it was first given in line 1\n");
    EXPECT_EQ(find_value(parse_yaml("a: 1\na: 2\n", "").root, "a")->text, "1");
}

TEST(YamlDocument, ReplacesAnAliasByWhatItStandsFor) {
    const YamlDocument document = parse_yaml("a: &x {c: 1}\nb: *x\nd: &y 3\ne: *y\n", "f.yaml");
    ASSERT_TRUE(document.issues.empty()) << yaml_issues(document);
    EXPECT_EQ(find_value(document.root, "b.c")->text, "1");
    EXPECT_EQ(place(find_value(document.root, "d")), "3:7");
    EXPECT_EQ(place(find_value(document.root, "e")), "4:4");
}

TEST(YamlDocument, ReportsAnAliasInsideItsOwnAnchor) {
    EXPECT_EQ(yaml_issues("a: &x [1, *x]\nb: &y {c: {d: *y}}\n"),
              "f.yaml:1:11: a[1]: this alias stands inside its own anchor: a loop without end\n"
              "f.yaml:2:15: b.c.d: this alias stands inside its own anchor: a loop without end\n");
}

TEST(YamlDocument, NamesAnUnknownAlias) {
    EXPECT_EQ(yaml_issues("a: [*nobody]\n"), "f.yaml:1:5: unknown alias '*nobody'; no anchor above has this name\n");
}

TEST(YamlDocument, RefusesWhatAConfigurationDoesNotNeed) {
    EXPECT_EQ(yaml_issues("<<: {a: 1}\n"), "f.yaml:1:1: <<: merge keys ('<<') are not supported; write the keys out\n");
    EXPECT_EQ(yaml_issues("a: !!python/x 3\n"),
              "f.yaml:1:4: a: explicit tags such as '!!python/x' are not supported; remove it\n");
    EXPECT_EQ(yaml_issues("a: !t [1]\n"), "f.yaml:1:4: a: explicit tags such as '!t' are not supported; remove it\n");
    EXPECT_EQ(yaml_issues("? [x]\n: 1\n"), "f.yaml:1:3: ?: a key must be plain text, got a list or a block of keys\n");
    EXPECT_EQ(yaml_issues("~: 1\n"), "f.yaml:1:1: ?: a key must be plain text, got nothing\n");
    EXPECT_EQ(yaml_issues("a: 1\n---\nb: 2\n"), "f.yaml:2:1: a second document begins here; a file must hold one\n");
    EXPECT_EQ(yaml_issues("  a: 1\nb: 2\n"),
              "f.yaml:2:1: does not belong to what stands above; check the indentation\n");
    EXPECT_EQ(yaml_issues("- a\n"), "f.yaml:1:1: the top level must be keys with values ('key: value'), got a list\n");
    EXPECT_EQ(yaml_issues("a:1\nb:2\n"),
              "f.yaml:1:1: the top level must be keys with values ('key: value'), got 'a:1 b:2'\n");
}

TEST(YamlDocument, SaysWhereTheSyntaxBreaks) {
    EXPECT_EQ(yaml_issues("a: 1\n\tb: 2\n"), "f.yaml:2:1: is not valid YAML: a tab in the indentation; use spaces\n");
    EXPECT_EQ(yaml_issues("a: [1, 2}\n"), "f.yaml:1:9: is not valid YAML: a closing bracket without the opening one\n");
    EXPECT_EQ(yaml_issues("a: 1\na: 2\nb: }\n"),
              "f.yaml:2:1: a: duplicate key; it was first given in line 1\n"
              "f.yaml:3:4: is not valid YAML: a closing bracket without the opening one\n");
    EXPECT_EQ(yaml_issues("a: \"x\nb: 2\n"), "f.yaml:1:4: a: the quote that opens here is never closed\n");
    EXPECT_EQ(yaml_issues("a: 'it''s\n"), "f.yaml:1:4: a: the quote that opens here is never closed\n");
    EXPECT_FALSE(parse_yaml("a: [1\n", "f.yaml").complete);
}

TEST(YamlDocument, RefusesWhatIsNoText) {
    EXPECT_EQ(yaml_issues("a: 1\nb: \xFF\n"), "f.yaml:2:4: is not UTF-8 text; save the file as UTF-8\n");
    EXPECT_EQ(yaml_issues("a: \xED\xA0\x80\n"), "f.yaml:1:4: is not UTF-8 text; save the file as UTF-8\n");
    EXPECT_EQ(yaml_issues(std::string("a: \0x\n", 6)), "f.yaml:1:4: contains a NUL byte; this is not a text file\n");
    EXPECT_EQ(yaml_issues("a: \x04\n"), "f.yaml:1:4: contains a control character (code 4)\n");
}

TEST(YamlDocument, BoundsNestingAndSize) {
    const std::string deep = "a: " + std::string(70, '[') + std::string(70, ']');
    EXPECT_NE(yaml_issues(deep).find("must be nested at most 64 deep"), std::string::npos);
    EXPECT_EQ(yaml_issues("a: " + std::string(60, '[') + std::string(60, ']')), "");
    std::string laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; ++i) {
        const std::string before = "*a" + std::to_string(i - 1);
        laughs += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
        for (int copy = 0; copy < 9; ++copy) laughs += ", " + before;
        laughs += "]\n";
    }
    EXPECT_NE(yaml_issues(laughs).find("must hold at most 100000 values"), std::string::npos);
    EXPECT_NE(yaml_issues(std::string(2 * max_yaml_bytes, ' ')).find("bytes long"), std::string::npos);
    std::string copies = "a: &a " + std::string(100'000, 'x') + "\nb: [*a";
    for (int i = 0; i < 1000; ++i) copies += ", *a";
    EXPECT_NE(yaml_issues(copies + "]\n").find("bytes, aliases expanded"), std::string::npos);
}

TEST(YamlDocument, SaysWhyAFileCannotBeRead) {
    const TemporaryFolder folder;
    const std::string missing = (folder.path() / "none.yaml").string();
    EXPECT_EQ(yaml_issues(read_yaml_file(missing)), missing + ": no such file\n");
    EXPECT_EQ(yaml_issues(read_yaml_file(folder.path())),
              folder.path().string() + ": must be a regular file, got a directory\n");
    EXPECT_EQ(yaml_issues(read_yaml_file("/dev/zero")), "/dev/zero: must be a regular file, got a device\n");
    const YamlDocument document = read_yaml_file(folder.write("a.yaml", "a: 1\n"));
    EXPECT_TRUE(document.issues.empty());
    EXPECT_EQ(find_value(document.root, "a")->text, "1");
}

TEST(YamlDocument, SurvivesMutatedText) {
    const std::string valid =
        "# run\nname: xor\nseed: 42\ntask: {name: xor, 'q': \"a\\n\\u00e9\"}\nevolution: &e\n  population_size: 150\n"
        "  rates: [0.5, 1e3,\n    -2]\nother: *e\nblock: |\n  text\n  more\nfolded: >-\n  x\n\n  y\nlast: ~\n";
    std::uint64_t state = 1;
    const auto next = [&state](std::uint64_t bound) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return (state >> 33U) % bound;
    };
    const std::string special = "{}[]:,&*!|>'\"#%-?@`\n\t \\<~\r";
    for (int round = 0; round < 3000; ++round) {
        std::string text = valid;
        for (std::uint64_t i = 0, count = 1 + next(6); i < count; ++i) {
            const std::size_t at = next(text.size());
            const std::uint64_t kind = next(4);
            if (kind == 0) text[at] = static_cast<char>(next(256));
            if (kind == 1) text[at] = special[next(special.size())];
            if (kind == 2) text.insert(at, 1, special[next(special.size())]);
            if (kind == 3) text.erase(at, 1 + next(8));
            if (text.empty()) text = valid;
        }
        const YamlDocument document = parse_yaml(text, "f.yaml");
        EXPECT_TRUE(document.complete || !document.issues.empty()) << text;
        EXPECT_EQ(document.root.kind, YamlKind::map);
    }
}

TEST(ConfigOverride, ReplacesAddsAndMakesBlocks) {
    YamlDocument document = parse_yaml("a: {b: 1}\nc:\n", "f.yaml");
    for (const std::string assignment : {"a.b=2", "a.x=[1, 2]", "c.d.e={f: 'g=h'}", "new.key=", " a.s = t "}) {
        apply_override(document, assignment);
    }
    ASSERT_TRUE(document.issues.empty()) << yaml_issues(document);
    EXPECT_EQ(find_value(document.root, "a.b")->text, "2");
    EXPECT_EQ(find_value(document.root, "a.b")->origin, "--set a.b=2");
    EXPECT_EQ(find_value(document.root, "a.b")->line, 0);
    EXPECT_EQ(find_value(document.root, "a.x")->items.size(), 2U);
    EXPECT_EQ(find_value(document.root, "c.d.e.f")->text, "g=h");
    EXPECT_EQ(find_value(document.root, "new.key")->kind, YamlKind::null);
    EXPECT_EQ(find_value(document.root, "a.s")->text, "t");
}

TEST(ConfigOverride, ReportsWhatIsMalformedAndChangesNothing) {
    YamlDocument document = parse_yaml("a: 3\n", "f.yaml");
    for (const std::string assignment : {"novalue", "=1", "a..b=1", "a.=1", "a.b=1", "c=[1", "d={x: 1, x: 2}"}) {
        apply_override(document, assignment);
    }
    EXPECT_EQ(yaml_issues(document),
              "--set novalue: must be KEY=VALUE, got no '='\n"
              "--set =1: must be KEY=VALUE with a key such as 'evolution.population_size'\n"
              "--set a..b=1: a..b: must be KEY=VALUE with a key such as 'evolution.population_size'\n"
              "--set a.=1: a.: must be KEY=VALUE with a key such as 'evolution.population_size'\n"
              "--set a.b=1: a.b: 'a' must be a block of keys, got 3 in line 1\n"
              "--set c=[1: c: is not valid YAML: a list opened by '[' needs ',' between its values and ']' at its end\n"
              "--set d={x: 1, x: 2}: d.x: duplicate key; it was first given in line 1\n");
    EXPECT_EQ(find_value(document.root, "a")->text, "3");
    EXPECT_EQ(find_value(document.root, "c"), nullptr);
}

}  // namespace
}  // namespace clade
