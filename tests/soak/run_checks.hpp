// What holds for every generation of every run: checked where configurations are drawn at random.
#pragma once

#include <clade/evolution/evolver.hpp>

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace clade {

/// Looks at the generations of one run, one after the other. Each function gives a sentence for each broken rule.
class RunChecks {
public:
    RunChecks(const GenomeParams& genome, const EvolutionParams& evolution) : genome_(genome), evolution_(evolution) {}

    /// Size and soundness of a generation; no cycles without recurrence; an innovation number is one connection, in the
    /// whole run, and with that scope a connection has one number.
    [[nodiscard]] std::vector<std::string> broken_rules(const GenomeStore& population);

    /// Every genome is in one species that is not empty; ids grow; the children are as many as the next generation has
    /// genomes.
    [[nodiscard]] std::vector<std::string> broken_rules(const GenerationRecord& record) const;

private:
    void check_innovations(const GenomeView& genome, std::vector<std::string>& broken);

    GenomeParams genome_;
    EvolutionParams evolution_;
    std::unordered_map<std::uint32_t, std::uint64_t> ends_;     // of an innovation: source, target
    std::unordered_map<std::uint64_t, std::uint32_t> numbers_;  // of a connection
};

/// Whether the evolver's state, read by a fresh one, is written as the same bytes.
[[nodiscard]] bool state_reads_back(const Evolver& evolver);

}  // namespace clade
