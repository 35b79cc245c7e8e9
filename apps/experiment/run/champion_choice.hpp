// Which genome a run stands for: of a task that validates (validation.hpp), the champion of the generation of best score;
// of another noisy task, the best of its generations' champions on held-out evaluations.
//
//   log: the champions of best fitness, and the latest ones -> choose_on_held_out() -> a generation, with its held-out mean
//
// The choice depends on the log and the configuration alone, so a run that is resumed, or closed after a kill, has the
// champion of the straight one. It is logged as JSON in the entry `champion_choice` of the table `run`.
#pragma once

#include <clade/evaluation/model/model.hpp>
#include <clade/evaluation/scoring/held_out.hpp>
#include <clade/experiment/config/experiment_config.hpp>
#include <clade/experiment/log/run_log.hpp>
#include <clade/experiment/run/engine.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// A generation's champion that was scored again.
struct ChampionCandidate {
    std::uint32_t generation = 0;
    double fitness = 0.0;    ///< in evolution
    MeanFitness held_out{};  ///< on the evaluations that chose
};

/// The choice of a run's champion.
struct ChampionChoice {
    std::uint32_t generation = 0;   ///< the one whose champion it is
    double fitness = 0.0;           ///< in evolution
    MeanFitness held_out{};         ///< on evaluations that were not used to choose
    std::uint64_t episodes = 0;     ///< of those; 0 where the task does not say
    std::uint64_t evaluations = 0;  ///< all that the choice took; not among those of the run
    std::vector<ChampionCandidate> candidates{};
    bool validated = false;  ///< chosen by the validation score, which is the held-out mean then: of one evaluation

    /// Whether fitness in evolution and held-out mean differ by more than chance.
    [[nodiscard]] bool differs() const { return !validated && held_out.excludes(fitness); }
};

/// The champion of a generation, alone in a store, as it is logged. Throws FormatError if it is damaged.
[[nodiscard]] GenomeStore logged_champion(const RunLog& log, const GenerationRow& row, const FunctionSet& functions);

/// A champion and how it was chosen.
struct ChosenChampion {
    ChampionChoice choice{};
    BestEver genome{};
};

/// Chooses among the logged champions, when a run ends. Nothing if champions are not chosen so (the task does not validate
/// and is deterministic, or scores a generation's genomes together, or the configuration says no), or if too little was evaluated. A solver that
/// the task's own test has confirmed is the only candidate, and is only measured; null: there is no solver.
/// Throws Error if the task throws, Cancelled as the engine's scorer does.
[[nodiscard]] std::optional<ChosenChampion> choose_champion(Engine& engine, const ExperimentConfig& config,
                                                            const RunLog& log, const BestEver* solver);

/// The entry's key in the log.
inline constexpr std::string_view champion_choice_key = "champion_choice";

[[nodiscard]] std::string choice_to_json(const ChampionChoice& choice);

/// The logged choice; nothing while the run goes on. Throws FormatError if it is damaged.
[[nodiscard]] std::optional<ChampionChoice> logged_choice(const RunLog& log);

/// A champion with all that is needed to use its network.
[[nodiscard]] Model champion_model(const Engine& engine, const ExperimentConfig& config, const BestEver& champion);

}  // namespace clade
