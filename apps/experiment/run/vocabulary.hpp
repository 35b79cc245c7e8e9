// The tasks and functions that configurations may name, and a decoder and a merit of your own.
#pragma once

#include <clade/core/functions/functions.hpp>
#include <clade/evaluation/network/decoder.hpp>
#include <clade/evaluation/task_registry.hpp>
#include <clade/evolution/select/merit.hpp>

#include <memory>
#include <string>

namespace clade {

class RankTeam;

/// A value; every program has its own. It must outlive configurations and experiments made with it: they refer to its tasks.
struct Vocabulary {
    TaskRegistry tasks{};
    FunctionSet functions{};
    DecoderFactory decoder{};  ///< makes the decoder; empty: direct
    MeritFactory merit{};      ///< makes the merit; empty: fitness

    /// Ranks of a job that score with this process, for one run at a time; null: this process scores alone. run_app() sets
    /// it for the commands that use it.
    std::shared_ptr<RankTeam> ranks{};

    /// What is typed in a shell to start the program, in messages that give a command. run_app() sets it.
    std::string program = "clade";
};

}  // namespace clade
