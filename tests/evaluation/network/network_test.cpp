#include <clade/evaluation/network/network_compiler.hpp>

#include "tests/support/random_genomes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace clade {
namespace {

using testing::NaiveNetwork;
using testing::random_genome;
using testing::random_numbers;
using testing::RandomGenomeOptions;
using testing::same_number;

constexpr std::array<SimdLevel, 3> levels{SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512};

template <class Enum>
std::vector<Enum> every() {
    std::vector<Enum> all;
    for (std::size_t i = 0; i < EnumNames<Enum>::names.size(); ++i) all.push_back(static_cast<Enum>(i));
    return all;
}

Network compiled(const GenomeStore& store, NetworkKind kind, const FunctionSet& functions = {},
                 SimdLevel simd = best_simd_level()) {
    Network network(functions, simd);
    NetworkCompiler().compile(store[0], store.shape(), kind, network.program());
    network.reset();
    return network;
}

/// Observations of `rows` rows, feature by feature; some are not finite if asked for.
std::vector<float> observations_for(std::size_t inputs, std::size_t rows, std::uint64_t seed, bool finite = true) {
    std::vector<float> numbers = random_numbers(inputs * rows, seed);
    if (finite) return numbers;
    for (std::size_t i = 0; i < numbers.size(); i += 7) numbers[i] = std::numeric_limits<float>::infinity();
    for (std::size_t i = 3; i < numbers.size(); i += 11) numbers[i] = std::numeric_limits<float>::quiet_NaN();
    for (std::size_t i = 5; i < numbers.size(); i += 13) numbers[i] = -3e38F;
    return numbers;
}

std::vector<float> row_of(const std::vector<float>& columns, std::size_t rows, std::size_t row) {
    std::vector<float> values;
    for (std::size_t i = row; i < columns.size(); i += rows) values.push_back(columns[i]);
    return values;
}

/// What activate() says row by row, in the layout of activate_batch(): calls x outputs x rows, each row a sequence.
std::vector<float> singles(Network& network, const std::vector<float>& observations, std::size_t rows,
                           std::size_t calls) {
    const std::size_t outputs = network.output_count();
    std::vector<float> actions(calls * outputs * rows);
    std::vector<float> action(outputs);
    for (std::size_t row = 0; row < rows; ++row) {
        network.reset();
        const std::vector<float> observation = row_of(observations, rows, row);
        for (std::size_t call = 0; call < calls; ++call) {
            network.activate(observation, action);
            for (std::size_t o = 0; o < outputs; ++o) actions[(call * outputs + o) * rows + row] = action[o];
        }
    }
    return actions;
}

std::vector<float> batches(Network& network, const std::vector<float>& observations, std::size_t rows,
                           std::size_t calls) {
    const std::size_t outputs = network.output_count();
    std::vector<float> actions(calls * outputs * rows);
    network.reset();
    for (std::size_t call = 0; call < calls; ++call) {
        network.activate_batch(observations, std::span(actions).subspan(call * outputs * rows, outputs * rows), rows);
    }
    return actions;
}

void expect_same(const std::vector<float>& a, const std::vector<float>& b, const std::string& what) {
    ASSERT_EQ(a.size(), b.size()) << what;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ASSERT_TRUE(same_number(a[i], b[i])) << what << ": number " << i << " is " << a[i] << " and " << b[i];
    }
}

/// Single, batch and every SIMD level agree.
void expect_agreement(const GenomeStore& store, NetworkKind kind, const std::vector<float>& observations,
                      std::size_t rows, const std::string& what) {
    const std::size_t calls = kind == NetworkKind::recurrent ? 3 : 1;
    Network baseline = compiled(store, kind, {}, SimdLevel::baseline);
    const std::vector<float> expected = singles(baseline, observations, rows, calls);
    for (const SimdLevel level : levels) {
        Network network = compiled(store, kind, {}, level);
        const std::string where = what + ", " + std::string(name_of(level));
        expect_same(expected, singles(network, observations, rows, calls), where + ", single");
        expect_same(expected, batches(network, observations, rows, calls), where + ", batch");
    }
}

RandomGenomeOptions options_for(NetworkKind kind, std::uint64_t seed) {
    RandomGenomeOptions options;
    options.shape = {static_cast<std::uint32_t>(1 + seed % 5), static_cast<std::uint32_t>(1 + seed % 3), seed % 2 == 0};
    options.hidden_count = static_cast<std::uint32_t>(seed * 7 % 30);
    options.recurrent = kind == NetworkKind::recurrent;
    return options;
}

class EveryKind : public ::testing::TestWithParam<NetworkKind> {};
INSTANTIATE_TEST_SUITE_P(Network, EveryKind, ::testing::Values(NetworkKind::feed_forward, NetworkKind::recurrent),
                         [](const auto& kind) { return std::string(name_of(kind.param)); });

TEST_P(EveryKind, IsWhatANaiveEvaluationOfTheGenomeSays) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        RandomGenomeOptions options = options_for(GetParam(), seed);
        options.activations = every<Activation>();
        options.aggregations = every<Aggregation>();
        const GenomeStore store = random_genome(options, seed);
        ASSERT_TRUE(store.violations().empty());
        Network network = compiled(store, GetParam());
        NaiveNetwork naive(store[0], store.shape());
        std::vector<float> action(network.output_count());
        for (std::uint64_t call = 0; call < 4; ++call) {
            const std::vector<float> observation = random_numbers(network.input_count(), seed * 10 + call);
            network.activate(observation, action);
            const bool recurrent = GetParam() == NetworkKind::recurrent;
            expect_same(recurrent ? naive.step(observation) : naive.activate(observation), action,
                        "seed " + std::to_string(seed));
        }
    }
}

TEST_P(EveryKind, SingleAndBatchGiveTheSameBitsAtEverySimdLevelForEveryActivation) {
    for (const Activation activation : every<Activation>()) {
        RandomGenomeOptions options = options_for(GetParam(), 8);
        options.hidden_count = 20;
        options.activations = {activation};
        const GenomeStore store = random_genome(options, 7);
        const std::size_t rows = 150;
        expect_agreement(store, GetParam(), observations_for(store.shape().input_count, rows, 1), rows,
                         std::string(name_of(activation)));
    }
}

TEST_P(EveryKind, SingleAndBatchGiveTheSameBitsAtEverySimdLevelForEveryAggregation) {
    for (const Aggregation aggregation : every<Aggregation>()) {
        for (std::uint64_t seed = 0; seed < 10; ++seed) {
            RandomGenomeOptions options = options_for(GetParam(), seed);
            options.aggregations = {aggregation, Aggregation::sum};
            options.activations = {Activation::identity, Activation::tanh};
            const GenomeStore store = random_genome(options, seed);
            const std::size_t rows = 37;
            expect_agreement(store, GetParam(), observations_for(store.shape().input_count, rows, seed), rows,
                             std::string(name_of(aggregation)));
        }
    }
}

TEST_P(EveryKind, SingleAndBatchAgreeForEveryNumberOfRows) {
    const GenomeStore store = random_genome(options_for(GetParam(), 12), 3);
    for (std::size_t rows = 1; rows <= 300; rows += rows < 40 ? 1 : 23) {
        expect_agreement(store, GetParam(), observations_for(store.shape().input_count, rows, rows), rows,
                         std::to_string(rows) + " rows");
    }
}

TEST_P(EveryKind, SingleAndBatchAgreeOnNumbersThatAreNotFinite) {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        RandomGenomeOptions options = options_for(GetParam(), seed);
        options.activations = every<Activation>();
        options.aggregations = every<Aggregation>();
        options.weight_scale = seed % 2 == 0 ? 1.0 : 1e20;
        const GenomeStore store = random_genome(options, seed);
        const std::size_t rows = 50;
        expect_agreement(store, GetParam(), observations_for(store.shape().input_count, rows, seed, false), rows,
                         "seed " + std::to_string(seed));
    }
}

TEST_P(EveryKind, AddedFunctionsAreCalledOnBothPaths) {
    FunctionSet functions;
    const Activation twice = functions.activations.add("twice", [](float x) { return 2.0F * x; });
    const Aggregation last =
        functions.aggregations.add("last", [](std::span<float> terms) { return terms.empty() ? -1.0F : terms.back(); });
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        RandomGenomeOptions options = options_for(GetParam(), seed);
        options.activations = {twice, Activation::tanh};
        options.aggregations = {last, Aggregation::sum, Aggregation::max};
        const GenomeStore store = random_genome(options, seed);
        Network network = compiled(store, GetParam(), functions);
        NaiveNetwork naive(store[0], store.shape(), functions);
        const std::vector<float> observation = random_numbers(network.input_count(), seed);
        std::vector<float> action(network.output_count());
        network.activate(observation, action);
        const bool recurrent = GetParam() == NetworkKind::recurrent;
        expect_same(recurrent ? naive.step(observation) : naive.activate(observation), action, "single");
        network.activate_batch(observation, action, 1);
        network.reset();
        network.activate_batch(observation, action, 1);
        NaiveNetwork again(store[0], store.shape(), functions);
        expect_same(recurrent ? again.step(observation) : again.activate(observation), action, "batch");
    }
}

TEST_P(EveryKind, ACopyRunsByItself) {
    const GenomeStore store = random_genome(options_for(GetParam(), 11), 5);
    Network network = compiled(store, GetParam());
    const std::vector<float> observations = observations_for(network.input_count(), 20, 1);
    const std::vector<float> expected = batches(network, observations, 20, 2);
    Network copy = network;
    { const Network gone = std::move(network); }
    expect_same(expected, batches(copy, observations, 20, 2), "copy");
}

/// One input, one output, one hidden node with id 2, and the connections given.
GenomeStore small_genome(const std::vector<ConnectionGene>& connections, bool hidden, NodeGene output_gene = {}) {
    GenomeStore store(GenomeShape{1, 1, false});
    const GenomeSize size{hidden ? 2U : 1U, static_cast<std::uint32_t>(connections.size())};
    store.place({&size, 1});
    output_gene.node_id = NodeId{1};
    set_node(store.rows(0), 0, output_gene);
    if (hidden) set_node(store.rows(0), 1, {NodeId{2}, 0.5F, 1.0F, Activation::tanh, Aggregation::sum});
    for (std::size_t c = 0; c < connections.size(); ++c) set_connection(store.rows(0), c, connections[c]);
    return store;
}

float answer(const GenomeStore& store, NetworkKind kind, int calls = 1, float observation = 1.0F) {
    Network network = compiled(store, kind);
    float out = 0.0F;
    for (int call = 0; call < calls; ++call) network.activate({&observation, 1}, {&out, 1});
    return out;
}

TEST_P(EveryKind, AnOutputWithoutInputsIsTheActivationOfItsBias) {
    for (const Aggregation aggregation : every<Aggregation>()) {
        const NodeGene gene{NodeId{}, 0.7F, 3.0F, Activation::sigmoid, aggregation};
        EXPECT_EQ(answer(small_genome({}, false, gene), GetParam()), activate(Activation::sigmoid, 0.7F));
    }
}

TEST_P(EveryKind, ADisabledConnectionIsAbsent) {
    const NodeGene gene{NodeId{}, 0.7F, 1.0F, Activation::sigmoid, Aggregation::product};
    const GenomeStore store = small_genome({{Innovation{1}, NodeId{0}, NodeId{1}, 2.0F, 0}}, false, gene);
    EXPECT_EQ(answer(store, GetParam()), activate(Activation::sigmoid, 0.7F));
}

TEST_P(EveryKind, AnOrphanHiddenNodeIsTheActivationOfItsBias) {
    const NodeGene gene{NodeId{}, 0.0F, 1.0F, Activation::identity, Aggregation::sum};
    const GenomeStore store = small_genome({{Innovation{1}, NodeId{2}, NodeId{1}, 2.0F, 1}}, true, gene);
    const int calls = GetParam() == NetworkKind::recurrent ? 2 : 1;  // a value takes a step a connection
    EXPECT_EQ(answer(store, GetParam(), calls), 2.0F * activate(Activation::tanh, 0.5F));
}

TEST_P(EveryKind, AHiddenNodeThatReachesNoOutputIsLeftOut) {
    const GenomeStore store = small_genome({{Innovation{1}, NodeId{0}, NodeId{1}, 2.0F, 1},
                                            {Innovation{2}, NodeId{0}, NodeId{2}, 2.0F, 1},
                                            {Innovation{3}, NodeId{2}, NodeId{1}, 2.0F, 0}},
                                           true);
    const Network network = compiled(store, GetParam());
    EXPECT_EQ(network.program().node_count(), 1U);
    EXPECT_EQ(network.program().weight.size(), 1U);
}

TEST_P(EveryKind, AnAggregateOfInputsAmongWhichIsNanIsNan) {
    for (const Aggregation aggregation : every<Aggregation>()) {
        const NodeGene gene{NodeId{}, 0.0F, 1.0F, Activation::identity, aggregation};
        const GenomeStore store = small_genome({{Innovation{1}, NodeId{0}, NodeId{1}, 2.0F, 1}}, false, gene);
        EXPECT_TRUE(std::isnan(answer(store, GetParam(), 1, std::numeric_limits<float>::quiet_NaN())));
    }
}

TEST(Network, RecurrentNodesStepAtOnceFromTheValuesOfTheLastCall) {
    // input -> output directly and by the hidden node, which feeds back on itself
    const NodeGene gene{NodeId{}, 0.0F, 1.0F, Activation::identity, Aggregation::sum};
    GenomeStore store = small_genome({{Innovation{1}, NodeId{0}, NodeId{1}, 1.0F, 1},
                                      {Innovation{2}, NodeId{0}, NodeId{2}, 1.0F, 1},
                                      {Innovation{3}, NodeId{2}, NodeId{1}, 1.0F, 1},
                                      {Innovation{4}, NodeId{2}, NodeId{2}, 1.0F, 1}},
                                     true, gene);
    store.rows(0).activation[1] = Activation::identity;
    store.rows(0).bias[1] = 0.0F;
    Network network = compiled(store, NetworkKind::recurrent);
    const float one = 1.0F;
    float out = 0.0F;
    for (const float expected : {1.0F, 2.0F, 3.0F, 4.0F}) {
        network.activate({&one, 1}, {&out, 1});
        EXPECT_EQ(out, expected);
    }
    network.reset();
    network.activate({&one, 1}, {&out, 1});
    EXPECT_EQ(out, 1.0F);
}

TEST(Network, HoldsEachObservationForItsSteps) {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const GenomeStore store = random_genome(options_for(NetworkKind::recurrent, seed), seed);
        Network one = compiled(store, NetworkKind::recurrent);
        Network three = make_network({store, {NetworkKind::recurrent, 3}});
        const std::size_t rows = 70;
        const std::vector<float> observations = observations_for(one.input_count(), rows, seed);
        std::vector<float> wanted(one.output_count() * rows);
        std::vector<float> got(wanted.size());
        for (int call = 0; call < 2; ++call) {
            for (int step = 0; step < 3; ++step) one.activate_batch(observations, wanted, rows);
            three.activate_batch(observations, got, rows);
            expect_same(wanted, got, "a batch of seed " + std::to_string(seed));
        }
        const std::vector<float> observation = observations_for(one.input_count(), 1, seed);
        wanted.resize(one.output_count());
        got.resize(one.output_count());
        for (int call = 0; call < 2; ++call) {
            for (int step = 0; step < 3; ++step) one.activate(observation, wanted);
            three.activate(observation, got);
            expect_same(wanted, got, "single observations of seed " + std::to_string(seed));
        }
    }
}

TEST(Network, RecurrentBatchBeginsAnewAfterResetAndForAnotherNumberOfRows) {
    const GenomeStore store = random_genome(options_for(NetworkKind::recurrent, 9), 4);
    Network network = compiled(store, NetworkKind::recurrent);
    const std::vector<float> of_20 = observations_for(network.input_count(), 20, 1);
    const std::vector<float> of_30 = observations_for(network.input_count(), 30, 2);
    const std::vector<float> first = batches(network, of_20, 20, 2);
    expect_same(first, batches(network, of_20, 20, 2), "after reset");
    std::vector<float> actions(network.output_count() * 30);
    network.activate_batch(of_30, actions, 30);
    std::vector<float> again(network.output_count() * 20);
    network.activate_batch(of_20, again, 20);
    expect_same({first.begin(), first.begin() + static_cast<std::ptrdiff_t>(again.size())}, again, "after 30 rows");
}

TEST(Network, KeepRowsGoesOnWithTheirSequences) {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const GenomeStore store = random_genome(options_for(NetworkKind::recurrent, seed), seed);
        Network all = compiled(store, NetworkKind::recurrent);
        Network some = compiled(store, NetworkKind::recurrent);
        constexpr std::size_t rows = 300;
        const std::size_t inputs = all.input_count();
        const std::size_t outputs = all.output_count();
        const std::vector<float> observations = observations_for(inputs, rows, seed);
        std::vector<float> actions(outputs * rows);
        all.activate_batch(observations, actions, rows);
        some.activate_batch(observations, actions, rows);
        std::vector<std::uint32_t> kept;
        for (std::uint32_t row = 0; row < rows; ++row) {
            if ((row * 7 + seed) % 3 == 0) kept.push_back(row);
        }
        some.keep_rows(kept);
        for (int step = 0; step < 3; ++step) {
            all.activate_batch(observations, actions, rows);
            std::vector<float> theirs;
            for (std::size_t i = 0; i < inputs; ++i) {
                for (const std::uint32_t row : kept) theirs.push_back(observations[i * rows + row]);
            }
            std::vector<float> answers(outputs * kept.size());
            some.activate_batch(theirs, answers, kept.size());
            std::vector<float> expected;
            for (std::size_t o = 0; o < outputs; ++o) {
                for (const std::uint32_t row : kept) expected.push_back(actions[o * rows + row]);
            }
            expect_same(expected, answers, "kept rows");
        }
    }
}

TEST(Network, GoesOnFromACopiedState) {
    const GenomeStore store = random_genome({.recurrent = true}, 5);
    Network one = compiled(store, NetworkKind::recurrent);
    Network other = compiled(store, NetworkKind::recurrent);
    constexpr std::size_t rows = 5;
    const std::vector<float> observations = random_numbers(one.input_count() * rows, 3);
    const auto step = [&](Network& network) {
        std::vector<float> action(network.output_count());
        std::vector<float> actions(network.output_count() * rows);
        network.activate(std::span(observations).first(network.input_count()), action);
        network.activate_batch(observations, actions, rows);
        actions.insert(actions.end(), action.begin(), action.end());
        return actions;
    };
    const std::vector<float> first = step(one);
    other.copy_state(one);
    const std::vector<float> second = step(one);
    EXPECT_NE(second, first);
    EXPECT_EQ(step(other), second);
    Network smaller = compiled(random_genome({}, 5), NetworkKind::feed_forward);
    EXPECT_THROW(smaller.copy_state(one), Error);
}

TEST(Network, KeepsItsMemoryFromProgramToProgram) {
    NetworkCompiler compiler;
    Network network;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const NetworkKind kind = seed % 3 == 0 ? NetworkKind::recurrent : NetworkKind::feed_forward;
        const GenomeStore store = random_genome(options_for(kind, seed), seed);
        compiler.compile(store[0], store.shape(), kind, network.program());
        const std::vector<float> observations = observations_for(store.shape().input_count, 5, seed);
        Network fresh = compiled(store, kind);
        expect_same(singles(fresh, observations, 5, 2), batches(network, observations, 5, 2), "reused");
    }
}

TEST(NetworkCompiler, RefusesAFeedForwardNetworkOfACycleThatReachesAnOutput) {
    const std::vector<ConnectionGene> loop{{Innovation{1}, NodeId{2}, NodeId{1}, 1.0F, 1},
                                           {Innovation{2}, NodeId{1}, NodeId{2}, 1.0F, 1}};
    const GenomeStore store = small_genome(loop, true);
    EXPECT_THROW(compiled(store, NetworkKind::feed_forward), Error);
    EXPECT_NO_THROW(compiled(store, NetworkKind::recurrent));
}

TEST(NetworkCompiler, AllowsACycleOfDisabledConnections) {
    const GenomeStore store = small_genome(
        {{Innovation{1}, NodeId{2}, NodeId{1}, 1.0F, 1}, {Innovation{2}, NodeId{1}, NodeId{2}, 1.0F, 0}}, true);
    EXPECT_NO_THROW(compiled(store, NetworkKind::feed_forward));
}

TEST(NetworkCompiler, KeepsTheConnectionsOfANodeAdjacentAndInTheOrderOfInnovations) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const GenomeStore store = random_genome(options_for(NetworkKind::feed_forward, seed), seed);
        const Network network = compiled(store, NetworkKind::feed_forward);
        const NetworkProgram& program = network.program();
        for (std::size_t n = 0; n < program.node_count(); ++n) {
            ASSERT_LE(program.nodes[n].first_connection, program.nodes[n + 1].first_connection);
            std::vector<float> weights(program.weight.begin() + program.nodes[n].first_connection,
                                       program.weight.begin() + program.nodes[n + 1].first_connection);
            auto at = store[0].weight.begin();  // a subsequence of the genome's weights
            for (const float weight : weights) {
                at = std::find(at, store[0].weight.end(), weight);
                ASSERT_NE(at, store[0].weight.end());
                ++at;
            }
            for (std::uint32_t c = program.nodes[n].first_connection; c < program.nodes[n + 1].first_connection; ++c) {
                ASSERT_LT(program.source_slot[c], program.shape.source_count() + n) << "sources come first";
            }
        }
    }
}

TEST(NetworkCompiler, GroupsOnlyNodesThatDoNotReadEachOther) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        RandomGenomeOptions options = options_for(NetworkKind::feed_forward, seed);
        options.activations = {Activation::tanh, Activation::relu};
        const GenomeStore store = random_genome(options, seed);
        const Network network = compiled(store, NetworkKind::feed_forward);
        const NetworkProgram& program = network.program();
        for (std::uint32_t n = 0; n < program.node_count(); ++n) {
            const std::uint32_t end = n + program.nodes[n].group;
            ASSERT_GE(program.nodes[n].group, 1);
            ASSERT_LE(end, program.node_count());
            for (std::uint32_t c = program.nodes[n].first_connection; c < program.nodes[end].first_connection; ++c) {
                ASSERT_LT(program.source_slot[c], program.shape.source_count() + n);
            }
            for (std::uint32_t m = n; m < end; ++m) {
                ASSERT_EQ(program.nodes[m].activation, program.nodes[n].activation);
            }
        }
    }
}

TEST(NetworkCompiler, MakesANetworkOfASavedGenome) {
    SavedGenome saved{random_genome(options_for(NetworkKind::recurrent, 6), 6), NetworkKind::recurrent};
    const SavedGenome read = genome_from_json(genome_to_json(saved.store, 0, saved.network));
    Network network = make_network(read);
    Network expected = compiled(saved.store, NetworkKind::recurrent);
    const std::vector<float> observations = observations_for(network.input_count(), 9, 1);
    EXPECT_TRUE(network.is_recurrent());
    expect_same(batches(expected, observations, 9, 3), batches(network, observations, 9, 3), "saved");
}

}  // namespace
}  // namespace clade
