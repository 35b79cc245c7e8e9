// The result of scoring: a fitness per genome of a generation, and further named numbers.
#pragma once

#include <clade/core/genome_failure.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace clade {

/// A number per genome, besides the fitness.
struct ScoreColumn {
    std::string name{};            ///< e.g. "score.distance", "behaviour.x"
    std::vector<double> values{};  ///< [genomes]
};

/// A round of racing.
struct EpisodeRound {
    std::size_t genomes = 0;   ///< genomes that played in this round
    std::size_t episodes = 0;  ///< episodes that each of them played

    bool operator==(const EpisodeRound&) const = default;
};

/// The scores of one generation. Keeps its memory from generation to generation.
struct ScoreTable {
    std::vector<double> fitness{};       ///< [genomes]; NaN and infinities mark failed genomes
    std::vector<ScoreColumn> columns{};  ///< the same names in every generation
    std::vector<double> merit{};         ///< [genomes], or empty: selection goes by the evolver's own Merit
    std::vector<EpisodeRound> rounds{};  ///< in their order; empty where genomes do not race
    std::size_t evaluated = 0;           ///< networks that were scored
    std::size_t reused = 0;              ///< genomes whose known fitness was taken over

    /// The failed genomes, ascending, and why. A scorer may leave out those whose fitness it has, but is not finite.
    std::vector<GenomeFailure> failures{};

    /// Resizes fitness and columns.
    void resize(std::size_t genomes) {
        fitness.resize(genomes);
        for (ScoreColumn& column : columns) column.values.resize(genomes);
    }

    /// Makes `failures` the failed genomes: adds those whose fitness is not finite, takes out those whose fitness is.
    void complete_failures();
};

}  // namespace clade
