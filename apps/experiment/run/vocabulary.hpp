// The tasks and functions that configurations may name, and a decoder and a merit of your own.
#pragma once

#include <clade/core/functions/functions.hpp>
#include <clade/evaluation/network/decoder.hpp>
#include <clade/evaluation/task_registry.hpp>
#include <clade/evolution/select/merit.hpp>

#include <string>

namespace clade {

/// A value; every program has its own.
struct Vocabulary {
    TaskRegistry tasks{};
    FunctionSet functions{};
    DecoderFactory decoder{};  ///< makes the decoder; empty: direct
    MeritFactory merit{};      ///< makes the merit; empty: fitness

    /// What is typed in a shell to start the program, in messages that give a command. run_app() sets it.
    std::string program = "clade";
};

}  // namespace clade
