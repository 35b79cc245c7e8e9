// Checks a run: that its log is as it was written, and that what it says comes out again.
#pragma once

#include <clade/experiment/log/log_finding.hpp>
#include <clade/experiment/run/run_folder.hpp>
#include <clade/experiment/run/vocabulary.hpp>

#include <cstdint>
#include <string>

namespace clade {

enum class VerifyDepth {
    champion,  ///< score the run's champion again
    full,      ///< breed and score every generation again
};

struct Verification {
    std::uint64_t generations = 0;  ///< in the log
    LogFindings findings{};         ///< empty: the run is sound
    std::string not_replayed{};     ///< why nothing was scored again, though nothing was found; empty if it was
};

/// Checks the log's file, tables, digests, chain and invariants; if they are sound, the configuration, and replays. What
/// cannot be checked, as data is missing, is a finding too, but not that the program lacks the task: its run is not
/// replayed. Throws Error if the log is missing.
[[nodiscard]] Verification verify_run(const RunFolder& folder, const Vocabulary& vocabulary, VerifyDepth depth);

}  // namespace clade
