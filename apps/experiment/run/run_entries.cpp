#include <clade/experiment/run/run_entries.hpp>

#include <clade/core/digest.hpp>
#include <clade/experiment/run/champion_choice.hpp>
#include <clade/experiment/version.hpp>

#include <array>
#include <ctime>
#include <span>

namespace clade {
namespace {

std::string now_as_text() {
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    gmtime_r(&now, &utc);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc)};
}

}  // namespace

std::string run_identity(const ExperimentConfig& config, std::string_view initial_genome,
                         const std::vector<InputFile>& files) {
    std::string text = result_keys(config) + std::string(initial_genome) + '\n';
    for (const InputFile& file : files) text += to_hex(file.digest) + '\n';
    return to_hex(digest_of(std::span<const char>(text)));
}

RunEntries entries_of_new_run(const PreparedRun& run, const std::string& config) {
    const auto& [settings, inputs, engine] = run;
    const TaskTraits& traits = engine->task->traits();
    return {{"clade_version", std::string(version)},
            {"name", settings.name},
            {"seed", std::to_string(*settings.seed)},
            {"task", settings.task.name},
            {"direction", std::string(name_of(traits.direction))},
            {"config", config},
            {"identity", run_identity(settings, inputs.initial_genome, traits.files)},
            {"directory", inputs.directory},
            {"files", files_to_json(traits.files)},
            {"initial_genome_file", settings.genome.initial.genome},
            {"initial_genome", inputs.initial_genome},
            {"started", now_as_text()},
            {"threads", std::to_string(engine->parallel.threads())},
            {"simd", std::string(name_of(engine->parallel.simd()))},
            {"build", std::string(build_type) + ", " + std::string(compiler)}};
}

RunEntries entries_of_end(Outcome outcome, const RunLog& log, const std::string& error) {
    RunEntries entries{
        {"outcome", std::string(name_of(outcome))}, {"ended", now_as_text()}, {"chain", to_hex(log.chain())}};
    if (outcome == Outcome::error) entries.emplace("error", error);
    return entries;
}

RunEntries entries_of_going_on(const RunLog& log) {
    RunEntries entries{{"outcome", ""}};
    for (const std::string_view key :
         {std::string_view("stop_reason"), std::string_view("error"), champion_choice_key}) {
        if (log.get(key)) entries.emplace(key, "");
    }
    return entries;
}

}  // namespace clade
