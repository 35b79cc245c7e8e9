// Reads the log of a run: its generations, its species, and the genomes of the last generation.
//
//   read_log runs                       the newest run in this folder
#include <clade/core/genome/genome_io.hpp>
#include <clade/experiment/log/run_log.hpp>
#include <clade/experiment/run/run_folder.hpp>

#include <exception>
#include <iostream>

int main(int argc, char** argv) try {
    const clade::RunFolder folder = clade::find_run(argc > 1 ? argv[1] : "runs");
    const clade::RunLog log(folder.log(), clade::RunLog::Mode::read);

    std::cout << "task: " << log.get("task").value_or("unknown") << '\n';
    for (const clade::GenerationRow& row : log.generations()) {
        std::cout << row.generation << ": best " << row.fitness.best << ", species " << row.species_count << '\n';
    }
    const auto last = log.last_generation();
    if (!last) return 0;
    for (const clade::SpeciesRecord& species : log.species(last->generation)) {
        std::cout << "species " << clade::raw(species.id) << ": " << species.size << " genomes\n";
    }
    for (const clade::GenomeRow& genome : log.genomes(last->generation)) {
        if (genome.id == last->champion) std::cout << "champion's parent: " << clade::raw(genome.parent_a) << '\n';
    }
    const auto champion = log.champion_json(last->generation);
    if (champion) std::cout << clade::genome_from_json(*champion).store.connection_count() << " connections\n";
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
}
