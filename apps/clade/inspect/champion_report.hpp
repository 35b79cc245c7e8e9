// What the task of a run says of its champion.
#pragma once

#include "clade/inspect/inspect_subject.hpp"

#include <clade/evaluation/task.hpp>

#include <optional>
#include <string>

namespace clade::inspect {

struct ChampionReport {
    TaskReport report{};        ///< empty if there is no champion, or the task cannot be made
    TaskPage page{};            ///< likewise
    std::string problem{};      ///< why the task cannot be made, e.g. its data file is gone
    bool can_be_solved = true;  ///< as far as is known: only the task can tell
};

/// `champion`: the row of its generation, if there is one.
[[nodiscard]] ChampionReport champion_report(const Subject& subject, const std::optional<GenerationRow>& champion);

}  // namespace clade::inspect
