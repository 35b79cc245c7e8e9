// The files that a run reads besides its configuration.
#pragma once

#include <clade/evaluation/data/input_file.hpp>
#include <clade/experiment/config/experiment_config.hpp>
#include <clade/experiment/log/run_log.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace clade {

/// The data files of a task are not copied: they must stay as they are, and their digests show whether they do.
struct RunInputs {
    std::string directory{};         ///< where relative file names of the configuration start
    std::string initial_genome{};    ///< the text of the genome the run starts from; empty: none
    std::vector<InputFile> files{};  ///< those of the task as the run read them first; empty: not known yet, or none
};

/// Throws InputError if the task's files are not those that the run began with: which, and what to do.
void check_files(const RunInputs& inputs, const std::vector<InputFile>& files);

/// The same for the files at their paths, where the task could not be made.
void check_files(const RunInputs& inputs);

/// Files as JSON text, and back. Throws FormatError for other text.
[[nodiscard]] std::string files_to_json(const std::vector<InputFile>& files);
[[nodiscard]] std::vector<InputFile> files_from_json(const std::string& text);

/// For a new run. Throws FieldError if the file of the genome cannot be read.
[[nodiscard]] RunInputs read_inputs(const ExperimentConfig& config, const std::string& directory);

/// The inputs of a logged run, from its log. If `config` names another genome than the logged one, that file is read.
[[nodiscard]] RunInputs logged_inputs(const ExperimentConfig& config, const RunLog& log);

/// For a new run of a configuration file; if that is in a run's folder, the inputs of the logged run.
[[nodiscard]] RunInputs inputs_of(const ExperimentConfig& config, const std::filesystem::path& file);

/// The file of the saved genome that the configuration names.
[[nodiscard]] std::filesystem::path initial_genome_file(const ExperimentConfig& config, const std::string& directory);

}  // namespace clade
