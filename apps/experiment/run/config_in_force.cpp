#include <clade/experiment/run/config_in_force.hpp>

namespace clade {
namespace {

std::string logged_text(const RunLog& log) {
    auto text = log.get("config");
    if (!text) throw FormatError("the run's log has no configuration");
    return std::move(*text);
}

/// Makes config.yaml as the log has it. The file as it was before the last change is the trace of a kill, not an edit.
void restore_config_file(const RunFolder& folder, const RunLog& log, const Vocabulary& vocabulary) {
    const std::string text = logged_text(log);
    if (std::filesystem::exists(folder.config())) {
        const std::string found = read_file(folder.config());
        if (found == text) return;
        if (found != log.get("config_before")) return check_config_file(folder.config(), text, vocabulary);
    }
    replace_file(folder.config(), text);
}

/// "generation 37: stop.generations: is 200, was 100", a line each.
std::string changes_text(const RunLog& log, const std::vector<std::string>& differences) {
    const auto last = log.last_generation();
    const std::string from = "generation " + std::to_string(last ? last->generation + 1 : 0) + ": ";
    std::string text = log.get("config_changes").value_or("");
    for (const std::string& difference : differences) text += from + difference + '\n';
    return text;
}

/// Refuses a limit that the run has passed already, which would end it for a slip of the keyboard.
void check_stop(const StopParams& was, const StopParams& is, const RunLog& log) {
    const auto last = log.last_generation();
    if (!last) return;
    const auto refuse = [](std::string_view key, std::uint64_t limit, std::uint64_t made) {
        throw InputError("stop." + std::string(key) + ": must be at least what the run has made already, " +
                         std::to_string(made) + ", got " + std::to_string(limit) + "; nothing was changed");
    };
    const std::uint64_t made = std::uint64_t{last->generation} + 1;
    if (is.generations != was.generations && is.generations && *is.generations < made) {
        refuse("generations", *is.generations, made);
    }
    if (is.evaluations != was.evaluations && is.evaluations && *is.evaluations < last->evaluations_total) {
        refuse("evaluations", *is.evaluations, last->evaluations_total);
    }
}

}  // namespace

ExperimentConfig logged_config(const RunFolder& folder, const RunLog& log, const Vocabulary& vocabulary) {
    return load_logged_config({folder.config().string(), {}, vocabulary.tasks, vocabulary.functions, logged_text(log)});
}

void check_config_file(const std::filesystem::path& file, const std::string& text, const Vocabulary& vocabulary) {
    const auto load = [&](std::optional<std::string> content) {
        return load_logged_config({file.string(), {}, vocabulary.tasks, vocabulary.functions, std::move(content)});
    };
    const std::vector<std::string> differences = config_differences(load(text), load(std::nullopt));
    if (differences.empty()) return;
    std::string message = file.string() + ": was edited since the run began:";
    for (const std::string& difference : differences) message += "\n  " + difference;
    throw InputError(message +
                     "\nDelete the file, and it comes back as it was; change keys that change no result with --set, "
                     "and start a new run for others");
}

ExperimentConfig config_to_continue(const RunFolder& folder, RunLog& log, const Vocabulary& vocabulary,
                                    const std::vector<std::string>& overrides) {
    restore_config_file(folder, log, vocabulary);
    const std::string before = logged_text(log);
    const ConfigSource source{folder.config().string(), overrides, vocabulary.tasks, vocabulary.functions, before};
    ExperimentConfig config = load_config_again(source);
    if (overrides.empty()) return config;
    if (config.name != log.get("name")) {
        throw InputError("name: must stay " + log.get("name").value_or("") +
                         ", as the run's folder and log are named, got " + config.name);
    }
    const ExperimentConfig logged = logged_config(folder, log, vocabulary);
    const auto differences = config_differences(logged, config);
    if (differences.empty()) return config;
    check_stop(logged.stop, config.stop, log);
    const std::string now = write_config(config, ConfigComments::meanings);
    log.set({{"config", now}, {"config_before", before}, {"config_changes", changes_text(log, differences)}});
    replace_file(folder.config(), now);
    return config;
}

}  // namespace clade
