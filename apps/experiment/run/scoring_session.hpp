// What is seen of scoring from outside, as long as a run lasts: the file `scoring`, and the watch over endless evaluations.
#pragma once

#include <clade/experiment/config/experiment_config.hpp>
#include <clade/experiment/run/engine.hpp>
#include <clade/experiment/run/run_folder.hpp>
#include <clade/experiment/run/scoring_file.hpp>
#include <clade/experiment/run/scoring_watch.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace clade {

/// As long as it lives, the engine's scorer shows what it scores.
class ScoringSession {
public:
    /// `on_overdue` gets overdue_text(), in another thread; only with evaluation.seconds_per_genome. The engine outlives
    /// this object.
    ScoringSession(Engine& engine, const ExperimentConfig& config, const RunFolder& folder,
                   std::function<void(const std::string&)> on_overdue);
    ~ScoringSession();
    ScoringSession(const ScoringSession&) = delete;
    ScoringSession& operator=(const ScoringSession&) = delete;

private:
    Engine& engine_;
    ScoringFile file_;
    std::optional<ScoringWatch> watch_;
};

/// For genomes whose evaluations do not end: which, for how long, and what may be done.
[[nodiscard]] std::string overdue_text(const OverdueGenomes& overdue, const FailureParams& failure,
                                       std::uint64_t population);

}  // namespace clade
