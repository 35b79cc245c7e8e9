// What scoring gives back: a fitness for each genome of a generation, and named numbers beside it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace clade {

/// A number of each genome beside its fitness.
struct ScoreColumn {
    std::string name;            ///< e.g. "score.distance", "behaviour.x"
    std::vector<double> values;  ///< [genomes]
};

/// A round of episodes that some genomes of a generation played side by side.
struct EpisodeRound {
    std::size_t genomes = 0;   ///< that played in it
    std::size_t episodes = 0;  ///< that each of them played

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

    /// Makes room for so many genomes in fitness and columns.
    void resize(std::size_t genomes) {
        fitness.resize(genomes);
        for (ScoreColumn& column : columns) column.values.resize(genomes);
    }
};

}  // namespace clade
