// The line of a genome: from each genome to its fitter parent, whose structure it inherits, back to one without parents.
#pragma once

#include "clade/history/genome_diff.hpp"

#include <clade/experiment/run/rebuild.hpp>

#include <optional>
#include <vector>

namespace clade::history {

/// A genome of the line with its parents.
struct Ancestor {
    GenomeRow row;
    std::optional<GenomeRow> parent{};        ///< the fitter one, the genome before in the line
    std::optional<GenomeRow> other_parent{};  ///< of crossover
};

/// A genome of the line that is fitter than its fitter parent.
struct LineageStep {
    Ancestor genome;
    GenomeStore parent_genes{};  ///< one genome
    GenomeStore other_genes{};   ///< that of the other parent; empty without crossover
    GenomeStore genes{};         ///< one genome
    GenomeDiff diff{};           ///< from the parent's genes to its own
};

/// From the oldest to the genome itself. @pre the log has the genome.
[[nodiscard]] std::vector<Ancestor> ancestors_of(const RunLog& log, GenomeId id, std::uint64_t population);

/// Whether a genome of the line is fitter than its fitter parent.
[[nodiscard]] bool is_rise(const Ancestor& ancestor, FitnessDirection direction);

/// The steps of a line in which fitness rose, with their genes rebuilt. Throws Error if a generation differs from the log.
[[nodiscard]] std::vector<LineageStep> rising_steps(const OpenedRun& run, const Vocabulary& vocabulary,
                                                    const std::vector<Ancestor>& line);

}  // namespace clade::history
