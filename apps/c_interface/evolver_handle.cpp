#include "c_interface/evolver_handle_internal.hpp"

#include "c_interface/border_internal.hpp"
#include "c_interface/evolver_config_internal.hpp"
#include "c_interface/network_handle_internal.hpp"

#include <clade/evaluation/model/model.hpp>

#include <memory>
#include <utility>

namespace clade::c_interface {

FlatStructure flat_structure(const GenomeStore& genomes) {
    FlatStructure flat;
    for (std::size_t g = 0; g <= genomes.size(); ++g) {
        flat.node_begin.push_back(genomes.node_begin(g));
        flat.connection_begin.push_back(genomes.connection_begin(g));
    }
    for (std::size_t g = 0; g < genomes.size(); ++g) {
        const GenomeView genome = genomes[g];
        for (const NodeId id : genome.node_id) flat.node_id.push_back(raw(id));
        for (const Innovation number : genome.innovation) flat.innovation.push_back(raw(number));
        for (const NodeId id : genome.source) flat.source.push_back(raw(id));
        for (const NodeId id : genome.target) flat.target.push_back(raw(id));
    }
    return flat;
}

namespace {

EvolverSetup setup_of(const clade_evolver_options& options) {
    require(options.threads >= 0 && options.threads <= Parallel::most_threads, "threads must be between 0 and 256");
    EvolverSetup setup{.input_count = options.input_count,
                       .output_count = options.output_count,
                       .direction = options.minimise != 0 ? FitnessDirection::minimise : FitnessDirection::maximise,
                       .seed = options.seed,
                       .parallel = Parallel(options.threads)};
    constexpr std::size_t most = std::size_t{1} << 30;
    require(options.population_size <= most, "the population must be at most 2^30");
    if (options.population_size != 0) setup.evolution.population_size = static_cast<int>(options.population_size);
    return setup;
}

void decode(const Evolver& evolver, std::size_t genome, clade_network& handle) {
    const GenomeStore& genomes = evolver.population();
    require(genome < genomes.size(), "the genome must be below the population's size");
    auto* network = std::get_if<Network>(&handle.runner);
    require(network != nullptr, "the network must be one of clade_evolver_network()");
    handle.compiler.compile(genomes[genome], genomes.shape(), evolver.setup().genome.network, network->program());
    make_room(*network, handle.most_rows);
}

Model champion_of(const Evolver& evolver) {
    const BestEver& best = evolver.best_ever();
    require(!best.genome.empty(), "there is no champion before a genome has got a finite fitness");
    return {.genome = {best.genome, evolver.setup().genome.network},
            .origin = {.seed = evolver.setup().seed,
                       .generation = best.generation,
                       .genome = raw(best.id),
                       .fitness = best.fitness,
                       .version = clade_version()}};
}

void tell(Evolver& evolver, std::span<const double> fitness, clade_generation* generation) {
    require_count("fitnesses", fitness.size(), evolver.population().size());
    try {
        (void)evolver.tell(fitness);
    } catch (const ExtinctionError& error) {
        throw StatusError(CLADE_EXTINCT, error.what());
    }
    if (generation == nullptr) return;
    const GenerationRecord& record = evolver.record();
    *generation = {.generation = record.generation,
                   .species_count = static_cast<std::uint32_t>(record.species.size()),
                   .champion = record.champion,
                   .best_fitness = record.genome_fitness[record.champion],
                   .mean_fitness = record.fitness.mean,
                   .failed_count = record.failed_count,
                   .digest = record.digest};
}

clade_population population_of(const GenomeStore& genomes, const FlatStructure& flat) {
    const AttributeView attributes = genomes.all_attributes();
    return {.genome_count = genomes.size(),
            .node_count = genomes.node_count(),
            .connection_count = genomes.connection_count(),
            .node_begin = flat.node_begin.data(),
            .connection_begin = flat.connection_begin.data(),
            .node_id = flat.node_id.data(),
            .bias = attributes.bias.data(),
            .response = attributes.response.data(),
            .activation = reinterpret_cast<const std::uint8_t*>(attributes.activation.data()),
            .aggregation = reinterpret_cast<const std::uint8_t*>(attributes.aggregation.data()),
            .innovation = flat.innovation.data(),
            .source = flat.source.data(),
            .target = flat.target.data(),
            .weight = attributes.weight.data(),
            .enabled = attributes.enabled.data()};
}

template <class Function>
const char* function_name(std::uint8_t function) {
    constexpr auto& names = EnumNames<Function>::names;
    return function < names.size() ? names[function].data() : nullptr;  // of literals, which end with 0
}

}  // namespace
}  // namespace clade::c_interface

using namespace clade::c_interface;  // NOLINT(google-build-using-namespace): the functions below are C's

clade_status clade_evolver_create(const clade_evolver_options* options, clade_evolver** evolver) {
    return guarded([&] {
        require(options != nullptr && evolver != nullptr, "options and evolver must not be null");
        *evolver = std::make_unique<clade_evolver>(clade::Evolver(setup_of(*options))).release();
    });
}

clade_status clade_evolver_from_yaml(const char* yaml, size_t length, clade_evolver** evolver) {
    return guarded([&] {
        require(yaml != nullptr && evolver != nullptr, "yaml and evolver must not be null");
        *evolver = std::make_unique<clade_evolver>(clade::Evolver(setup_from_yaml({yaml, length}))).release();
    });
}

void clade_evolver_destroy(clade_evolver* evolver) { delete evolver; }

size_t clade_evolver_population_size(const clade_evolver* evolver) {
    return evolver == nullptr ? 0 : evolver->evolver.population().size();
}

uint32_t clade_evolver_generation(const clade_evolver* evolver) {
    return evolver == nullptr ? 0 : evolver->evolver.generation();
}

clade_status clade_evolver_network(const clade_evolver* evolver, size_t most_rows, clade_network** network) {
    return guarded([&] {
        require(evolver != nullptr && network != nullptr, "evolver and network must not be null");
        auto handle = std::make_unique<clade_network>(clade::Network(evolver->evolver.setup().functions), most_rows);
        decode(evolver->evolver, 0, *handle);
        *network = handle.release();
    });
}

clade_status clade_evolver_decode(const clade_evolver* evolver, size_t genome, clade_network* network) {
    return guarded([&] {
        require(evolver != nullptr && network != nullptr, "evolver and network must not be null");
        decode(evolver->evolver, genome, *network);
    });
}

clade_status clade_evolver_population(clade_evolver* evolver, clade_population* population) {
    return guarded([&] {
        require(evolver != nullptr && population != nullptr, "evolver and population must not be null");
        evolver->flat = flat_structure(evolver->evolver.population());
        *population = population_of(evolver->evolver.population(), evolver->flat);
    });
}

const char* clade_activation_name(uint8_t activation) { return function_name<clade::Activation>(activation); }
const char* clade_aggregation_name(uint8_t aggregation) { return function_name<clade::Aggregation>(aggregation); }

clade_status clade_evolver_tell(clade_evolver* evolver, const double* fitness, size_t count,
                                clade_generation* generation) {
    return guarded([&] {
        require(evolver != nullptr && fitness != nullptr, "evolver and fitness must not be null");
        tell(evolver->evolver, {fitness, count}, generation);
    });
}

clade_status clade_evolver_champion(clade_evolver* evolver, const char** json, size_t* length) {
    return guarded([&] {
        require(evolver != nullptr && json != nullptr && length != nullptr, "evolver, json, length must not be null");
        evolver->champion = clade::model_to_json(champion_of(evolver->evolver));
        *json = evolver->champion.c_str();
        *length = evolver->champion.size();
    });
}

clade_status clade_evolver_save(clade_evolver* evolver, const void** bytes, size_t* size) {
    return guarded([&] {
        require(evolver != nullptr && bytes != nullptr && size != nullptr, "evolver, bytes, size must not be null");
        evolver->saved = {};
        evolver->evolver.write(evolver->saved);
        *bytes = evolver->saved.bytes().data();
        *size = evolver->saved.bytes().size();
    });
}

clade_status clade_evolver_restore(clade_evolver* evolver, const void* bytes, size_t size) {
    return guarded([&] {
        require(evolver != nullptr && bytes != nullptr, "evolver and bytes must not be null");
        clade::Evolver restored(evolver->evolver.setup());  // what is damaged leaves the evolver as it was
        clade::ByteReader reader({static_cast<const std::byte*>(bytes), size});
        restored.read(reader);
        if (reader.remaining() != 0) throw clade::FormatError("a saved evolver is followed by other bytes");
        evolver->evolver = std::move(restored);
    });
}
