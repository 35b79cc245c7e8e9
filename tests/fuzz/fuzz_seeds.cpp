// fuzz_seeds FOLDER: writes the seeds that are made anew to FOLDER/model, FOLDER/checkpoint and FOLDER/run_log.
#include "tests/fuzz/fuzz_targets.hpp"

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace {

void write_seeds(const std::filesystem::path& folder, const std::vector<std::string>& seeds) {
    std::filesystem::create_directories(folder);
    for (std::size_t i = 0; i < seeds.size(); ++i) {
        std::ofstream(folder / ("seed-" + std::to_string(i)), std::ios::binary) << seeds[i];
    }
}

}  // namespace

int main(int argument_count, char** arguments) {
    if (argument_count != 2) {
        std::cerr << "usage: fuzz_seeds FOLDER\n";
        return 2;
    }
    const std::filesystem::path folder = arguments[1];
    write_seeds(folder / "model", clade::fuzz::model_seeds());
    write_seeds(folder / "checkpoint", clade::fuzz::checkpoint_seeds());
    write_seeds(folder / "run_log", clade::fuzz::run_log_seeds());
}
