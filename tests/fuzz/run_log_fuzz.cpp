#include "tests/fuzz/fuzz_targets.hpp"
#include "tests/fuzz/input_file.hpp"

#include <clade/evaluation/tasks/builtin_tasks.hpp>
#include <clade/experiment/log/run_log.hpp>
#include <clade/experiment/run/experiment.hpp>
#include <clade/experiment/run/rebuild.hpp>

#include <functional>

namespace clade::fuzz {
namespace {

/// Whether it could be read.
bool attempt(const std::function<void()>& read) {
    try {
        read();
        return true;
    } catch (const Error&) {
        return false;
    }
}

/// A damaged part does not keep the others from being tried.
void read_everything(const RunLog& log) {
    attempt([&] { (void)log.generations(); });
    attempt([&] { (void)champion_row(log, logged_direction(log)); });
    attempt([&] { (void)log.species_history(SpeciesId{1}); });
    attempt([&] { (void)log.last_generation(); });
    for (std::uint32_t generation = 0; generation < 3; ++generation) {
        attempt([&] { (void)log.generation(generation); });
        attempt([&] { (void)log.species(generation); });
        attempt([&] { (void)log.champion_json(generation); });
        attempt([&] { (void)log.measures(generation); });
        attempt([&] { (void)log.fitness(generation); });
        attempt([&] { (void)log.merit(generation); });
        attempt([&] { (void)log.genomes(generation); });
        attempt([&] { (void)log.score_columns(generation); });
        attempt([&] { (void)log.refined(generation); });
        attempt([&] { (void)log.race(generation); });
    }
}

/// Copies the entries to a new log, which must have the same.
void require_entries_read_back(const RunLog& log) {
    RunEntries entries;
    if (!attempt([&] { entries = log.all_entries(); })) return;
    const InputFile other("");
    for (const char* own : {"format", "format_version"}) entries.erase(own);
    const RunLog copy = RunLog::create(other.path() + "s", entries);
    RunEntries written = copy.all_entries();
    for (const char* own : {"format", "format_version"}) written.erase(own);
    require(written == entries, "written entries must read back as they were");
}

std::string log_of_a_run(const std::vector<std::string>& settings) {
    static const Vocabulary vocabulary{builtin_tasks(), {}};
    std::vector<std::string> all{"evolution.population_size=12", "stop.generations=3", "evaluation.threads=1"};
    all.insert(all.end(), settings.begin(), settings.end());
    const std::string text = "{name: fuzz, seed: 1, task: {name: xor}}";
    ExperimentConfig config = load_config({"fuzz.yaml", all, vocabulary.tasks, vocabulary.functions, text});
    resolve(config);
    const InputFile file("");
    const RunFolder folder = create_run_folder(file.path() + "s", config.name);
    Experiment::start(config, vocabulary, {}, folder).run();
    return read_file(folder.log());
}

}  // namespace

bool run_log(std::string_view input) {
    const InputFile file(input);
    const bool read = attempt([&] {
        const RunLog log(file.path(), RunLog::Mode::read);
        read_everything(log);
        require_entries_read_back(log);
    });
    const bool written = attempt([&] { RunLog(file.path(), RunLog::Mode::append).set("note", "renamed"); });
    attempt([&] { read_everything(RunLog(file.path(), RunLog::Mode::read)); });
    return read && written;
}

std::vector<std::string> run_log_seeds() {
    return {log_of_a_run({}),
            log_of_a_run({"refine.method=snes", "refine.every_generations=1", "refine.evaluations=50"})};
}

}  // namespace clade::fuzz
