// `clade inspect`: a run's overview, a generation, a species or a genome.
#pragma once

#include "terminal/format.hpp"

#include <clade/experiment/run/experiment.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace clade {

struct InspectOptions {
    std::string run;  ///< a run's folder, or a folder of runs
    std::optional<std::uint32_t> generation{};
    std::optional<std::uint32_t> species{};
    std::optional<std::uint64_t> genome{};
    Format format = Format::table;
};

/// Prints the page that is asked for. Throws InputError with the numbers there are.
int inspect_command(const InspectOptions& options, const Vocabulary& vocabulary);

}  // namespace clade
