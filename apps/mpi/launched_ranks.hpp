// Whether a launcher of MPI jobs (mpirun, srun) has started this process, by the environment alone.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

namespace clade {

/// What the launcher says of this process.
struct LaunchedRanks {
    std::string launcher{};  ///< whose variables they are, e.g. "Open MPI"
    std::size_t rank = 0;
    std::optional<std::size_t> size{};  ///< of the job; not every launcher says it

    /// Whether there are other ranks for certain.
    [[nodiscard]] bool has_others() const noexcept { return rank > 0 || size.value_or(1) > 1; }
};

/// The value of an environment variable; null if there is none.
using Environment = std::function<const char*(const char*)>;

/// Nothing where no launcher has started the process. For Open MPI, MPICH (Hydra), and SLURM with PMI-2 or PMIx.
[[nodiscard]] std::optional<LaunchedRanks> launched_ranks(const Environment& environment);

/// Of this process.
[[nodiscard]] std::optional<LaunchedRanks> launched_ranks();

/// Throws Error if the launcher has started several ranks, but MPI knows this one alone: the program was built with
/// another MPI library (`library`, as it names itself) than the launcher's, so that each rank would run for itself.
void require_one_world(const LaunchedRanks& launched, std::size_t mpi_size, const std::string& library);

}  // namespace clade
