// `clade inspect`: a run's overview, a generation, a species, a genome, or what evolution did over the run.
#pragma once

#include "terminal/format.hpp"

#include <clade/experiment/run/experiment.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace clade {

struct InspectOptions {
    std::string run;  ///< a run's folder, or a folder of runs
    std::optional<std::uint32_t> generation{};
    std::optional<std::uint32_t> species{};
    std::optional<std::uint64_t> genome{};
    bool lineage = false;
    std::optional<std::uint64_t> lineage_of{};  ///< a genome; empty: the champion
    std::vector<std::uint64_t> diff{};          ///< two genomes
    bool operators = false;
    bool timeline = false;
    bool importance = false;
    std::optional<std::string> query{};   ///< SQL
    std::optional<std::uint64_t> rows{};  ///< most rows of a query; empty: inspect::usual_rows
    Format format = Format::table;
};

/// Prints the page that is asked for. Throws InputError with the numbers there are.
int inspect_command(const InspectOptions& options, const Vocabulary& vocabulary);

}  // namespace clade
