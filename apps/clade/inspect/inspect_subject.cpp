#include "clade/inspect/inspect_subject.hpp"

#include <fmt/format.h>

namespace clade::inspect {

Subject subject_of(const OpenedRun& run, const Vocabulary& vocabulary) {
    return {run, vocabulary, logged_direction(run.log),
            static_cast<std::uint64_t>(run.config.evolution.population_size)};
}

GenerationRow known_generation(const Subject& subject, std::uint32_t generation) {
    if (const auto row = subject.run.log.generation(generation)) return *row;
    const std::string folder = subject.run.folder.path.string();
    const auto last = subject.run.log.last_generation();
    if (!last) throw InputError(folder + ": no generation has been logged yet");
    throw InputError(fmt::format("{}: generation must be from 0 to {}, got {}", folder, last->generation, generation));
}

}  // namespace clade::inspect
