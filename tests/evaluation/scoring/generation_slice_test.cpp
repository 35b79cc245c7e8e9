#include <clade/evaluation/scoring/generation_slice.hpp>

#include "tests/support/random_genomes.hpp"

#include <gtest/gtest.h>

namespace clade {
namespace {

/// Of each structure two genomes.
GenomeStore pairs_of_genomes(std::size_t count) {
    const testing::RandomGenomeOptions options;
    GenomeStore store(options.shape);
    for (std::size_t i = 0; i < count; ++i) store.append(testing::random_genome(options, i / 2)[0]);
    return store;
}

GenerationSlice sent(const GenerationSlice& slice) {
    ByteWriter out;
    write_slice(slice, out);
    ByteReader in(out.bytes());
    return read_slice(in);
}

}  // namespace

TEST(GenerationSlice, HasTheGenomesInTheirOrderAndTheirPlaces) {
    const GenomeStore store = pairs_of_genomes(10);
    const std::vector<std::size_t> genomes{7, 2, 3};
    const GenerationSlice slice = sent(slice_of({.genomes = store, .number = 4, .seed = 9}, genomes));
    GenomeStore expected(store.shape());
    for (const std::size_t genome : genomes) expected.append(store[genome]);
    EXPECT_EQ(slice.genomes.digest(), expected.digest());
    EXPECT_EQ(slice.places, genomes);
    EXPECT_TRUE(slice.held_out.empty());
    EXPECT_EQ(slice.number, 4U);
    EXPECT_EQ(slice.seed, 9U);
}

TEST(GenerationSlice, HasASharedTopologyOnce) {
    const GenomeStore store = pairs_of_genomes(10);
    EXPECT_EQ(sent(slice_of({.genomes = store}, std::vector<std::size_t>{2, 3})).genomes.topologies().size(), 1U);
    EXPECT_EQ(sent(slice_of({.genomes = store}, std::vector<std::size_t>{2, 4})).genomes.topologies().size(), 2U);
}

TEST(GenerationSlice, KeepsOriginsAndNumbersOfHeldOutEvaluations) {
    const GenomeStore store = pairs_of_genomes(4);
    const std::vector<std::size_t> origins{5, 6, 7, 8};
    const std::vector<std::uint32_t> held_out{1, 2, 3, 4};
    const GenerationSlice slice = sent(
        slice_of({.genomes = store, .network = {NetworkKind::recurrent, 3}, .origins = origins, .held_out = held_out},
                 std::vector<std::size_t>{1, 3}));
    EXPECT_EQ(slice.places, (std::vector<std::size_t>{6, 8}));
    EXPECT_EQ(slice.held_out, (std::vector<std::uint32_t>{2, 4}));
    EXPECT_EQ(slice.network, NetworkParams(NetworkKind::recurrent, 3));
}

TEST(GenerationSlice, DamagedBytesAreRefused) {
    const GenomeStore store = pairs_of_genomes(4);
    ByteWriter out;
    write_slice(slice_of({.genomes = store}, std::vector<std::size_t>{0, 1, 2}), out);
    for (std::size_t length = 0; length < out.bytes().size(); length += 7) {
        ByteReader in(out.bytes().first(length));
        EXPECT_THROW((void)read_slice(in), FormatError) << length;
    }
}

}  // namespace clade
