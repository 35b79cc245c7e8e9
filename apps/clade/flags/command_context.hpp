// What a command needs to add itself to the command line, and the action that parsing chose.
#pragma once

#include "clade/flags/program_name.hpp"

#include <clade/experiment/run/experiment.hpp>

#include <functional>

namespace clade {

struct CommandContext {
    const Vocabulary& vocabulary;
    ProgramName& program;
    std::function<int()> action{};  ///< the chosen command; empty as long as none is
};

}  // namespace clade
