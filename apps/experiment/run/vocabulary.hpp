// What the configurations of a program may name, and the seams that it fills itself.
#pragma once

#include <clade/core/functions/functions.hpp>
#include <clade/evaluation/network/decoder.hpp>
#include <clade/evaluation/task_registry.hpp>
#include <clade/evolution/select/merit.hpp>

namespace clade {

/// A value; every program has its own.
struct Vocabulary {
    TaskRegistry tasks;
    FunctionSet functions{};
    DecoderFactory decoder{};  ///< how genomes become networks; empty: directly
    MeritFactory merit{};      ///< what selection goes by; empty: fitness
};

}  // namespace clade
