// Replays the inputs that fuzzing starts from: as they are, cut off, and with damaged bytes.
#include "tests/fuzz/fuzz_targets.hpp"

#include <clade/experiment/run/run_folder.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

namespace clade {
namespace {

namespace fs = std::filesystem;

struct Target {
    const char* name;
    bool (*run)(std::string_view);
    std::vector<const char*> folders;               // of inputs
    std::vector<std::string> (*seeds)() = nullptr;  // more of them
};

class FuzzTarget : public testing::TestWithParam<Target> {
protected:
    static std::vector<std::string> inputs() {
        std::vector<std::string> found;
        if (GetParam().seeds != nullptr) found = GetParam().seeds();
        for (const char* folder : GetParam().folders) {
            for (const auto& entry : fs::recursive_directory_iterator(fs::path(CLADE_SOURCE_DIR) / folder)) {
                if (entry.is_regular_file()) found.push_back(read_file(entry.path()));
            }
        }
        std::sort(found.begin(), found.end());  // folders have no order of their own
        return found;
    }
};

INSTANTIATE_TEST_SUITE_P(
    Targets, FuzzTarget,
    testing::Values(Target{"config", fuzz::config, {"tests/fuzz/corpus/config", "configs", "tests/bad_configs"}},
                    Target{"csv", fuzz::csv, {"tests/fuzz/corpus/csv"}},
                    Target{"genome", fuzz::genome, {"tests/fuzz/corpus/genome"}},
                    Target{"model", fuzz::model, {"tests/fuzz/corpus/genome"}, fuzz::model_seeds},
                    Target{"checkpoint", fuzz::checkpoint, {}, fuzz::checkpoint_seeds},
                    Target{"run_log", fuzz::run_log, {}, fuzz::run_log_seeds}),
    [](const auto& tested) { return tested.param.name; });

TEST_P(FuzzTarget, KeepsItsPromisesForEveryKnownInput) {
    const std::vector<std::string> known = inputs();
    ASSERT_FALSE(known.empty());
    std::size_t accepted = 0;
    for (const std::string& input : known) {
        EXPECT_NO_THROW(accepted += GetParam().run(input) ? 1U : 0U) << input.substr(0, 200);
    }
    EXPECT_GT(accepted, 0U) << "fuzzing that starts from refused inputs alone stays near the surface";
}

TEST_P(FuzzTarget, KeepsItsPromisesForDamagedInput) {
    std::mt19937_64 random(1);
    for (const std::string& input : inputs()) {
        for (int round = 0; round < 20; ++round) {
            std::string damaged = input;
            if (damaged.empty()) continue;
            damaged[random() % damaged.size()] = static_cast<char>(random());
            if (round % 4 == 0) damaged.resize(random() % damaged.size());
            EXPECT_NO_THROW((void)GetParam().run(damaged)) << damaged.substr(0, 200);
        }
    }
}

}  // namespace
}  // namespace clade
