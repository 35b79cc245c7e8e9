// The champion of a run of a noisy task is the best, not the luckiest; chosen beside evolution, from the log alone.
#include "tests/experiment/run_fixture.hpp"
#include "tests/support/messages.hpp"

#include <clade/core/random/random.hpp>
#include <clade/experiment/replay/verify_replay.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>
#include <stop_token>

namespace clade {
namespace {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

/// How near a network's answer is to 0.7: 0 at best.
double quality_of(Network& network) {
    float out = 0.0F;
    network.reset();
    network.activate(std::array{0.3F, -0.8F}, {&out, 1});
    return -std::fabs(double{out} - 0.7);
}

/// Fitness is the quality, and luck: each evaluation has its own. Counts the networks it has scored.
class Lottery : public FunctionTask {
public:
    struct Params {
        double luck = 0.3;
    };
    static inline std::atomic<std::uint64_t> scored = 0;
    static inline std::atomic<std::uint64_t> fails_from = 1'000'000'000;  // networks that are scored before it throws

    Lottery(const Params& params, const TaskContext& /*context*/)
        : FunctionTask(
              {.name = "lottery", .input_count = 2, .output_count = 1, .deterministic = params.luck == 0.0},
              [luck = params.luck](Network& network, const Seeds& seeds) {
                  if (++scored > fails_from) throw Error("no more tickets");
                  return quality_of(network) + luck * Stream({seeds.genome, 0, Purpose::evaluation}, 0).normal();
              }) {}
};
void visit_fields(Lottery::Params& params, FieldVisitor& field) {
    field("luck", params.luck, at_least(0.0), "Standard deviation of the luck.");
}

class ChosenChampionOfARun : public RunTest {
protected:
    ChosenChampionOfARun() { noisy_.tasks.add<Lottery>("lottery", "A quality that luck hides."); }

    [[nodiscard]] ExperimentConfig config(Texts overrides = {}) const {
        const fs::path file = folder_ / "lottery.yaml";
        std::ofstream(file) << "task: {name: lottery}\nseed: 3\nstop: {generations: 12}\n"
                            << "evolution: {population_size: 60}\ncheckpoint: {every_generations: 3}\n";
        overrides.insert(overrides.begin(), "evaluation.threads=1");
        ExperimentConfig config = load_config({file.string(), overrides, noisy_.tasks, noisy_.functions});
        resolve(config);
        return config;
    }
    RunFolder run_of(const Texts& overrides = {}) {
        const ExperimentConfig chosen = config(overrides);
        const RunFolder folder = create_run_folder(folder_, chosen.name, *chosen.seed);
        Experiment experiment = Experiment::start(chosen, noisy_, {}, folder);
        outcome_ = run_on(experiment);
        return folder;
    }
    void go_on(const RunFolder& folder, const Texts& overrides = {}) {
        Experiment experiment = Experiment::resume(folder, noisy_, overrides);
        outcome_ = run_on(experiment);
    }
    static std::string entry(const RunFolder& folder, std::string_view key = champion_choice_key) {
        return RunLog(folder.log(), RunLog::Mode::read).get(key).value_or("");
    }
    static ChampionChoice choice_in(const RunFolder& folder) {
        return logged_choice(RunLog(folder.log(), RunLog::Mode::read)).value();
    }
    /// Without luck.
    [[nodiscard]] double quality(const RunFolder& folder, std::uint32_t generation) const {
        const RunLog log(folder.log(), RunLog::Mode::read);
        const GenomeStore genome = logged_champion(log, *log.generation(generation), noisy_.functions);
        DirectDecoder decoder(genome.shape());
        Network network(noisy_.functions);
        decoder.decode(genome[0], {}, network.program());
        return quality_of(network);
    }
    static std::uint32_t luckiest(const RunFolder& folder) {
        const auto all = rows(folder);
        return std::max_element(all.begin(), all.end(),
                                [](const auto& a, const auto& b) { return a.fitness.best < b.fitness.best; })
            ->generation;
    }
    static void expect_equal_champions(const RunFolder& folder, const RunFolder& expected) {
        EXPECT_EQ(digests(folder), digests(expected));
        EXPECT_EQ(entry(folder), entry(expected));
        EXPECT_EQ(read_file(folder.champion()), read_file(expected.champion()));
    }

    Vocabulary noisy_{builtin_tasks()};
};

TEST_F(ChosenChampionOfARun, IsOnAverageClearlyBetterThanTheLuckiest) {
    double chosen = 0.0;
    double lucky = 0.0;
    double reported = 0.0;
    double variance = 0.0;  // of `reported`
    constexpr int runs = 12;
    for (int seed = 1; seed <= runs; ++seed) {
        const RunFolder folder =
            run_of({"seed=" + std::to_string(seed), "evolution.population_size=100", "stop.generations=15"});
        const ChampionChoice choice = choice_in(folder);
        chosen += quality(folder, choice.generation) / runs;
        lucky += quality(folder, luckiest(folder)) / runs;
        reported += choice.held_out.mean / runs;
        variance += std::pow(choice.held_out.standard_error() / runs, 2.0);
    }
    RecordProperty("mean_quality", std::to_string(chosen) + " chosen, " + std::to_string(lucky) + " luckiest");
    EXPECT_GT(chosen, 0.6 * lucky) << "qualities are negative: " << chosen << ", luckiest " << lucky;
    EXPECT_NEAR(reported, chosen, 3.0 * std::sqrt(variance)) << "the held-out mean is the champion's quality";
}

TEST_F(ChosenChampionOfARun, IsTheSameForAnyNumberOfThreads) {
    const RunFolder expected = run_of();
    ASSERT_FALSE(entry(expected).empty());
    for (const char* threads : {"evaluation.threads=2", "evaluation.threads=4"}) {
        expect_equal_champions(run_of({threads}), expected);
    }
}

TEST_F(ChosenChampionOfARun, IsTheStraightOneWhereverTheRunWasResumed) {
    const RunFolder straight = run_of();
    for (const int generation : {1, 3, 7, 11}) {
        const RunFolder folder = run_of({"stop.generations=" + std::to_string(generation)});
        if (generation == 7) fs::remove(folder.checkpoint());
        go_on(folder, {"stop.generations=12"});
        expect_equal_champions(folder, straight);
    }
}

TEST_F(ChosenChampionOfARun, IsChosenWhenAKilledRunIsClosed) {
    const RunFolder straight = run_of();
    const RunFolder folder = run_of();
    RunLog(folder.log(), RunLog::Mode::append).set({{"outcome", ""}, {champion_choice_key.data(), ""}});
    replace_file(folder.champion(), "stale");
    (void)Experiment::resume(folder, noisy_, {});
    expect_equal_champions(folder, straight);
    EXPECT_EQ(entry(folder, "outcome"), "generations");
}

TEST_F(ChosenChampionOfARun, IsNotWaitedForByARequestToStop) {
    const RunFolder straight = run_of();
    for (const std::uint32_t last : {std::uint32_t{3}, std::uint32_t{11}}) {
        struct StopLater final : ExperimentObserver {
            void on_generation(const GenerationRow& row) override {
                if (row.generation != after) return;
                stop = true;
                scored = Lottery::scored;
            }
            std::uint32_t after = 0;
            std::atomic<bool> stop{false};
            std::uint64_t scored = 0;
        } observer;
        observer.after = last;
        const ExperimentConfig chosen = config();
        const RunFolder folder = create_run_folder(folder_, chosen.name, *chosen.seed);
        {
            Experiment experiment = Experiment::start(chosen, noisy_, {}, folder);
            EXPECT_EQ(experiment.run(observer, observer.stop), Outcome::interrupted) << last;
            EXPECT_EQ(experiment.champion_choice(), nullptr);
        }
        EXPECT_EQ(Lottery::scored, observer.scored) << "nothing is scored once a stop was asked for";
        EXPECT_EQ(entry(folder, "outcome"), "interrupted");
        go_on(folder);
        EXPECT_EQ(outcome_, Outcome::generations);
        expect_equal_champions(folder, straight);
    }
}

TEST_F(ChosenChampionOfARun, ThatGoesOnIsNotYetChosen) {
    const RunFolder straight = run_of();
    const RunFolder folder = run_of({"stop.generations=1"});
    EXPECT_EQ(choice_in(folder).generation, 0U);
    Experiment experiment = Experiment::resume(folder, noisy_, {"stop.generations=12"});
    struct Watch final : ExperimentObserver {
        void on_generation(const GenerationRow&) override { seen.insert(log->get(champion_choice_key).value_or("")); }
        const RunLog* log = nullptr;
        std::set<std::string> seen{};
    } watch;
    watch.log = &experiment.log();
    (void)experiment.run(watch);
    EXPECT_EQ(watch.seen, std::set<std::string>{""}) << "a run that goes on has no choice";
    expect_equal_champions(folder, straight);
}

TEST_F(ChosenChampionOfARun, IsChosenLaterIfTheChoiceIsCancelled) {
    const RunFolder straight = run_of();
    const ExperimentConfig chosen = config();
    const RunFolder folder = create_run_folder(folder_, chosen.name, *chosen.seed);
    {
        Experiment experiment = Experiment::start(chosen, noisy_, {}, folder);
        struct CancelAtTheEnd final : ExperimentObserver {
            void on_generation(const GenerationRow& row) override {
                if (row.generation == 11) cancel.request_stop();
            }
            std::stop_source cancel{};
        } observer;
        EXPECT_EQ(experiment.run(observer, observer.cancel.get_token()), Outcome::interrupted);
        EXPECT_EQ(experiment.champion_choice(), nullptr);
    }
    EXPECT_EQ(entry(folder, "outcome"), "interrupted");
    go_on(folder);
    EXPECT_EQ(outcome_, Outcome::generations);
    expect_equal_champions(folder, straight);
}

TEST_F(ChosenChampionOfARun, ChangesNoGenerationAndKeepsToItsBudget) {
    const auto expected = digests(run_of({"evaluation.champion.candidates=0"}));
    for (const char* budget : {"0.02", "0.05", "0.1", "1"}) {
        Lottery::scored = 0;
        const RunFolder folder = run_of({std::string("evaluation.champion.budget=") + budget});
        EXPECT_EQ(digests(folder), expected);
        const ChampionChoice choice = choice_in(folder);
        const std::uint64_t evolution = rows(folder).back().evaluations_total;
        EXPECT_EQ(Lottery::scored, evolution + choice.evaluations) << "each is counted";
        EXPECT_LE(static_cast<double>(choice.evaluations), std::stod(budget) * static_cast<double>(evolution));
        EXPECT_GT(choice.evaluations, 0U);
        EXPECT_LE(choice.candidates.size(), 12U);
    }
}

TEST_F(ChosenChampionOfARun, TakesNoEvaluationWhereItIsNotAskedForOrTheTaskHasNoLuck) {
    for (const char* off : {"evaluation.champion.candidates=0", "evaluation.champion.budget=0", "task.luck=0"}) {
        Lottery::scored = 0;
        const RunFolder folder = run_of({off});
        EXPECT_EQ(Lottery::scored, rows(folder).back().evaluations_total) << off;
        EXPECT_FALSE(RunLog(folder.log(), RunLog::Mode::read).get(champion_choice_key)) << off;
        EXPECT_EQ(champion_row(RunLog(folder.log(), RunLog::Mode::read), FitnessDirection::maximise)->generation,
                  luckiest(folder));
    }
}

TEST_F(ChosenChampionOfARun, ReplacesASolverThatOnlyItsFitnessMadeOne) {
    const RunFolder folder = run_of({"stop.solved_fitness=0.5", "stop.generations=100"});
    EXPECT_EQ(outcome_, Outcome::solved);
    const RunLog log(folder.log(), RunLog::Mode::read);
    EXPECT_GT(choice_in(folder).candidates.size(), 1U);
    EXPECT_EQ(champion_row(log, FitnessDirection::maximise)->generation, choice_in(folder).generation);
    EXPECT_TRUE(choice_in(folder).held_out.mean < 0.1) << "no quality is above 0";
    EXPECT_EQ(genome_from_json(read_file(folder.champion())).store.digest(),
              genome_from_json(*log.champion_json(choice_in(folder).generation)).store.digest());
}

TEST_F(ChosenChampionOfARun, IsTheSolverThatTheTaskConfirmed) {
    const ExperimentConfig cart_pole = loaded(CLADE_SOURCE_DIR "/configs/cart_pole.yaml", {"seed=1"});
    const RunFolder folder = run(cart_pole);
    ASSERT_EQ(outcome_, Outcome::solved);
    const RunLog log(folder.log(), RunLog::Mode::read);
    const ChampionChoice choice = choice_in(folder);
    EXPECT_EQ(choice.candidates.size(), 1U);
    EXPECT_EQ(choice.generation, solving_generation(log)->generation);
    EXPECT_EQ(choice.episodes, choice.held_out.evaluations * 5);
}

TEST_F(ChosenChampionOfARun, CountsTheEpisodesOfRacesAsPartsOfEvaluations) {
    const Texts unsolved{"seed=1", "stop.solved_fitness=1000", "stop.generations=5", "task.episodes=8",
                         "evolution.population_size=100"};
    Texts raced = unsolved;
    raced.push_back("evaluation.racing.first_episodes=1");
    const RunFolder folder = run(loaded(CLADE_SOURCE_DIR "/configs/cart_pole.yaml", raced));
    std::uint64_t episodes = 0;
    for (const GenerationRow& row : rows(folder)) episodes += row.episodes_played;
    EXPECT_LE(static_cast<double>(choice_in(folder).evaluations * 8), 0.05 * static_cast<double>(episodes));
}

TEST_F(ChosenChampionOfARun, IsChosenByFitnessIfTheTaskThrowsAndTheUserSaysSo) {
    const ExperimentConfig chosen = config();
    const RunFolder folder = create_run_folder(folder_, chosen.name, *chosen.seed);
    Lottery::scored = 0;
    Lottery::fails_from = 12 * 60;
    const std::string message = message_of<Error>([&] {
        Experiment experiment = Experiment::start(chosen, noisy_, {}, folder);
        run_on(experiment);
    });
    Lottery::fails_from = 1'000'000'000;
    expect_contains(message, "the champion cannot be chosen on held-out evaluations: ");
    expect_contains(message, "no more tickets; resume with --set evaluation.champion.candidates=0");
    go_on(folder, {"evaluation.champion.candidates=0"});
    EXPECT_EQ(outcome_, Outcome::generations);
    EXPECT_EQ(entry(folder), "");
}

TEST_F(ChosenChampionOfARun, IsChosenAgainWhenTheRunIsVerified) {
    OpenedRun run = open_run(run_of(), noisy_);
    EXPECT_TRUE(replay_run(run, noisy_).empty());
    run.config.evaluation.champion.candidates = 1;
    const LogFindings found = replay_run(run, noisy_);
    ASSERT_EQ(found.size(), 1U);
    expect_contains(to_text(found.front()), "entry 'champion_choice' is {\"generation\":");
    expect_contains(to_text(found.front()), ", but chosen again, it is {\"generation\":");
}

TEST_F(ChosenChampionOfARun, IsChosenAnewWhenAnEndedRunIsResumedWithAnotherChoice) {
    const RunFolder folder = run_of();
    const Texts fewer{"evaluation.champion.candidates=2"};
    go_on(folder, fewer);
    EXPECT_EQ(choice_in(folder).candidates.size(), 2U);
    expect_equal_champions(folder, run_of(fewer));
    EXPECT_TRUE(replay_run(open_run(folder, noisy_), noisy_).empty());
    go_on(folder, {"evaluation.champion.candidates=0"});
    EXPECT_EQ(entry(folder), "");
}

TEST_F(ChosenChampionOfARun, OfASolverIsChosenAgainWhenTheRunIsVerified) {
    const OpenedRun run = open_run(run_of({"stop.solved_fitness=-0.05"}), noisy_);
    ASSERT_EQ(run.log.get("solved"), "true");
    EXPECT_TRUE(replay_run(run, noisy_).empty());
}

TEST_F(ChosenChampionOfARun, IsRefusedWithTheEntrysNameIfItIsDamaged) {
    const RunFolder folder = run_of();
    RunLog(folder.log(), RunLog::Mode::append).set(champion_choice_key, "{\"generation\": \"x\"}");
    expect_contains(message_of<FormatError>([&] { (void)choice_in(folder); }), "'champion_choice' is damaged");
}

TEST_F(ChosenChampionOfARun, IsLoggedWithEveryCandidate) {
    const RunFolder folder = run_of();
    const ChampionChoice choice = choice_in(folder);
    EXPECT_EQ(choice_to_json(choice), entry(folder));
    bool found = false;
    for (const ChampionCandidate& candidate : choice.candidates) {
        EXPECT_EQ(candidate.fitness, rows(folder)[candidate.generation].fitness.best);
        found = found || candidate.generation == choice.generation;
    }
    EXPECT_TRUE(found);
}

}  // namespace
}  // namespace clade
