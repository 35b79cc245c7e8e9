#include <clade/experiment/run/run_inputs.hpp>

#include <clade/experiment/run/run_folder.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace clade {
namespace {

using Json = nlohmann::ordered_json;

[[noreturn]] void refuse_input(const std::string& path, const std::string& problem) {
    throw InputError(path + ": " + problem + " since the run began. Put the original file back, or start a new run");
}

std::string bytes_text(const InputFile& file) { return std::to_string(file.bytes) + " bytes"; }

[[noreturn]] void refuse_changed(const InputFile& then, const InputFile& now) {
    refuse_input(now.path, then.bytes == now.bytes
                               ? "its content has changed"
                               : "has changed (" + bytes_text(then) + " then, " + bytes_text(now) + " now)");
}

InputFile file_from_json(const Json& json) {
    InputFile file{json.at("path").get<std::string>(), json.at("bytes").get<std::uint64_t>()};
    const auto digits = json.at("digest").get<std::string>();
    std::uint64_t digest = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), digest, 16);
    if (problem != std::errc() || end != digits.data() + digits.size()) throw FormatError("a file's digest is damaged");
    file.digest = Digest{digest};
    return file;
}

}  // namespace

void check_files(const RunInputs& inputs, const std::vector<InputFile>& files) {
    if (inputs.files.empty()) return;
    const std::size_t count = std::min(inputs.files.size(), files.size());
    for (std::size_t file = 0; file < count; ++file) {
        if (inputs.files[file].digest != files[file].digest) refuse_changed(inputs.files[file], files[file]);
    }
    if (count < inputs.files.size()) refuse_input(inputs.files[count].path, "is no longer read");
    if (count < files.size()) refuse_input(files[count].path, "is a file that was not read");
}

void check_files(const RunInputs& inputs) {
    for (const InputFile& file : inputs.files) {
        std::error_code ignored;
        if (!std::filesystem::exists(file.path, ignored)) refuse_input(file.path, "is gone, or has moved,");
        const InputFile now = input_file(file.path);
        if (now.digest != file.digest) refuse_changed(file, now);
    }
}

std::string files_to_json(const std::vector<InputFile>& files) {
    Json json = Json::array();
    for (const InputFile& file : files) {
        json.push_back({{"path", file.path}, {"bytes", file.bytes}, {"digest", to_hex(file.digest)}});
    }
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<InputFile> files_from_json(const std::string& text) {
    try {
        std::vector<InputFile> files;
        for (const Json& json : Json::parse(text)) files.push_back(file_from_json(json));
        return files;
    } catch (const Json::exception& error) {
        throw FormatError(std::string("the list of the files that the run reads is damaged: ") + error.what());
    }
}

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
    return {std::move(directory), log.get("initial_genome").value_or(""),
            files_from_json(log.get("files").value_or("[]"))};
}

RunInputs inputs_of(const ExperimentConfig& config, const std::filesystem::path& file) {
    const RunFolder folder{std::filesystem::absolute(file).parent_path()};
    if (!std::filesystem::exists(folder.log())) return read_inputs(config, folder.path.string());
    RunInputs inputs = logged_inputs(config, RunLog(folder.log(), RunLog::Mode::read));
    inputs.files.clear();  // a new run reads what is there now
    return inputs;
}

}  // namespace clade
