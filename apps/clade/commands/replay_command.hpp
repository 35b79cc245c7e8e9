// `clade replay`: scores a run's champion, or any genome, again, and shows an episode of it.
#pragma once

#include "terminal/format.hpp"

#include <clade/experiment/run/experiment.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace clade {

struct ReplayOptions {
    std::string run;  ///< a run's folder, or a folder of runs
    Format format = Format::table;
    std::optional<std::uint64_t> genome{};   ///< its id; the champion by default
    bool trace = false;                      ///< also an episode of it, step by step
    std::optional<std::uint64_t> episode{};  ///< which one; 0 by default
    std::optional<std::size_t> episodes{};   ///< also the returns of so many held-out ones
};

/// Returns 0 if the logged fitness comes out again (of a genome that failed: if it fails again; of one that is not logged:
/// if it can be scored), else 1.
int replay_command(const ReplayOptions& options, const Vocabulary& vocabulary);

}  // namespace clade
