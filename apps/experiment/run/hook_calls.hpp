// Asks a program's observer about a generation, and checks what it answers.
#pragma once

#include <clade/core/functions/functions.hpp>
#include <clade/core/network_params.hpp>
#include <clade/experiment/run/experiment_observer.hpp>
#include <clade/experiment/run/run_folder.hpp>

#include <vector>

namespace clade {

/// Where genomes that the observer names are saved, and with what.
struct SavedGenomes {
    const RunFolder& folder;
    const NetworkParams& network;
    const FunctionSet& functions;
};

/// The observer's statistics of a generation; the genomes that it names are saved. Throws Error for a statistic without a
/// name, one given twice, and a genome that is not there.
[[nodiscard]] std::vector<Measure> ask_hooks(ExperimentObserver& observer, const ToldGeneration& generation,
                                             const SavedGenomes& saved);

}  // namespace clade
