// Results of a set of trials as table, JSON, CSV and figure.
#pragma once

#include "terminal/figure.hpp"

#include <clade/experiment/trials/trials_summary.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace clade {

/// A set of trials that has ended.
struct EndedTrials {
    TrialSet set;
    std::vector<TrialResult> results;
    TrialsSummary summary;
};
[[nodiscard]] EndedTrials read_ended(const TrialSet& set, const Vocabulary& vocabulary);

/// "xor: task xor, 100 trials, seeds 1 to 100, 150 genomes".
[[nodiscard]] std::string headline(const EndedTrials& ended);

/// "100 of 100 (96.3 % to 100.0 %)"; "no criterion" where nothing counts as a solution.
[[nodiscard]] std::string success_text(const TrialsSummary& summary);

/// "p = 0.012", "p < 0.001".
[[nodiscard]] std::string p_text(double p);

/// Rows of what was counted, columns of mean, deviation, ..., and what is published.
[[nodiscard]] std::string summary_table(const EndedTrials& ended, std::size_t width);

/// The summary's keys alone.
[[nodiscard]] nlohmann::ordered_json summary_json(const EndedTrials& ended);

/// The summary, the reference, and an entry a trial.
[[nodiscard]] nlohmann::ordered_json trials_json(const EndedTrials& ended);

/// A row a trial.
[[nodiscard]] std::string trials_csv(const EndedTrials& ended);

/// Two panels: how the evaluations are distributed, and the share of trials solved over evaluations.
[[nodiscard]] bench::Figure trials_figure(const EndedTrials& ended);

/// Draws it; where gnuplot is missing, says so on stderr unless `quiet`. Whether it was drawn.
bool draw_or_say(const bench::Figure& figure, const std::filesystem::path& file, bool quiet);

}  // namespace clade
