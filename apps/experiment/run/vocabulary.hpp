// What the configurations of a program may name, and the seams that it fills itself.
#pragma once

#include <clade/core/functions/functions.hpp>
#include <clade/evaluation/network/decoder.hpp>
#include <clade/evaluation/task_registry.hpp>
#include <clade/evolution/select/merit.hpp>

#include <functional>
#include <memory>

namespace clade {

/// A value; every program has its own.
struct Vocabulary {
    TaskRegistry tasks;
    FunctionSet functions{};
    DecoderFactory decoder{};                         ///< how genomes become networks; empty: directly
    std::function<std::shared_ptr<Merit>()> merit{};  ///< what selection goes by, one for each run; empty: fitness
};

}  // namespace clade
