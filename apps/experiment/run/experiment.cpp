#include <clade/experiment/run/experiment.hpp>

#include <clade/experiment/run/checkpoint.hpp>
#include <clade/experiment/run/engine.hpp>
#include <clade/experiment/run/rebuild.hpp>
#include <clade/experiment/run/refine_stage.hpp>
#include <clade/experiment/run/verdict.hpp>
#include <clade/experiment/version.hpp>

#include <algorithm>
#include <ctime>
#include <limits>
#include <numeric>
#include <set>

namespace clade {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

std::string now_as_text() {
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    gmtime_r(&now, &utc);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc)};
}

double total(const GenerationRow& row) {
    return std::accumulate(row.seconds.begin(), row.seconds.end(), 0.0,
                           [](double sum, const auto& stage) { return sum + stage.second; });
}

}  // namespace

Experiment::Experiment(ExperimentConfig config, RunFolder folder, RunLock lock, RunLog log,
                       std::unique_ptr<Engine> engine)
    : config_(std::move(config)),
      folder_(std::move(folder)),
      lock_(std::move(lock)),
      log_(std::move(log)),
      messages_(folder_.messages(), config_.log.level),
      engine_(std::move(engine)) {}

Experiment::~Experiment() = default;
Experiment::Experiment(Experiment&& other) noexcept = default;

const Task& Experiment::task() const noexcept { return *engine_->task; }

Experiment Experiment::start(const ExperimentConfig& config, const Vocabulary& vocabulary, const RunInputs& inputs,
                             const RunFolder& folder) {
    if (!config.seed) throw Error("a run needs a seed: resolve() the configuration first");
    return start({config, inputs, make_engine(config, vocabulary, inputs)}, folder);
}

Experiment Experiment::start(PreparedRun prepared, const RunFolder& folder) {
    const auto& [config, inputs, engine] = prepared;
    RunLock lock(folder);
    const std::string text = write_config(config, ConfigComments::meanings);
    replace_file(folder.config(), text);
    RunLog log(folder.log(), RunLog::Mode::create);
    log.set("clade_version", version);
    log.set("name", config.name);
    log.set("seed", std::to_string(*config.seed));
    log.set("task", config.task.name);
    log.set("direction", name_of(engine->task->traits().direction));
    log.set("config", text);
    log.set("directory", inputs.directory);
    log.set("initial_genome_file", config.genome.initial.genome);
    log.set("initial_genome", inputs.initial_genome);
    log.set("started", now_as_text());
    log.set("threads", std::to_string(engine->parallel.threads()));
    log.set("simd", name_of(engine->parallel.simd()));
    log.set("build", std::string(build_type) + ", " + std::string(compiler));
    const std::string started =
        "started '" + config.name + "', seed " + std::to_string(*config.seed) + ", clade " + std::string(version);
    Experiment experiment(std::move(prepared.config), folder, std::move(lock), std::move(log),
                          std::move(prepared.engine));
    experiment.config_text_ = text;
    experiment.messages_.info(started);
    return experiment;
}

Experiment Experiment::resume(const RunFolder& folder, const Vocabulary& vocabulary,
                              const std::vector<std::string>& overrides) {
    ExperimentConfig config =
        load_config_again({folder.config().string(), overrides, vocabulary.tasks, vocabulary.functions});
    RunLock lock(folder);
    RunLog log(folder.log(), RunLog::Mode::append);
    auto engine = make_engine(config, vocabulary, logged_inputs(config, log));
    Experiment experiment(std::move(config), folder, std::move(lock), std::move(log), std::move(engine));
    experiment.config_text_ = read_file(folder.config());
    experiment.catch_up();
    return experiment;
}

void Experiment::catch_up() {
    last_ = log_.last_generation();
    const std::uint32_t next = last_ ? last_->generation + 1 : 0;
    try {
        const std::vector<std::byte> state = read_checkpoint(folder_.checkpoint(), config_text_);
        ByteReader reader(state);
        engine_->evolver->read(reader);
        if (engine_->evolver->generation() > next) throw FormatError("the checkpoint is ahead of the log");
    } catch (const Error& error) {
        // Everything can be bred again from the log: a checkpoint only saves time.
        if (last_) messages_.warning(std::string("starting from the first generation: ") + error.what());
        engine_->evolver = std::make_unique<Evolver>(engine_->evolver->setup());
    }
    replay_logged(*engine_, log_, next);
    solved_ = still_solved();
    if (!last_) return;
    for (const GenerationRow& row : log_.generations()) seconds_before_ += total(row);
    messages_.info("resumed at generation " + std::to_string(next));
}

/// What the observer hears and the token ends, as long as a run lasts.
class Experiment::HookScope {
public:
    HookScope(Experiment& experiment, ExperimentObserver& observer, std::stop_token cancel) : experiment_(experiment) {
        experiment_.engine_->scorer->cancel_with(std::move(cancel));
        experiment_.messages_.listen(
            [&observer](LogLevel level, std::string_view message) { observer.on_message(level, message); });
    }
    ~HookScope() {
        experiment_.engine_->scorer->cancel_with({});
        experiment_.messages_.listen({});
    }
    HookScope(const HookScope&) = delete;
    HookScope& operator=(const HookScope&) = delete;

private:
    Experiment& experiment_;
};

Outcome Experiment::run(std::stop_token cancel) {
    ExperimentObserver nobody;
    return run(nobody, std::move(cancel));
}

Outcome Experiment::run(ExperimentObserver& observer, std::stop_token cancel) {
    const std::atomic<bool> never{false};
    return run(observer, never, std::move(cancel));
}

Outcome Experiment::run(ExperimentObserver& observer, const std::atomic<bool>& stop_requested, std::stop_token cancel) {
    const HookScope scope(*this, observer, std::move(cancel));
    try {
        return run_generations(observer, stop_requested);
    } catch (const std::exception& error) {
        messages_.error(error.what());
        throw;
    }
}

Outcome Experiment::run_generations(ExperimentObserver& observer, const std::atomic<bool>& stop_requested) {
    begin_ = Clock::now();
    std::optional<Outcome> outcome = finished();
    if (!outcome) log_.set("outcome", "");  // of an earlier session: the run goes on
    if (!outcome && log_.get("stop_reason")) log_.set("stop_reason", "");
    while (!outcome) {
        if (!step(observer)) {
            save_champion();
            end(Outcome::interrupted);
            return Outcome::interrupted;
        }
        observer.on_generation(*last_);
        outcome = stop_rule();
        if (!outcome) outcome = own_stop_rule(observer);
        if (!outcome && stop_requested) outcome = Outcome::interrupted;
        const int every = config_.checkpoint.every_generations;
        if (!outcome && every > 0 && engine_->evolver->generation() % static_cast<std::uint32_t>(every) == 0) {
            save_checkpoint();
        }
    }
    save_checkpoint();
    end(*outcome);
    return *outcome;
}

void Experiment::end(Outcome outcome) {
    note_log_seconds();
    log_.set("outcome", name_of(outcome));
    log_.set("ended", now_as_text());
    messages_.info("ended after generation " + std::to_string(last_ ? last_->generation : 0) + ": " +
                   std::string(name_of(outcome)));
}

std::optional<Outcome> Experiment::own_stop_rule(ExperimentObserver& observer) {
    const std::optional<std::string> reason = observer.stop_reason(*last_);
    if (!reason) return std::nullopt;
    log_.set("stop_reason", *reason);
    messages_.info("stopped: " + *reason);
    return Outcome::stopped;
}

/// One generation. False if it was cancelled: then it is as if it had not been begun, but that refinement may have put
/// its genomes into species, so that the evolver cannot be saved now.
bool Experiment::step(ExperimentObserver& observer) {
    RefineOutcome refinement;
    engine_->clock.start();
    try {
        engine_->scorer->score(engine_->evolver->ask(), scores_);
        engine_->clock.end_stage("evaluate");
        refinement = refine();
    } catch (const Cancelled& cancelled) {
        messages_.info(cancelled.what());
        return false;
    }
    finish_generation(observer, refinement);
    return true;
}

void Experiment::finish_generation(ExperimentObserver& observer, const RefineOutcome& refinement) {
    const GenerationRecord& record = engine_->evolver->tell(scores_);
    const Verdict verdict = judge_champion(refinement);
    engine_->clock.end_stage("judge");
    GenerationNotes notes{.refined = refinement.refined, .measures = verdict.measures};
    ask_hooks(observer, notes);
    log_generation(std::move(notes));
    if (!verdict.solved) return;
    solved_ = true;
    log_.set("solved", "true");
    log_.set("solved_generation", std::to_string(record.generation));
    keep_solver(record.champion_genome, *last_);
}

/// What writing a generation took is known only afterwards: it is logged with the next one, or when the run ends.
void Experiment::log_generation(GenerationNotes notes) {
    const GenerationRecord& record = engine_->evolver->record();
    notes.seconds = engine_->clock.seconds();
    engine_->clock.start();
    note_log_seconds();
    last_ = log_.append(record, scores_, notes,
                        genome_to_json(record.champion_genome, 0, config_.genome.network, functions()));
    log_seconds_ = engine_->clock.lap();
}

void Experiment::note_log_seconds() {
    if (last_ && log_seconds_ > 0.0) log_.add_stage(last_->generation, "log", std::exchange(log_seconds_, 0.0));
}

void Experiment::ask_hooks(ExperimentObserver& observer, GenerationNotes& notes) const {
    const ToldGeneration generation{engine_->evolver->record(), engine_->evolver->told(), scores_};
    notes.statistics = observer.statistics(generation);
    std::set<std::string_view> names;
    for (const Measure& statistic : notes.statistics) {
        if (statistic.name.empty()) throw Error("statistics() gives a number without a name");
        if (!names.insert(statistic.name).second) throw Error("statistics() gives '" + statistic.name + "' twice");
    }
    save_genomes(generation, observer.genomes_to_save(generation));
}

void Experiment::save_genomes(const ToldGeneration& generation, const std::vector<std::size_t>& genomes) const {
    for (const std::size_t genome : genomes) {
        if (genome >= generation.genomes.size()) {
            throw Error("genomes_to_save() names genome " + std::to_string(genome) + " of " +
                        std::to_string(generation.genomes.size()) + ", counted from 0");
        }
        const std::uint32_t number = generation.record.generation;
        const auto file = folder_.saved_genome(number, engine_->evolver->id_of(number, genome));
        std::filesystem::create_directories(file.parent_path());
        replace_file(file, genome_to_json(generation.genomes, genome, config_.genome.network, functions()));
    }
}

RefineOutcome Experiment::refine() {
    if (config_.refine.method == RefineMethod::none) return {};
    const std::uint64_t spent = evaluations() + scores_.evaluated;
    const std::uint64_t limit = config_.stop.evaluations.value_or(std::numeric_limits<std::uint64_t>::max());
    RefineOutcome refinement = refine_generation(*engine_, config_, scores_, limit - std::min(limit, spent));
    engine_->clock.end_stage("refine");
    return refinement;
}

/// Of all generations so far.
std::uint64_t Experiment::evaluations() const { return last_ ? last_->evaluations_total : 0; }

/// Whether the best genome of the last generation solves the task, unless that was found out before.
Verdict Experiment::judge_champion(const RefineOutcome& refinement) const {
    if (solved_) return {};
    const GenerationRecord& record = engine_->evolver->record();
    if (refinement.verdict && refinement.judged == record.champion) return *refinement.verdict;
    return judge(*engine_, config_, record.champion_genome, record.fitness.best);
}

bool Experiment::still_solved() {
    bool solved = log_.get("solved") == "true";
    if (config_.stop.solved_fitness) {
        solved = reaches(engine_->evolver->best_ever().fitness, *config_.stop.solved_fitness,
                         engine_->task->traits().direction);
    }
    log_.set("solved", solved ? "true" : "false");
    const auto row = solving_generation(log_);
    if (solved && row) keep_solver(genome_from_json(*log_.champion_json(row->generation), functions()).store, *row);
    return solved;
}

std::optional<Outcome> Experiment::stop_rule() const {
    const StopParams& stop = config_.stop;
    if (!last_) return std::nullopt;
    if (solved_) return Outcome::solved;
    if (stop.generations && last_->generation + 1 >= *stop.generations) return Outcome::generations;
    if (stop.evaluations && evaluations() >= *stop.evaluations) return Outcome::evaluations;
    if (stop.seconds && seconds_before_ + seconds_since(begin_) >= *stop.seconds) return Outcome::seconds;
    const std::uint32_t best_generation = engine_->evolver->best_ever().generation;
    if (stop.stagnation && last_->generation - best_generation >= *stop.stagnation) return Outcome::stagnation;
    return std::nullopt;
}

std::optional<Outcome> Experiment::finished() const { return stop_rule(); }

void Experiment::keep_solver(const GenomeStore& genome, const GenerationRow& row) {
    solver_ = BestEver{row.fitness.best, row.generation, row.champion, genome};
}

const BestEver& Experiment::champion() const { return solver_ ? *solver_ : engine_->evolver->best_ever(); }

void Experiment::save_champion() const {
    const BestEver& best = champion();
    if (best.genome.empty()) return;
    replace_file(folder_.champion(), genome_to_json(best.genome, 0, config_.genome.network, functions()));
}

void Experiment::save_checkpoint() {
    ByteWriter state;
    engine_->evolver->write(state);
    write_checkpoint(folder_.checkpoint(), config_text_, state.bytes());
    save_champion();
    messages_.debug("checkpoint before generation " + std::to_string(engine_->evolver->generation()));
}

const FunctionSet& Experiment::functions() const { return engine_->evolver->setup().functions; }

TaskReport Experiment::champion_report() const {
    const BestEver& best = champion();
    if (best.genome.empty()) return {};
    Network network = engine_->network_of(best.genome);
    return engine_->task->report(network);
}

}  // namespace clade
