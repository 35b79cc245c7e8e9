// Speciation: the members and the representative of each species, and its stagnation.
//
// A genome joins the first species, in order of age, whose representative is nearer than the threshold; a genome that
// joins none founds one (Stanley & Miikkulainen 2002, 3.3). Representatives are members of the previous generation.
// The work is parallel; the result is that of going through the genomes in order. Without a fixed threshold, the number of
// species is held (open_species.hpp).
//
// Invariants after assign(): every genome is in exactly one species; no species is empty; ids only grow.
#pragma once

#include <clade/core/byte_stream.hpp>
#include <clade/core/genome/genome_store.hpp>
#include <clade/core/parallel.hpp>
#include <clade/evolution/evolution_params.hpp>
#include <clade/evolution/genome/innovation_table.hpp>
#include <clade/evolution/select/ranking.hpp>
#include <clade/evolution/species/genome_distance.hpp>
#include <clade/evolution/species/open_species.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace clade {

/// The state of a species that lasts from generation to generation.
struct Species {
    SpeciesId id{};
    std::uint32_t created = 0;        ///< generation
    std::uint32_t last_progress = 0;  ///< generation in which the best merit last improved
    double best_merit = 0.0;          ///< best ever; higher is better
};

class Speciation {
public:
    Speciation() = default;
    Speciation(const SpeciationParams& params, const GenomeShape& shape);

    /// Divides a generation into species and drops empty ones.
    void assign(const GenomeStore& population, std::uint64_t seed, std::uint32_t generation, const Parallel& parallel);

    /// Records the generation's merit [population size] and which species progressed. @pre assign() was called.
    void note_progress(std::span<const double> merit, std::uint32_t generation, const Parallel& parallel);

    /// Keeps the species marked in `alive` [species count] and chooses their representatives for the next generation.
    void choose_representatives(const GenomeStore& population, std::span<const std::uint8_t> alive, std::uint64_t seed,
                                std::uint32_t generation);

    /// Forgets all species; ids are not used again.
    void clear();

    [[nodiscard]] std::span<const Species> species() const noexcept { return species_; }

    /// The members of a species, best merit first, equal ones by index. @pre note_progress() was called.
    [[nodiscard]] std::span<const std::uint32_t> members(std::size_t species) const noexcept;

    /// The index into species() of each genome. [population size]
    [[nodiscard]] std::span<const std::uint32_t> species_of() const noexcept { return species_of_; }

    /// The threshold of the last assign(); 0 with medoids.
    [[nodiscard]] double threshold() const noexcept { return threshold_; }

    void write(ByteWriter& out) const;

    /// Throws FormatError if the state is damaged, or does not fit the next generation's number or the table.
    void read(ByteReader& in, std::uint32_t generation, const InnovationTable& innovations);

private:
    void join_existing(const GenomeStore& population, const Parallel& parallel);
    void found_species(const GenomeStore& population, std::uint32_t generation, const Parallel& parallel);
    void join_open(const OpenSpecies& open, const GenomeStore& population, std::uint32_t generation,
                   const Parallel& parallel);
    void drop_empty_species();
    void collect_members();
    void rank_members(std::size_t species, std::span<const double> merit);
    [[nodiscard]] std::size_t members_begin(std::size_t species) const noexcept {
        return species == 0 ? 0 : members_end_[species - 1];
    }
    [[nodiscard]] std::uint32_t representative_of(std::size_t species, const GenomeStore& population,
                                                  std::uint64_t seed, std::uint32_t generation) const;

    SpeciationParams params_;
    std::size_t target_ = 0;
    double threshold_ = 0.0;
    std::uint32_t next_id_ = 0;
    std::vector<Species> species_;
    GenomeStore representatives_;  // one a species, of the previous generation
    GenomeStore chosen_;           // the next ones, while they are chosen: the two take turns, and keep their memory
    std::vector<std::size_t> representative_;  // [species], row of representatives_, or its size for a new species
    std::vector<std::uint32_t> species_of_;    // [population size]
    std::vector<std::uint32_t> members_;       // [population size], grouped by species
    std::vector<std::size_t> members_end_;     // [species]
    std::vector<RankedGenome> ranked_;         // [population size], scratch of note_progress()
    std::vector<RankedGenome> ranking_space_;  // likewise
    SpreadRepresentatives spread_;
};

}  // namespace clade
