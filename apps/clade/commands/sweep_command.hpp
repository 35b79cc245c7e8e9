// `clade sweep`: ranks several settings by trials.
#pragma once

#include "clade/commands/trials_session.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace clade {

/// A configuration with what to vary, or the folder of a sweep to continue or to show.
struct SweepOptions : TrialsOptions {
    std::string sweep{};
    std::vector<std::string> vary{};      ///< "key=a,b,c" or "key=low..high[:log]"
    std::optional<std::size_t> random{};  ///< number of combinations drawn at random; empty: all
};

inline constexpr std::size_t most_combinations = 10'000;

/// Throws ConfigError or InputError before anything is made. Returns the program's exit code.
int sweep_command(const SweepOptions& options, const Vocabulary& vocabulary);

}  // namespace clade
