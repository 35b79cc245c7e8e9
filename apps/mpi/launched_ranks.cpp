#include "mpi/launched_ranks.hpp"

#include <clade/core/error.hpp>

#include <array>
#include <charconv>
#include <cstdlib>
#include <cstring>

namespace clade {
namespace {

/// The variables of a launcher; the size may be missing.
struct Launcher {
    const char* name;
    const char* rank;
    const char* size;
};

constexpr std::array launchers{
    Launcher{"Open MPI", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"},
    Launcher{"MPICH (Hydra) or SLURM with PMI-2", "PMI_RANK", "PMI_SIZE"},
    Launcher{"a launcher with PMIx", "PMIX_RANK", "SLURM_STEP_NUM_TASKS"},
};

std::optional<std::size_t> number_in(const Environment& environment, const char* name) {
    const char* text = environment(name);
    if (text == nullptr) return std::nullopt;
    std::size_t number = 0;
    const char* end = text + std::strlen(text);
    const auto [at, problem] = std::from_chars(text, end, number);
    if (problem != std::errc() || at != end) return std::nullopt;
    return number;
}

}  // namespace

std::optional<LaunchedRanks> launched_ranks(const Environment& environment) {
    for (const Launcher& launcher : launchers) {
        const auto rank = number_in(environment, launcher.rank);
        if (rank) return LaunchedRanks{launcher.name, *rank, number_in(environment, launcher.size)};
    }
    return std::nullopt;
}

std::optional<LaunchedRanks> launched_ranks() {
    return launched_ranks([](const char* name) { return std::getenv(name); });  // NOLINT(concurrency-mt-unsafe)
}

void require_one_world(const LaunchedRanks& launched, std::size_t mpi_size, const std::string& library) {
    if (mpi_size > 1 || !launched.has_others()) return;
    const std::string size = launched.size ? std::to_string(*launched.size) : "several";
    throw Error(
        "the launcher (" + launched.launcher + ") has started " + size + " ranks, but the program's MPI library, " +
        library +
        ", sees this one alone: they are of different MPI libraries, and each rank would run the experiment for "
        "itself. Use the mpirun of the program's library (Debian: mpirun.openmpi, mpirun.mpich), or build Clade "
        "with the launcher's");
}

}  // namespace clade
