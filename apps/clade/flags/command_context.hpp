// What a command needs to add itself to the command line, and the action that parsing chose.
#pragma once

#include "clade/flags/program_name.hpp"

#include <clade/experiment/run/experiment.hpp>

#include <functional>
#include <memory>

namespace clade {

struct CommandContext {
    const Vocabulary& vocabulary;
    ProgramName& program;
    std::shared_ptr<RankTeam> ranks{};  ///< of the job, for the commands that run one experiment

    /// The vocabulary of those commands.
    [[nodiscard]] Vocabulary over_ranks() const {
        Vocabulary spread = vocabulary;
        spread.ranks = ranks;
        return spread;
    }

    std::function<int()> action{};  ///< the chosen command; empty as long as none is
};

}  // namespace clade
