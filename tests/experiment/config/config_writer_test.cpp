#include <clade/experiment/config/config_reader.hpp>
#include <clade/experiment/config/config_reference.hpp>
#include <clade/experiment/config/config_writer.hpp>
#include <clade/experiment/config/yaml_parser.hpp>
#include <clade/experiment/config/yaml_value_text.hpp>

#include "tests/experiment/toy_config.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace clade {
namespace {

ToyConfig read_back(const std::string& text) {
    YamlDocument document = parse_yaml(text, "written.yaml");
    ToyConfig config;
    ConfigReader(document.root, document.issues).read(config);
    std::string issues;
    for (const ConfigIssue& issue : document.issues) issues += to_string(issue) + '\n';
    EXPECT_EQ(issues, "") << text;
    return config;
}

std::string random_text(std::mt19937_64& random) {
    static const std::vector<std::string> pieces{"a",
                                                 "Z",
                                                 "0",
                                                 " ",
                                                 ":",
                                                 "#",
                                                 "'",
                                                 "\"",
                                                 "\\",
                                                 "\n",
                                                 "\t",
                                                 "{",
                                                 "[",
                                                 ",",
                                                 "&",
                                                 "*",
                                                 "!",
                                                 "%",
                                                 "-",
                                                 "~",
                                                 "null",
                                                 "true",
                                                 "\xC3\xA9",
                                                 "\xE2\x80\xA8",
                                                 "\xF0\x9F\x98\x80",
                                                 "\r",
                                                 "?",
                                                 "|",
                                                 ">",
                                                 "@",
                                                 "`",
                                                 ": ",
                                                 " #",
                                                 "---",
                                                 "...",
                                                 "\x01",
                                                 "\x04",
                                                 "\x7F",
                                                 "\xC2\x85",
                                                 "\xEF\xBB\xBF",
                                                 "1e3",
                                                 "."};
    std::string text;
    for (std::uint64_t i = 0, count = random() % 7; i < count; ++i) text += pieces[random() % pieces.size()];
    if (random() % 10 == 0) text += '\0';
    return text;
}

double random_double(std::mt19937_64& random) {
    while (true) {
        const std::uint64_t bits = random();
        double value = 0.0;
        std::memcpy(&value, &bits, sizeof value);
        if (random() % 3 == 0) value = static_cast<double>(static_cast<std::int64_t>(bits % 2000001) - 1000000) / 8.0;
        if (std::isfinite(value)) return value;
    }
}

ToyConfig random_config(std::mt19937_64& random) {
    ToyConfig config;
    config.name = random_text(random);
    config.population_size = 2 + static_cast<int>(random() % 2147483646U);
    config.seed = random();
    config.maximize = random() % 2 == 0;
    if (random() % 2 == 0) config.solved_fitness = random_double(random);
    config.evaluations = 1 + random() % std::numeric_limits<std::uint64_t>::max();
    if (random() % 2 == 0) config.evaluations.reset();
    config.bias = random_double(random);
    config.inner.threshold = std::max(std::abs(random_double(random)), std::numeric_limits<double>::denorm_min());
    config.inner.mode = static_cast<ToyMode>(random() % 3);
    config.inner.rates.clear();
    for (std::uint64_t i = 0, count = random() % 4; i < count; ++i) {
        config.inner.rates.push_back(static_cast<double>(random() >> 11U) * 0x1p-53);
    }
    config.inner.functions.clear();
    for (std::uint64_t i = 0, count = random() % 4; i < count; ++i) {
        config.inner.functions.push_back(random_text(random));
    }
    return config;
}

TEST(ConfigWriter, WritesEveryFieldInOrder) {
    EXPECT_EQ(write_config(ToyConfig{}),
              "name: toy\npopulation_size: 150\nseed: 1\nmaximize: true\nsolved_fitness: null\nevaluations: 10\n"
              "bias: -1e-09\ninner:\n  threshold: 3\n  mode: steady\n  rates: [0.5]\n  functions: [sigmoid, tanh]\n"
              "empty: {}\n");
    EXPECT_EQ(write_config(ToyEmpty{}), "{}\n");
}

TEST(ConfigWriter, WritesMeaningsAboveTheKeys) {
    const std::string text = write_config(ToyConfig{}, ConfigComments::meanings);
    EXPECT_NE(text.find("# Genomes of a generation. [at least 2]\npopulation_size: 150\n"), std::string::npos) << text;
    EXPECT_NE(text.find("# More.\ninner:\n  # Distance below which genomes are alike. [greater than 0]\n"),
              std::string::npos);
    EXPECT_NE(text.find("[one of 'steady', 'generational', 'none']\n  mode: steady\n"), std::string::npos);
    EXPECT_EQ(read_back(text), ToyConfig{});
}

TEST(ConfigWriter, QuotesTextThatAnotherReaderWouldMistake) {
    for (const std::string text : {"", "null", "True", "no", "12", "1e3", "-", "a b", "a: b", "#", "~", ".inf"}) {
        EXPECT_EQ(yaml_text(std::string_view(text)), '"' + text + '"');
    }
    for (const std::string text : {"xor", "data/iris.csv", "/tmp/a-b_c.9"}) {
        EXPECT_EQ(yaml_text(std::string_view(text)), text);
    }
    EXPECT_THROW(static_cast<void>(yaml_text(std::string_view("\xFF"))), Error);
}

TEST(ConfigWriter, WritesWholeNumbersInFullAndOthersAsShortAsPossible) {
    EXPECT_EQ(yaml_text(1000000.0), "1000000");
    EXPECT_EQ(yaml_text(-0.0), "-0");
    EXPECT_EQ(yaml_text(0.1), "0.1");
    EXPECT_EQ(yaml_text(1e300), "1e+300");
    EXPECT_EQ(yaml_text(5e-324), "5e-324");
}

TEST(ConfigWriter, RandomConfigurationsReadBackIdentical) {
    std::mt19937_64 random(7);
    for (int round = 0; round < 1000; ++round) {
        const ToyConfig config = random_config(random);
        const bool commented = random() % 2 == 0;
        const std::string text = write_config(config, commented ? ConfigComments::meanings : ConfigComments::none);
        const ToyConfig again = read_back(text);
        ASSERT_EQ(again, config) << text;
        ASSERT_EQ(std::signbit(again.bias), std::signbit(config.bias));
    }
}

TEST(ConfigReference, HasARowForEveryKey) {
    const std::vector<ReferenceRow> rows = config_reference<ToyConfig>();
    ASSERT_EQ(rows.size(), 13U);
    EXPECT_EQ(rows[1], (ReferenceRow{"population_size", "integer", "150", "at least 2", "Genomes of a generation."}));
    EXPECT_EQ(rows[4], (ReferenceRow{"solved_fitness", "number or null", "null", "", "Fitness that ends the run."}));
    EXPECT_EQ(rows[7], (ReferenceRow{"inner", "block", "", "", "More."}));
    EXPECT_EQ(rows[9], (ReferenceRow{"inner.mode", "choice", "steady", "one of 'steady', 'generational', 'none'",
                                     "How generations follow each other."}));
    EXPECT_EQ(rows[10].default_value, "[0.5]");
    EXPECT_EQ(rows[12].key, "empty");
    EXPECT_EQ(config_reference(ToyInner{}, "task").front().key, "task.threshold");
}

}  // namespace
}  // namespace clade
