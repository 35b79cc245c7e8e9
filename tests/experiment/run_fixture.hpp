// Whole runs in a folder of their own, and what is asked of their logs.
#pragma once

#include "tests/support/folder_test.hpp"

#include <clade/experiment/experiment.hpp>

#include <atomic>
#include <vector>

namespace clade {

class RunTest : public FolderTest {
protected:
    struct Silent final : ExperimentObserver {
        void on_generation(const GenerationRow&) override {}
    };

    /// Runs to the end. `config` must be resolved.
    RunFolder run(const ExperimentConfig& config) {
        const RunInputs inputs = read_inputs(config, CLADE_SOURCE_DIR "/configs");
        const RunFolder folder = create_run_folder(folder_, config.name, *config.seed);
        Experiment experiment = Experiment::start(config, vocabulary_, inputs, folder);
        Silent silent;
        outcome_ = experiment.run(silent, stop_);
        return folder;
    }

    static std::vector<GenerationRow> rows(const RunFolder& folder) {
        return RunLog(folder.log(), RunLog::Mode::read).generations();
    }

    static std::vector<std::uint64_t> digests(const RunFolder& folder) {
        std::vector<std::uint64_t> all;
        for (const GenerationRow& row : rows(folder)) all.push_back(row.digest);
        return all;
    }

    const Vocabulary vocabulary_{builtin_tasks(), {}};
    std::atomic<bool> stop_{false};
    Outcome outcome_{};  // of the last run()
};

}  // namespace clade
