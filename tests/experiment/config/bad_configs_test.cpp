// Every file of tests/bad_configs/ gives exactly the message beside it.
#include <clade/evaluation/tasks/builtin_tasks.hpp>
#include <clade/experiment/run/experiment.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace clade {
namespace {

const std::filesystem::path bad_config_folder = std::filesystem::path(CLADE_SOURCE_DIR) / "tests/bad_configs";

std::string content(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

/// The message of a configuration, with the folder of the file cut from it.
std::string config_message(const std::filesystem::path& file) {
    const Vocabulary vocabulary{builtin_tasks(), {}};
    std::string text;
    try {
        (void)load_config({file.string(), {}, vocabulary.tasks, vocabulary.functions});
    } catch (const ConfigError& error) {
        text = error.what();
    }
    const std::string prefix = bad_config_folder.string() + "/";
    for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix))
        text.erase(at, prefix.size());
    return text + "\n";
}

class BadConfig : public testing::TestWithParam<std::filesystem::path> {};

std::vector<std::filesystem::path> bad_configs() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(bad_config_folder)) {
        if (entry.path().extension() == ".yaml") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

TEST_P(BadConfig, GivesTheMessageBesideIt) {
    std::filesystem::path expected = GetParam();
    expected.replace_extension(".expected");
    EXPECT_EQ(config_message(GetParam()), content(expected));
}

INSTANTIATE_TEST_SUITE_P(Files, BadConfig, testing::ValuesIn(bad_configs()),
                         [](const auto& file) { return file.param.stem().string(); });

TEST(BadConfigs, AreAtLeastForty) { EXPECT_GE(bad_configs().size(), 40U); }

}  // namespace
}  // namespace clade
