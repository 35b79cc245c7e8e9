// Whole runs in a folder of their own, and what is asked of their logs.
#pragma once

#include "tests/support/folder_test.hpp"

#include <clade/evaluation/tasks/builtin_tasks.hpp>
#include <clade/experiment/replay/replay.hpp>
#include <clade/experiment/run/experiment.hpp>
#include <clade/experiment/run/rebuild.hpp>

#include <atomic>
#include <vector>

namespace clade {

class RunTest : public FolderTest {
protected:
    /// A configuration file with settings, ready to run.
    [[nodiscard]] ExperimentConfig loaded(const std::filesystem::path& file,
                                          const std::vector<std::string>& overrides) const {
        ExperimentConfig config = load_config({file.string(), overrides, vocabulary_.tasks, vocabulary_.functions});
        resolve(config);
        return config;
    }

    /// Runs to the end. `config` must be resolved.
    RunFolder run(const ExperimentConfig& config) {
        const RunInputs inputs = read_inputs(config, CLADE_SOURCE_DIR "/configs");
        const RunFolder folder = create_run_folder(folder_, config.name, *config.seed);
        Experiment experiment = Experiment::start(config, vocabulary_, inputs, folder);
        outcome_ = run_on(experiment);
        return folder;
    }

    /// Takes up a run and goes on to its end.
    void resume(const RunFolder& folder, const std::vector<std::string>& overrides) {
        Experiment experiment = Experiment::resume(folder, vocabulary_, overrides);
        outcome_ = run_on(experiment);
    }

    Outcome run_on(Experiment& experiment) {
        ExperimentObserver nobody;
        return experiment.run(nobody, stop_);
    }

    static std::vector<GenerationRow> rows(const RunFolder& folder) {
        return RunLog(folder.log(), RunLog::Mode::read).generations();
    }

    static std::vector<std::uint64_t> digests(const RunFolder& folder) {
        std::vector<std::uint64_t> all;
        for (const GenerationRow& row : rows(folder)) all.push_back(raw(row.digest));
        return all;
    }

    const Vocabulary vocabulary_{builtin_tasks(), {}};
    std::atomic<bool> stop_{false};
    Outcome outcome_{};  // of the last run()
};

}  // namespace clade
