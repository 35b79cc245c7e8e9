#include <clade/experiment/run/run_inputs.hpp>

#include <clade/experiment/run/run_folder.hpp>

#include <utility>

namespace clade {

std::filesystem::path initial_genome_file(const ExperimentConfig& config, const std::string& directory) {
    std::filesystem::path file = config.genome.initial.genome;
    if (file.is_relative() && std::filesystem::exists(directory / file)) file = directory / file;
    return file;
}

RunInputs read_inputs(const ExperimentConfig& config, const std::string& directory) {
    if (config.genome.initial.genome.empty()) return {directory, ""};
    try {
        return {directory, read_file(initial_genome_file(config, directory))};
    } catch (const Error& error) {
        throw FieldError("genome.initial.genome", error.what());
    }
}

RunInputs logged_inputs(const ExperimentConfig& config, const RunLog& log) {
    std::string directory = log.get("directory").value_or("");
    if (log.get("initial_genome_file") != config.genome.initial.genome) return read_inputs(config, directory);
    return {std::move(directory), log.get("initial_genome").value_or("")};
}

RunInputs inputs_of(const ExperimentConfig& config, const std::filesystem::path& file) {
    const RunFolder folder{std::filesystem::absolute(file).parent_path()};
    if (!std::filesystem::exists(folder.log())) return read_inputs(config, folder.path.string());
    return logged_inputs(config, RunLog(folder.log(), RunLog::Mode::read));
}

}  // namespace clade
