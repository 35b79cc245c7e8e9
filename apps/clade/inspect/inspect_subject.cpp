#include "clade/inspect/inspect_subject.hpp"

#include "clade/history/rebuilder.hpp"

#include <clade/core/genome/genome_io.hpp>

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

GenomeRow known_genome(const Subject& subject, GenomeId id) {
    const std::string folder = subject.run.folder.path.string();
    const auto last = subject.run.log.last_generation();
    if (!last) throw InputError(folder + ": no generation has been logged yet");
    const std::uint64_t end = (std::uint64_t{last->generation} + 1) * subject.population;
    if (raw(id) >= end) {
        throw InputError(fmt::format("{}: genome must be from 0 to {}, got {}", folder, end - 1, raw(id)));
    }
    return subject.run.log.genomes(static_cast<std::uint32_t>(raw(id) / subject.population))
        .at(raw(id) % subject.population);
}

GenomeStore genes_of(const Subject& subject, GenomeId id) {
    const GenomeRow row = known_genome(subject, id);
    const auto logged = subject.run.log.generation(row.generation);
    if (logged && logged->champion == id) {  // the log has its genes
        if (const auto json = subject.run.log.champion_json(row.generation)) {
            return genome_from_json(*json, subject.vocabulary.functions).store;
        }
    }
    history::Rebuilder rebuilder(subject.run, subject.vocabulary);
    const GenomeStore& generation = rebuilder.generation(row.generation);
    GenomeStore store(generation.shape());
    store.append(generation[row.index]);
    return store;
}

GenomeId champion_of(const Subject& subject) {
    const auto row = champion_row(subject.run.log, subject.direction);
    if (row) return row->champion;
    throw InputError(subject.run.folder.path.string() + ": there is no champion yet: no genome has a finite fitness");
}

}  // namespace clade::inspect
