// Runs the sets of trials given on the command line, with progress, signal handling and a hint how to continue.
#pragma once

#include "clade/commands/stop_signals.hpp"
#include "terminal/format.hpp"

#include <clade/experiment/trials/trials.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace clade {

/// What all commands take that run sets of trials.
struct TrialsOptions {
    std::vector<std::string> overrides{};  ///< of every set
    std::optional<std::size_t> trials{};   ///< runs of a set; 100, or as many as an existing set has
    std::string out = "runs";              ///< folder in which new sets are made
    bool quiet = false;
    Format format = Format::table;
    std::string program = "clade";  ///< as the user called it, for the command that goes on
};

inline constexpr std::size_t usual_trials = 100;
inline constexpr std::uint64_t first_seed = 1;  ///< of a new set whose configuration names none
inline constexpr std::size_t most_trials = 1'000'000;

/// The set in a folder, or, not yet made, the one of a configuration, checked to the last file that it reads.
/// Throws ConfigError or InputError.
[[nodiscard]] TrialSet plan_trials(const std::string& config_or_folder, const TrialsOptions& options,
                                   const Vocabulary& vocabulary);

/// Makes the folder of a planned set below `out`; leaves one that has a folder as it is.
void make_folder(TrialSet& set, const std::string& out);

/// Runs what is open of a set that has a folder, with progress, `label` before it. False if a signal came before the end.
[[nodiscard]] bool complete(TrialSet& set, const Vocabulary& vocabulary, StopSignals& signals, bool quiet,
                            const std::string& label = "");

/// Says on stderr what to type to go on: `words` after the program's name.
void say_how_to_go_on(const TrialsOptions& options, const std::vector<std::string>& words);

}  // namespace clade
