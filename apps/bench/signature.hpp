// The signature: a digest of a fixed workload that changes only if the results of runs change.
#pragma once

#include <clade/core/parallel.hpp>

#include <cstdint>

namespace clade::bench {

/// The digest of every generation's genomes and fitness in a fixed piece of work: feed-forward networks that learn XOR,
/// and recurrent ones of all functions under every operator. The same for any number of threads and SIMD level.
[[nodiscard]] std::uint64_t signature(const Parallel& parallel);

}  // namespace clade::bench
