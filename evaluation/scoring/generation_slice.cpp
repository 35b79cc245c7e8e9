#include <clade/evaluation/scoring/generation_slice.hpp>

#include <limits>

namespace clade {
namespace {

constexpr std::uint32_t not_taken = std::numeric_limits<std::uint32_t>::max();

/// Copies some genomes, and of the topologies those that they have.
GenomeStore selected(const GenomeStore& from, std::span<const std::size_t> genomes) {
    GenomeStore store(from.shape());
    std::vector<std::uint32_t> taken(from.topologies().size(), not_taken);
    std::vector<std::uint32_t> topology_of;
    topology_of.reserve(genomes.size());
    for (const std::size_t genome : genomes) {
        const std::uint32_t topology = from.topology_of(genome);
        if (taken[topology] == not_taken) taken[topology] = store.add_topology(from.topologies()[topology]);
        topology_of.push_back(taken[topology]);
    }
    store.place_sharing(topology_of);
    for (std::size_t i = 0; i < genomes.size(); ++i) copy_attributes(from.attributes(genomes[i]), store.attributes(i));
    return store;
}

}  // namespace

GenerationSlice slice_of(const Generation& generation, std::span<const std::size_t> genomes) {
    GenerationSlice slice{.genomes = selected(generation.genomes, genomes),
                          .number = generation.number,
                          .seed = generation.seed,
                          .network = generation.network};
    slice.places.reserve(genomes.size());
    for (const std::size_t genome : genomes) {
        slice.places.push_back(generation.place_of(genome));
        if (!generation.held_out.empty()) slice.held_out.push_back(generation.held_out[genome]);
    }
    return slice;
}

void write_slice(const GenerationSlice& slice, ByteWriter& out) {
    out.value(slice.number);
    out.value(slice.seed);
    out.value(slice.network.kind);
    out.value(slice.network.steps);
    out.values(std::span<const std::size_t>(slice.places));
    out.values(std::span<const std::uint32_t>(slice.held_out));
    write_store(slice.genomes, out);
}

GenerationSlice read_slice(ByteReader& in) {
    GenerationSlice slice;
    slice.number = in.value<std::uint32_t>();
    slice.seed = in.value<std::uint64_t>();
    slice.network.kind = in.value<NetworkKind>();
    slice.network.steps = in.value<int>();
    slice.places = in.values<std::size_t>();
    slice.held_out = in.values<std::uint32_t>();
    slice.genomes = read_sound_store(in);
    const std::size_t count = slice.genomes.size();
    if (slice.places.size() != count || (!slice.held_out.empty() && slice.held_out.size() != count)) {
        throw FormatError("a slice of " + std::to_string(count) + " genomes has places of " +
                          std::to_string(slice.places.size()));
    }
    return slice;
}

}  // namespace clade
