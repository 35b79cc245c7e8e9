// Making the two stages from a configuration, and bringing them to a logged generation again.
#include <clade/experiment/run/experiment.hpp>

#include <algorithm>

namespace clade {
namespace {

constexpr const char* genome_key = "genome.initial.genome";

/// The file of the saved genome that the configuration names.
std::filesystem::path genome_file(const ExperimentConfig& config, const std::string& directory) {
    std::filesystem::path file = config.genome.initial.genome;
    if (file.is_relative() && std::filesystem::exists(directory / file)) file = directory / file;
    return file;
}

/// The saved genome that the configuration names, or none.
std::optional<SavedGenome> initial_genome(const ExperimentConfig& config, const Vocabulary& vocabulary,
                                          const RunInputs& inputs) {
    if (config.genome.initial.genome.empty()) return std::nullopt;
    try {
        return genome_from_json(inputs.initial_genome, vocabulary.functions);
    } catch (const FormatError& error) {
        throw FieldError(genome_key, genome_file(config, inputs.directory).string() + ": " + error.what());
    }
}

std::unique_ptr<BatchEvaluator> make_evaluator(const ExperimentConfig& config, const Vocabulary& vocabulary,
                                               const Task& task, const Parallel& parallel) {
    try {
        return std::make_unique<BatchEvaluator>(task, BatchEvaluator::Setup{.network = config.genome.network,
                                                                            .seed = *config.seed,
                                                                            .functions = vocabulary.functions,
                                                                            .parallel = parallel,
                                                                            .racing = config.evaluation.racing});
    } catch (const FieldError& error) {
        throw error.within("evaluation");
    }
}

}  // namespace

void Engine::begin_stages() {
    stage_seconds.clear();
    stage_begin = std::chrono::steady_clock::now();
}

void Engine::end_stage(std::string_view stage) {
    const auto now = std::chrono::steady_clock::now();
    stage_seconds[std::string(stage)] = std::chrono::duration<double>(now - stage_begin).count();
    stage_begin = now;
}

RunInputs read_inputs(const ExperimentConfig& config, const std::string& directory) {
    if (config.genome.initial.genome.empty()) return {directory, ""};
    try {
        return {directory, read_file(genome_file(config, directory))};
    } catch (const Error& error) {
        throw FieldError(genome_key, error.what());
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

std::unique_ptr<Task> make_task(const ExperimentConfig& config, const RunInputs& inputs) {
    if (!config.task.blueprint) {
        throw InputError("this needs the task '" + config.task.name +
                         "', which this program does not have; use the program that made the run");
    }
    try {
        return config.task.blueprint->make({*config.seed, inputs.directory});
    } catch (const FieldError& error) {
        throw error.within("task");
    }
}

std::unique_ptr<Engine> make_engine(const ExperimentConfig& config, const Vocabulary& vocabulary,
                                    const RunInputs& inputs) {
    const Parallel parallel(config.evaluation.threads, config.evaluation.simd);
    auto engine = std::make_unique<Engine>(
        Engine{make_task(config, inputs), parallel, nullptr, nullptr, {}, {}, config.refine.inheritance});
    const TaskTraits& traits = engine->task->traits();
    if (config.refine.method == RefineMethod::adam && !traits.differentiable) {
        throw FieldError("refine.method",
                         "adam needs a task that has a gradient, which '" + traits.name + "' has not; use cma_es");
    }
    engine->evolver =
        std::make_unique<Evolver>(EvolverSetup{.genome = config.genome,
                                               .evolution = config.evolution,
                                               .input_count = traits.input_count,
                                               .output_count = traits.output_count,
                                               .objective = traits.objective,
                                               .seed = *config.seed,
                                               .functions = vocabulary.functions,
                                               .parallel = parallel,
                                               .initial_genome = initial_genome(config, vocabulary, inputs),
                                               .on_stage_end = [engine = engine.get()](Stage stage) {
                                                   engine->end_stage(stage_names[static_cast<std::size_t>(stage)]);
                                               }});
    engine->evaluator = make_evaluator(config, vocabulary, *engine->task, parallel);
    return engine;
}

PreparedRun prepare_run(const ConfigSource& source, const ExperimentConfig& config, const Vocabulary& vocabulary) {
    try {
        RunInputs inputs = inputs_of(config, source.file);
        auto engine = make_engine(config, vocabulary, inputs);
        return {std::move(inputs), std::move(engine)};
    } catch (const FieldError& error) {
        throw placed(error, source);
    } catch (const Error& error) {
        throw InputError(error.what());
    }
}

Network network_of(const GenomeStore& genome, const ExperimentConfig& config, const Vocabulary& vocabulary) {
    return make_network({genome, config.genome.network}, vocabulary.functions);
}

OpenedRun open_run(const RunFolder& folder, const Vocabulary& vocabulary) {
    RunLog log(folder.log(), RunLog::Mode::read);
    ExperimentConfig config =
        load_logged_config({folder.config().string(), {}, vocabulary.tasks, vocabulary.functions});
    return {folder, std::move(config), std::move(log)};
}

void revise_logged(Engine& engine, const RunLog& log) {
    Evolver& evolver = *engine.evolver;
    const std::vector<RefinedGenome> all = log.refined(evolver.generation());
    if (all.empty()) return;
    evolver.speciate();
    for (const RefinedGenome& refined : all) {
        if (!refined.improved()) continue;
        GenomeStore genome(evolver.population().shape());
        if (refined.genome < evolver.population().size()) genome.append(evolver.population()[refined.genome]);
        const bool fits = !genome.empty() && refined.weights.size() == genome.connection_count() &&
                          refined.biases.size() == genome.node_count();
        if (!fits) throw FormatError("the logged weights of a refined genome do not fit it");
        std::copy(refined.weights.begin(), refined.weights.end(), genome.all_rows().weight.begin());
        std::copy(refined.biases.begin(), refined.biases.end(), genome.all_rows().bias.begin());
        evolver.revise(refined.genome, genome[0], engine.inheritance);
    }
}

void replay_logged(Engine& engine, const RunLog& log, std::uint32_t generation) {
    Evolver& evolver = *engine.evolver;
    while (evolver.generation() < generation) {
        const std::uint32_t number = evolver.generation();
        const auto row = log.generation(number);
        if (!row) throw Error("generation " + std::to_string(number) + " is not in the log");
        revise_logged(engine, log);
        if (evolver.tell(log.fitness(number)).digest == row->digest) continue;
        throw Error("generation " + std::to_string(number) +
                    " comes out other than it was logged: was the configuration in the run folder changed, or the run "
                    "made by another version?");
    }
}

std::unique_ptr<Engine> rebuild(const OpenedRun& run, const Vocabulary& vocabulary, std::uint32_t generation) {
    auto engine = make_engine(run.config, vocabulary, logged_inputs(run.config, run.log));
    replay_logged(*engine, run.log, generation);
    revise_logged(*engine, run.log);
    return engine;
}

}  // namespace clade
