// The genomes of a logged run, rebuilt one generation after another.
#pragma once

#include <clade/experiment/run/rebuild.hpp>

#include <cstdint>
#include <memory>

namespace clade::history {

/// For one thread at a time.
class Rebuilder {
public:
    /// Both must outlive it.
    Rebuilder(const OpenedRun& run, const Vocabulary& vocabulary) : run_(&run), vocabulary_(&vocabulary) {}

    /// The genomes of a logged generation, with refined weights; valid until the next call. Going forward breeds on from
    /// the generation of the call before, going back starts anew. Throws Error if a generation differs from the log.
    const GenomeStore& generation(std::uint32_t number);

private:
    const OpenedRun* run_;
    const Vocabulary* vocabulary_;
    std::unique_ptr<Engine> engine_;
};

}  // namespace clade::history
