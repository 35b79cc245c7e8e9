// Messages between the ranks of an MPI job.
#pragma once

#include <clade/experiment/ranks/rank_link.hpp>

#include <memory>

namespace clade {

/// Begins MPI if a launcher has started this process as one of several ranks; else null, and MPI is not touched. Throws
/// Error if the launcher is of another MPI library. Called once in a process; all calls of the link are by one thread.
[[nodiscard]] std::unique_ptr<RankLink> connect_mpi();

}  // namespace clade
