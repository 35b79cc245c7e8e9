// The summary of a run: outcome, champion, folder, and commands to try next.
#pragma once

#include <clade/experiment/run/experiment.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// How the program was called, for the commands to try next.
struct Caller {
    std::string program;
    std::vector<std::string> resume_overrides{};  ///< of a resumed run: the next resume needs them again
};

enum class SummaryFormat { text, json };
template <>
struct EnumNames<SummaryFormat> {
    static constexpr std::array<std::string_view, 2> names{"text", "json"};
};

/// For people.
[[nodiscard]] std::string run_summary(const Experiment& experiment, const Caller& caller, Outcome outcome);

/// One JSON document with these keys, which the help of `clade run` names.
[[nodiscard]] std::string run_summary_json(const Experiment& experiment, Outcome outcome);

/// The command that goes on with the run.
[[nodiscard]] std::string resume_text(const Experiment& experiment, const Caller& caller);

/// "3 genomes failed: 2 exception, 1 time" in the run; empty if none did.
[[nodiscard]] std::string failed_text(const RunLog& log);

/// "racing played 26 % of the episodes: 19500 of 75000" in these generations; empty without racing.
[[nodiscard]] std::string racing_text(const std::vector<GenerationRow>& rows);

}  // namespace clade
