#include <clade/experiment/run/engine.hpp>

#include <clade/core/text.hpp>
#include <clade/evaluation/scoring/population_task.hpp>
#include <clade/evaluation/scoring/racing_scorer.hpp>
#include <clade/evaluation/scoring/thread_scorer.hpp>
#include <clade/experiment/log/task_output.hpp>
#include <clade/experiment/ranks/rank_scorer.hpp>
#include <clade/experiment/run/memory_estimate.hpp>

#include <algorithm>
#include <utility>

namespace clade {
namespace {

/// The saved genome that the configuration names, or none.
std::optional<SavedGenome> initial_genome(const ExperimentConfig& config, const Vocabulary& vocabulary,
                                          const RunInputs& inputs) {
    if (config.genome.initial.genome.empty()) return std::nullopt;
    try {
        return genome_from_json(inputs.initial_genome, vocabulary.functions);
    } catch (const FormatError& error) {
        throw FieldError("genome.initial.genome",
                         initial_genome_file(config, inputs.directory).string() + ": " + error.what());
    }
}

std::unique_ptr<Decoder> make_decoder(const ExperimentConfig& config, const Vocabulary& vocabulary, const Task& task) {
    const GenomeShape shape{static_cast<std::uint32_t>(task.traits().input_count),
                            static_cast<std::uint32_t>(task.traits().output_count), config.genome.bias_input};
    if (!vocabulary.decoder) return std::make_unique<DirectDecoder>(shape);
    auto decoder = vocabulary.decoder(shape);
    if (!decoder) throw Error("the program's decoder factory returned null");
    return decoder;
}

Network decoded(const GenomeStore& genome, Decoder& decoder, const NetworkParams& params,
                const FunctionSet& functions) {
    Network network(functions);
    decoder.decode(genome[0], params, network.program());
    network.reset();
    return network;
}

/// What scores one genome at a time does not go with a task that scores all of them together.
void check_scored_together(const ExperimentConfig& config, const Task& task) {
    const std::string why = " for task '" + task.traits().name + "', which scores a whole generation at once";
    ThrowingSink issues;
    if (config.evaluation.racing.is_on()) issues.add("evaluation.racing.first_episodes", "must be 0" + why);
    if (config.refine.method != RefineMethod::none) issues.add("refine.method", "must be none" + why);
    const FailureParams& failure = config.evaluation.failure;
    if (failure.on_failure == OnFailure::worst_fitness) {
        issues.add("evaluation.on_failure", "must be stop, or retry for the whole generation," + why);
    }
    if (failure.seconds_per_genome > 0.0) issues.add("evaluation.seconds_per_genome", "must be 0" + why);
    issues.finish();
}

Parallel threads_of(const EvaluationParams& params, const Vocabulary& vocabulary) {
    const int threads =
        vocabulary.ranks ? static_cast<int>(vocabulary.ranks->threads(params.threads).front()) : params.threads;
    return Parallel(threads, params.simd);
}

/// All ranks make the task, and score.
std::unique_ptr<EpisodeScorer> make_rank_scorer(const ExperimentConfig& config, const RunInputs& inputs,
                                                const ThreadScorerSetup& setup, Engine& engine) {
    const EvaluationParams& params = config.evaluation;
    engine.ranks->prepare({.config = write_config(config),
                           .directory = inputs.directory,
                           .files = files_to_json(engine.task->traits().files)},
                          params.threads, RankTeam::Seconds(params.rank_timeout));
    return std::make_unique<RankScorer>(
        engine.ranks, *engine.task, engine.evolver->setup().functions, setup,
        RankScorerParams{.threads = engine.ranks->threads(params.threads), .timeout = params.rank_timeout});
}

void say_others_are_idle(const Engine& engine) {
    if (!engine.ranks) return;
    engine.ranks->say(LogLevel::warning, "rank 0 scores alone, and the other " +
                                             std::to_string(engine.ranks->size() - 1) + " are idle: task '" +
                                             engine.task->traits().name + "' scores a whole generation at once");
}

std::unique_ptr<Scorer> make_scorer(const ExperimentConfig& config, const RunInputs& inputs, Engine& engine) {
    const RacingParams& racing = config.evaluation.racing;
    if (auto own = engine.task->make_scorer(engine.parallel)) {
        check_scored_together(config, *engine.task);
        engine.scores_together = true;
        say_others_are_idle(engine);
        return own;
    }
    if (dynamic_cast<const PopulationTask*>(engine.task.get()) != nullptr) {
        throw Error("task '" + engine.task->traits().name + "': make_scorer() returned null");
    }
    const ThreadScorerSetup setup = {engine.parallel, engine.decoder, config.evaluation.failure};
    std::unique_ptr<EpisodeScorer> scorer = std::make_unique<ThreadScorer>(*engine.task, setup);
    if (engine.ranks) scorer = make_rank_scorer(config, inputs, setup, engine);
    if (!racing.is_on()) return scorer;
    try {
        return std::make_unique<RacingScorer>(std::move(scorer), racing);
    } catch (const FieldError& error) {
        throw error.within("evaluation");
    }
}

/// Reports the functions of a table that a task does not know.
void check_known(const FunctionParams& params, const std::string& block, const std::vector<std::string>& known,
                 IssueSink& issues) {
    if (known.empty()) return;
    const auto check_name = [&](const char* key, const std::string& name) {
        if (name.empty() || std::ranges::find(known, name) != known.end()) return;
        issues.add(block + key, "must be of the functions that the task knows (" + listed(known, ", ", 12) +
                                    "), got '" + name + "'");
    };
    check_name(".initial", params.initial);
    check_name(".output", params.output);
    for (const std::string& option : params.options) check_name(".options", option);
}

/// What networks must be, and which gradients there must be, as the task has it.
void check_networks(const ExperimentConfig& config, const TaskTraits& traits) {
    const std::string task = " for task '" + traits.name + "' as configured";
    ThrowingSink issues;
    if (traits.needs_memory && !config.genome.network.is_recurrent()) {
        issues.add("genome.network",
                   "must be recurrent" + task + ", which needs memory of earlier steps, got 'feed_forward'");
    }
    if (traits.feed_forward_only && config.genome.network.is_recurrent()) {
        issues.add("genome.network", "must be feed_forward" + task + ", which runs no others, got 'recurrent'");
    }
    check_known(config.genome.activation, "genome.activation", traits.activations, issues);
    check_known(config.genome.aggregation, "genome.aggregation", traits.aggregations, issues);
    if (config.refine.method == RefineMethod::adam && !traits.differentiable) {
        issues.add("refine.method", "adam needs a task that has a gradient, which '" + traits.name +
                                        "' has not as configured; use cma_es or snes");
    }
    issues.finish();
}

/// The function of output nodes, where the task says which and the configuration does not.
void set_output_activation(GenomeParams& genome, const TaskTraits& traits) {
    std::string& output = genome.activation.output;
    if (traits.output_activation.empty() || output == traits.output_activation) return;
    if (!output.empty()) {
        throw FieldError("genome.activation.output", "must be " + traits.output_activation + " or empty for task '" +
                                                         traits.name + "' as configured, got '" + output + "'");
    }
    output = traits.output_activation;
}

EvolverSetup make_setup(const ExperimentConfig& config, const Vocabulary& vocabulary, const RunInputs& inputs,
                        Engine& engine) {
    const GenomeShape& shape = engine.decoder->genome_shape();
    GenomeParams genome = config.genome;
    genome.bias_input = shape.bias_input;
    set_output_activation(genome, engine.task->traits());
    return {.genome = std::move(genome),
            .evolution = config.evolution,
            .input_count = shape.input_count,
            .output_count = shape.output_count,
            .direction = engine.task->traits().direction,
            .seed = *config.seed,
            .functions = vocabulary.functions,
            .parallel = engine.parallel,
            .merit = vocabulary.merit,
            .initial_genome = initial_genome(config, vocabulary, inputs),
            .on_stage_end = [&clock = engine.clock](Stage stage) { clock.end_stage(name_of(stage)); }};
}

}  // namespace

ThreadScorerSetup scorer_setup(const ExperimentConfig& config, const Vocabulary& vocabulary, const Task& task,
                               const Parallel& parallel) {
    return {parallel, make_decoder(config, vocabulary, task), config.evaluation.failure};
}

void Engine::listen_to_ranks(const MessageLog::Listener& listener) const {
    if (ranks) ranks->listen(listener);
}

void Engine::keep_output_in(const std::filesystem::path& file) const { output->keep_in(file); }

Network Engine::network_of(const GenomeStore& genome) const {
    return decoded(genome, *decoder->clone(), evolver->setup().genome.network, evolver->setup().functions);
}

Network network_of(const GenomeStore& genome, const Task& task, const ExperimentConfig& config,
                   const Vocabulary& vocabulary) {
    return decoded(genome, *make_decoder(config, vocabulary, task), config.genome.network, vocabulary.functions);
}

std::string missing_task_text(const ExperimentConfig& config) {
    return "this needs the task '" + config.task.name +
           "', which this program does not have; use the program that made the run";
}

std::unique_ptr<Task> make_task(const ExperimentConfig& config, const RunInputs& inputs,
                                const std::shared_ptr<TaskOutput>& output) {
    if (!config.task.blueprint) {
        throw InputError(missing_task_text(config));
    }
    TaskContext context{*config.seed, inputs.directory, memory_limit(config)};
    if (output) context.on_output = [output](std::string_view line) { output->add(line); };
    std::unique_ptr<Task> task;
    try {
        task = config.task.blueprint->make(context);
    } catch (const FieldError& error) {
        check_files(inputs);  // a file that was changed is to blame, not the configuration
        throw error.within("task");
    } catch (const Error&) {
        check_files(inputs);
        throw;
    }
    check_files(inputs, task->traits().files);
    return task;
}

std::unique_ptr<Engine> make_engine(const ExperimentConfig& config, const Vocabulary& vocabulary,
                                    const RunInputs& inputs) {
    auto output = std::make_shared<TaskOutput>();
    auto engine = std::make_unique<Engine>(Engine{make_task(config, inputs, output),
                                                  threads_of(config.evaluation, vocabulary),
                                                  {},
                                                  {},
                                                  {},
                                                  {},
                                                  config.refine.inheritance});
    engine->program = vocabulary.program;
    engine->output = std::move(output);
    engine->ranks = vocabulary.ranks;
    const TaskTraits& traits = engine->task->traits();
    check_networks(config, traits);
    engine->decoder = make_decoder(config, vocabulary, *engine->task);
    EvolverSetup setup = make_setup(config, vocabulary, inputs, *engine);
    const GenomeStore* initial = setup.initial_genome ? &setup.initial_genome->store : nullptr;
    check_memory(config, first_generation_size(config, setup.genome_shape(), initial), traits.files);
    engine->evolver = std::make_unique<Evolver>(std::move(setup));
    engine->scorer = make_scorer(config, inputs, *engine);
    return engine;
}

PreparedRun prepare_run(const ConfigSource& source, const ExperimentConfig& config, const Vocabulary& vocabulary) {
    try {
        RunInputs inputs = inputs_of(config, source.file);
        auto engine = make_engine(config, vocabulary, inputs);
        inputs.files = engine->task->traits().files;
        return {config, std::move(inputs), std::move(engine)};
    } catch (const FieldError& error) {
        throw placed(error, source);
    } catch (const Error& error) {
        throw InputError(error.what());
    }
}

}  // namespace clade
