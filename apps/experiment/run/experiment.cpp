#include <clade/experiment/run/experiment.hpp>

#include <clade/core/digest.hpp>
#include <clade/experiment/run/catch_up.hpp>
#include <clade/experiment/run/champion_choice.hpp>
#include <clade/experiment/run/checkpoint.hpp>
#include <clade/experiment/run/config_in_force.hpp>
#include <clade/experiment/run/engine.hpp>
#include <clade/experiment/run/hook_calls.hpp>
#include <clade/experiment/run/rebuild.hpp>
#include <clade/experiment/run/refine_stage.hpp>
#include <clade/experiment/run/run_entries.hpp>
#include <clade/experiment/run/score_stage.hpp>
#include <clade/experiment/run/scoring_file.hpp>
#include <clade/experiment/run/scoring_session.hpp>
#include <clade/experiment/run/stop_relay.hpp>
#include <clade/experiment/run/verdict.hpp>
#include <clade/experiment/version.hpp>

#include <algorithm>
#include <limits>

namespace clade {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

}  // namespace

/// A generation that the evolver has been told, until it is logged: it is not yet part of the run.
struct Experiment::Told {
    RefineOutcome refinement;
    BestEver best_before;  ///< over the logged generations
};

Experiment::Experiment(ExperimentConfig config, RunFolder folder, RunLock lock, RunLog log,
                       std::unique_ptr<Engine> engine)
    : config_(std::move(config)),
      folder_(std::move(folder)),
      lock_(std::move(lock)),
      log_(std::move(log)),
      messages_(folder_.messages(), config_.log.level),
      engine_(std::move(engine)),
      identity_(log_.get("identity").value_or("")) {
    engine_->keep_output_in(folder_.task_output());
}

Experiment::~Experiment() = default;
Experiment::Experiment(Experiment&& other) noexcept = default;

const Task& Experiment::task() const noexcept { return *engine_->task; }

Experiment Experiment::start(const ExperimentConfig& config, const Vocabulary& vocabulary, const RunInputs& inputs,
                             const RunFolder& folder) {
    if (!config.seed) throw Error("a run needs a seed: resolve() the configuration first");
    return start({config, inputs, make_engine(config, vocabulary, inputs)}, folder);
}

Experiment Experiment::start(PreparedRun prepared, const RunFolder& folder) {
    const ExperimentConfig& config = prepared.config;
    RunLock lock(folder);
    const std::string text = write_config(config, ConfigComments::meanings);
    replace_file(folder.config(), text);
    RunLog log = RunLog::create(folder.log(), entries_of_new_run(prepared, text));
    const std::string started =
        "started '" + config.name + "', seed " + std::to_string(*config.seed) + ", clade " + std::string(version);
    Experiment experiment(std::move(prepared.config), folder, std::move(lock), std::move(log),
                          std::move(prepared.engine));
    experiment.messages_.info(started);
    for (const std::string& warning : config_warnings(experiment.config_)) experiment.messages_.warning(warning);
    for (const std::string& warning : experiment.task().traits().warnings) experiment.messages_.warning(warning);
    return experiment;
}

Experiment Experiment::resume(const RunFolder& folder, const Vocabulary& vocabulary,
                              const std::vector<std::string>& overrides) {
    RunLock lock(folder);
    RunLog log(folder.log(), RunLog::Mode::append);
    const ChampionParams chosen_by = logged_config(folder, log, vocabulary).evaluation.champion;
    ExperimentConfig config = config_to_continue(folder, log, vocabulary, overrides);
    const bool choose_again = config.evaluation.champion != chosen_by;
    auto engine = make_engine(config, vocabulary, logged_inputs(config, log));
    Experiment experiment(std::move(config), folder, std::move(lock), std::move(log), std::move(engine));
    warn_of_other_version(experiment.log_, experiment.messages_);
    tell_of_crash(folder, static_cast<std::uint64_t>(experiment.config_.evolution.population_size), vocabulary.program,
                  experiment.messages_);
    experiment.catch_up();
    const auto outcome = experiment.finished();
    if (outcome && (logged_outcome(experiment.log_) != outcome || choose_again)) {
        experiment.forget_end();
        experiment.close(*outcome);
    }
    return experiment;
}

void Experiment::catch_up() {
    last_ = log_.last_generation();
    extinct_ = catch_up_with_log(*engine_, log_, folder_, identity_, messages_);
    solved_ = still_solved();
    validated_ = best_validated(log_, engine_->task->traits().direction);
    if (!last_) return;
    seconds_before_ = logged_state(log_).seconds;
    messages_.info("resumed at generation " + std::to_string(last_->generation + 1));
}

/// What the observer hears, the token ends and the file `scoring` shows, as long as a run lasts.
class Experiment::HookScope {
public:
    HookScope(Experiment& experiment, ExperimentObserver& observer, const std::stop_token& cancel)
        : experiment_(experiment),
          shown_(*experiment.engine_, experiment.config_, experiment.folder_, [&](const std::string& message) {
              experiment.messages_.write(LogLevel::error, message);
              observer.on_overdue(message);
          }) {
        experiment_.engine_->cancel_with(cancel);
        experiment_.messages_.listen(
            [&observer](LogLevel level, std::string_view message) { observer.on_message(level, message); });
        experiment_.engine_->listen_to_ranks(
            [this](LogLevel level, std::string_view message) { experiment_.messages_.say(level, message); });
    }
    ~HookScope() {
        experiment_.engine_->listen_to_ranks({});
        experiment_.engine_->cancel_with({});
        experiment_.messages_.listen({});
    }
    HookScope(const HookScope&) = delete;
    HookScope& operator=(const HookScope&) = delete;

private:
    Experiment& experiment_;
    ScoringSession shown_;
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
    const HookScope scope(*this, observer, cancel);
    try {
        const Outcome outcome = run_generations(observer, stop_requested);
        if (outcome == Outcome::interrupted) return close(outcome);
        observer.on_last_generation();
        const StopRelay at_once(stop_requested, cancel);  // no generation is in flight that a request had to wait for
        engine_->cancel_with(at_once.token());
        return close(outcome);
    } catch (const std::exception& error) {
        messages_.error(error.what());
        end_by_error(error.what());
        throw;
    }
}

/// If the log cannot be written either, e.g. on a full disk, the run looks as if it had been killed.
void Experiment::end_by_error(const std::string& text) noexcept {
    try {
        log_.set(entries_of_end(Outcome::error, log_, text));
    } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch)
    }
}

Outcome Experiment::run_generations(ExperimentObserver& observer, const std::atomic<bool>& stop_requested) {
    begin_ = Clock::now();
    std::optional<Outcome> outcome = finished();
    if (!outcome) forget_end();
    while (!outcome) {
        if (!step(observer)) return Outcome::interrupted;
        observer.on_generation(*last_);
        outcome = finished();
        if (!outcome) outcome = own_stop_rule(observer);
        if (!outcome && stop_requested) outcome = Outcome::interrupted;
        const int every = config_.checkpoint.every_generations;
        if (!outcome && every > 0 && engine_->evolver->generation() % static_cast<std::uint32_t>(every) == 0) {
            save_checkpoint();
        }
    }
    return *outcome;
}

/// What an earlier session has logged at its end; the run goes on.
void Experiment::forget_end() {
    chosen_.reset();
    log_.set(entries_of_going_on(log_));
}

/// Saves what a run leaves at its end. The outcome is logged last, as a sign that all is saved. The champion of an
/// interrupted run is chosen when it has been resumed and ends: who interrupts it is not to wait.
Outcome Experiment::close(Outcome outcome) {
    if (outcome != Outcome::interrupted && !choose()) outcome = Outcome::interrupted;
    if (unfinished_ || extinct_) {
        save_champion();  // the evolver is at no beginning of a generation, so there is no state to continue from
    } else {
        save_checkpoint();
    }
    end(outcome);
    return outcome;
}

/// False if it was cancelled: the champion is chosen when the run is resumed.
bool Experiment::choose() {
    if (chosen_) return true;
    try {
        chosen_ = choose_champion(*engine_, config_, log_, solver_ ? &*solver_ : nullptr);
    } catch (const Cancelled&) {
        messages_.info("the choice of the champion was cancelled");
        return false;
    }
    return true;
}

void Experiment::end(Outcome outcome) {
    RunEntries entries = entries_of_end(outcome, log_);
    if (chosen_) entries.emplace(champion_choice_key, choice_to_json(chosen_->choice));
    log_.set(entries);
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

/// One generation. False if it was cancelled: the log is as if it had not been begun. The evolver cannot be saved then:
/// refinement may have put its genomes into species, or it has been told of a generation that is not logged.
bool Experiment::step(ExperimentObserver& observer) {
    Verdict verdict;
    unfinished_ = true;
    try {
        if (told_) {
            (void)engine_->clock.lap();  // the time since it was cancelled is no stage's
        } else {
            score();
        }
        verdict = judge_champion(told_->refinement);
    } catch (const Cancelled& cancelled) {
        messages_.info(cancelled.what());
        return false;
    }
    unfinished_ = false;
    finish_generation(observer, verdict);
    return true;
}

/// Scores, refines and tells the generation.
void Experiment::score() {
    engine_->clock.start();
    score_generation(*engine_, failure_output(), scores_);
    engine_->clock.end_stage("evaluate");
    RefineOutcome refinement = refine();
    scores_.complete_failures();
    told_ = std::make_unique<Told>(Told{std::move(refinement), engine_->evolver->best_ever()});
    tell();
}

void Experiment::finish_generation(ExperimentObserver& observer, const Verdict& verdict) {
    const GenerationRecord& record = engine_->evolver->record();
    GenerationNotes notes{.refined = told_->refinement.refined, .measures = verdict.measures};
    if (const auto score = validation_score(*engine_, record.champion_genome)) {
        notes.measures.push_back({std::string(validation_measure), *score});
        keep_better(validated_, {record.generation, *score}, engine_->task->traits().direction);
    }
    engine_->clock.end_stage("judge");
    notes.statistics = ask_hooks(observer, {record, engine_->evolver->told(), scores_},
                                 {folder_, config_.genome.network, functions()});
    if (extinct_) notes.entries = {{"extinct", "true"}};
    if (verdict.solved) {
        notes.entries.insert({{"solved", "true"}, {"solved_generation", std::to_string(record.generation)}});
    }
    keep_failed(failure_output(), engine_->evolver->told(), record.generation, scores_.failures, functions());
    log_generation(std::move(notes));
    told_.reset();
    if (!verdict.solved) return;
    solved_ = true;
    keep_solver(record.champion_genome, *last_);
}

FailureOutput Experiment::failure_output() { return {folder_, config_, messages_}; }

void Experiment::tell() {
    try {
        engine_->evolver->tell(scores_);
    } catch (const ExtinctionError& error) {
        messages_.error(error.what());
        extinct_ = true;
    }
}

/// What writing a generation took is known only afterwards: it is logged with the next one.
void Experiment::log_generation(GenerationNotes notes) {
    lock_.require_in_place();
    const GenerationRecord& record = engine_->evolver->record();
    notes.seconds = engine_->clock.seconds();
    if (log_seconds_ > 0.0) notes.seconds["log"] = log_seconds_;
    engine_->clock.start();
    notes.network = config_.genome.network;
    notes.functions = &functions();
    last_ = log_.append(record, scores_, notes);
    log_seconds_ = engine_->clock.lap();
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
Verdict Experiment::judge_champion(const RefineOutcome& refinement) {
    if (solved_) return {};
    const GenerationRecord& record = engine_->evolver->record();
    if (refinement.verdict && refinement.judged == record.champion) return *refinement.verdict;
    std::string problem;
    Verdict verdict = judge(*engine_, config_, record.champion_genome, record.fitness.best, &problem);
    if (!problem.empty()) {
        messages_.warning("generation " + std::to_string(record.generation) +
                          ": the task could not judge the champion, which counts as no solution: " + problem);
    }
    return verdict;
}

bool Experiment::still_solved() {
    bool solved = log_.get("solved") == "true";
    if (config_.stop.solved_fitness) {
        solved = reaches(engine_->evolver->best_ever().fitness, *config_.stop.solved_fitness,
                         engine_->task->traits().direction);
    }
    if (log_.get("solved").value_or("false") != (solved ? "true" : "false")) {
        log_.set("solved", solved ? "true" : "false");
    }
    const auto row = solving_generation(log_);
    if (solved && row) keep_solver(genome_from_json(*log_.champion_json(row->generation), functions()).store, *row);
    return solved;
}

RunState Experiment::state() const {
    if (!last_) return {};
    return {.generations = std::uint64_t{last_->generation} + 1,
            .evaluations = evaluations(),
            .since_best = last_->generation - best_ever().generation,
            .since_best_validation = validated_ ? last_->generation - validated_->generation : 0,
            .seconds = seconds_before_ + seconds_since(begin_),
            .solved = solved_,
            .extinct = extinct_ && !told_};
}

std::optional<Outcome> Experiment::finished() const { return stop_rule_met(config_.stop, state()); }

void Experiment::keep_solver(const GenomeStore& genome, const GenerationRow& row) {
    solver_ = BestEver{row.fitness.best, row.generation, row.champion, genome};
}

const BestEver& Experiment::champion() const {
    if (chosen_) return chosen_->genome;
    return solver_ ? *solver_ : best_ever();
}

const BestEver& Experiment::best_ever() const { return told_ ? told_->best_before : engine_->evolver->best_ever(); }

void Experiment::save_champion() const {
    const BestEver& best = champion();
    if (best.genome.empty()) return;
    replace_file(folder_.champion(), model_to_json(champion_model(*engine_, config_, best), functions()));
}

void Experiment::save_checkpoint() {
    ByteWriter state;
    engine_->evolver->write(state);
    write_checkpoint(folder_.checkpoint(), identity_, state.bytes());
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
