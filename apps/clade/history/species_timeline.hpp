// The lives of all species of a run: of which species each was born, how large it was, and why it ended.
#pragma once

#include <clade/core/fields.hpp>
#include <clade/experiment/run/rebuild.hpp>

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace clade::history {

/// Why a species has no members in the next generation.
enum class SpeciesEnd {
    alive,        ///< it is in the last logged generation
    stagnant,     ///< it made no progress for too long, and was given no children
    outcompeted,  ///< others were so much fitter that its share of the children was none
    absorbed,     ///< it had children, but all of them joined other species
    restart,      ///< every species had stagnated: the run started anew
};

/// One species.
struct SpeciesLife {
    SpeciesId id{};
    std::uint32_t born = 0;              ///< first generation
    GenomeRow founder{};                 ///< the first genome that joined no other species
    std::vector<SpeciesId> parents{};    ///< species of the founder's parents; empty if it has none
    std::vector<std::uint32_t> sizes{};  ///< members, by generation from `born` on
    double best = 0.0;                   ///< fitness of the best member ever; NaN: all failed
    GenomeId champion = no_genome;       ///< that member
    SpeciesEnd end = SpeciesEnd::alive;

    [[nodiscard]] std::uint32_t last() const { return born + static_cast<std::uint32_t>(sizes.size()) - 1; }
    [[nodiscard]] std::uint32_t largest() const;
    [[nodiscard]] std::uint64_t members() const;  ///< over all its generations
};

/// All species in the order of their ids.
[[nodiscard]] std::vector<SpeciesLife> species_timeline(const OpenedRun& run);

}  // namespace clade::history

template <>
struct clade::EnumNames<clade::history::SpeciesEnd> {
    static constexpr std::array<std::string_view, 5> names{"alive", "stagnant", "outcompeted", "absorbed", "restart"};
};
