// `clade plot`: a figure of a run as a file.
#pragma once

#include <clade/core/fields.hpp>
#include <clade/experiment/run/experiment.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace clade {

enum class PlotSubject { fitness, species, network, lineage };
template <>
struct EnumNames<PlotSubject> {
    static constexpr std::array<std::string_view, 4> names{"fitness", "species", "network", "lineage"};
};

struct PlotOptions {
    std::string run;  ///< a run's folder, or a folder of runs
    PlotSubject what = PlotSubject::fitness;
    std::string out;                        ///< its ending is the format: .svg; of a network also .dot and .graphml
    std::optional<std::uint64_t> genome{};  ///< of network and lineage; empty: the champion
};

/// Writes the file anew and prints its name. Throws InputError for a format or genome that there is not.
int plot_command(const PlotOptions& options, const Vocabulary& vocabulary);

}  // namespace clade
