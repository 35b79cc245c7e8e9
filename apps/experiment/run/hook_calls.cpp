#include <clade/experiment/run/hook_calls.hpp>

#include <clade/core/error.hpp>
#include <clade/core/genome/genome_io.hpp>

#include <filesystem>
#include <set>
#include <string>
#include <string_view>

namespace clade {
namespace {

void check_names(const std::vector<Measure>& statistics) {
    std::set<std::string_view> names;
    for (const Measure& statistic : statistics) {
        if (statistic.name.empty()) throw Error("statistics() gives a number without a name");
        if (!names.insert(statistic.name).second) throw Error("statistics() gives '" + statistic.name + "' twice");
    }
}

void save_genome(const ToldGeneration& generation, std::size_t genome, const SavedGenomes& saved) {
    const std::size_t population = generation.genomes.size();
    if (genome >= population) {
        throw Error("genomes_to_save() names genome " + std::to_string(genome) + " of " + std::to_string(population) +
                    ", counted from 0");
    }
    const std::uint32_t number = generation.record.generation;
    const auto file = saved.folder.saved_genome(number, genome_id(number, population, genome));
    std::filesystem::create_directories(file.parent_path());
    replace_file(file, genome_to_json(generation.genomes, genome, saved.network, saved.functions));
}

}  // namespace

std::vector<Measure> ask_hooks(ExperimentObserver& observer, const ToldGeneration& generation,
                               const SavedGenomes& saved) {
    std::vector<Measure> statistics = observer.statistics(generation);
    check_names(statistics);
    for (const std::size_t genome : observer.genomes_to_save(generation)) save_genome(generation, genome, saved);
    return statistics;
}

}  // namespace clade
