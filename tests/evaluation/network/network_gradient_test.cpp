// Reverse-mode derivatives against finite differences of the formulas in double precision.
#include <clade/evaluation/network/network_gradient.hpp>

#include <clade/core/error.hpp>
#include <clade/evaluation/network/network_compiler.hpp>

#include "tests/support/activation_reference.hpp"
#include "tests/support/random_genomes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

namespace clade {
namespace {

using testing::RandomGenomeOptions;

/// Any built-in aggregate in double precision.
double aggregate_reference(Aggregation aggregation, std::vector<double> terms) {
    if (terms.empty()) return 0.0;
    double total = aggregation == Aggregation::product ? 1.0 : 0.0;
    for (const double term : terms) total = aggregation == Aggregation::product ? total * term : total + term;
    const auto count = terms.size();
    switch (aggregation) {
        case Aggregation::sum:
        case Aggregation::product:
            return total;
        case Aggregation::mean:
            return total / static_cast<double>(count);
        case Aggregation::max:
            return *std::max_element(terms.begin(), terms.end());
        case Aggregation::min:
            return *std::min_element(terms.begin(), terms.end());
        case Aggregation::maxabs:
            return *std::max_element(terms.begin(), terms.end(),
                                     [](double a, double b) { return std::abs(a) < std::abs(b); });
        case Aggregation::median:
            std::sort(terms.begin(), terms.end());
            return 0.5 * (terms[(count - 1) / 2] + terms[count / 2]);
    }
    return 0.0;
}

/// A genome whose numbers are doubles.
struct ExactGenome {
    explicit ExactGenome(const GenomeStore& store)
        : genome(store[0]),
          shape(store.shape()),
          bias(genome.bias.begin(), genome.bias.end()),
          weight(genome.weight.begin(), genome.weight.end()) {}

    [[nodiscard]] double value_of(NodeId id, std::map<NodeId, double>& values) const {
        if (const auto known = values.find(id); known != values.end()) return known->second;
        const std::size_t row = find_node(genome.node_id, id);
        std::vector<double> terms;
        for (std::size_t c = 0; c < weight.size(); ++c) {
            if (genome.enabled[c] == 0 || genome.target[c] != id) continue;
            terms.push_back(weight[c] * value_of(genome.source[c], values));
        }
        const double total = aggregate_reference(genome.aggregation[row], terms);
        const double x = bias[row] + double{genome.response[row]} * total;
        return values[id] = testing::reference(genome.activation[row], x);
    }

    /// Sum over outputs and rows of output x its slope.
    [[nodiscard]] double loss(const std::vector<float>& observations, const std::vector<float>& slopes) const {
        const std::size_t rows = slopes.size() / shape.output_count;
        double sum = 0.0;
        for (std::size_t row = 0; row < rows; ++row) {
            std::map<NodeId, double> values;
            for (std::uint32_t i = 0; i < shape.input_count; ++i) {
                values[NodeId{i}] = double{observations[i * rows + row]};
            }
            if (shape.bias_input) values[NodeId{shape.input_count}] = 1.0;
            for (std::uint32_t o = 0; o < shape.output_count; ++o) {
                sum += double{slopes[o * rows + row]} * value_of(NodeId{shape.first_output() + o}, values);
            }
        }
        return sum;
    }

    GenomeView genome;
    GenomeShape shape;
    std::vector<double> bias;
    std::vector<double> weight;
};

/// By every bias, then by every weight of a genome.
using Derivatives = std::vector<double>;

Derivatives finite_differences(const GenomeStore& store, const std::vector<float>& observations,
                               const std::vector<float>& slopes) {
    ExactGenome exact(store);
    Derivatives found;
    for (std::vector<double>* const numbers : {&exact.bias, &exact.weight}) {
        for (double& number : *numbers) {
            const double kept = number;
            const double step = 1e-6;
            number = kept + step;
            const double above = exact.loss(observations, slopes);
            number = kept - step;
            found.push_back((above - exact.loss(observations, slopes)) / (2.0 * step));
            number = kept;
        }
    }
    return found;
}

Derivatives gradient_of(const GenomeStore& store, const std::vector<float>& observations,
                        const std::vector<float>& slopes) {
    NetworkCompiler compiler;
    NetworkProgram program;
    ProgramOrigin origin;
    NetworkGradient gradient;
    compiler.compile(store[0], store.shape(), NetworkKind::feed_forward, program);
    compiler.trace_origin(origin);
    check_differentiable(program, {});
    gradient.backpropagate(program, observations, slopes, slopes.size() / store.shape().output_count);
    Derivatives found(store.node_count() + store.connection_count(), 0.0);
    for (std::size_t n = 0; n < origin.node.size(); ++n) found[origin.node[n]] = gradient.bias()[n];
    for (std::size_t c = 0; c < origin.connection.size(); ++c) {
        found[store.node_count() + origin.connection[c]] = gradient.weight()[c];
    }
    return found;
}

double largest(const Derivatives& derivatives) {
    double most = 0.0;
    for (const double derivative : derivatives) most = std::max(most, std::abs(derivative));
    return most;
}

/// The largest difference, as part of the largest derivative or of 1.
double relative_error(const Derivatives& found, const Derivatives& expected) {
    double worst = 0.0;
    for (std::size_t i = 0; i < expected.size(); ++i) worst = std::max(worst, std::abs(found[i] - expected[i]));
    return worst / std::max(1.0, largest(expected));
}

/// Genomes of these functions agree with finite differences. Returns how many were tried.
int check_genomes(const RandomGenomeOptions& options, double tolerance) {
    int tried = 0;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const GenomeStore store = testing::random_genome(options, seed);
        const std::vector<float> observations =
            testing::random_numbers(std::size_t{5} * options.shape.input_count, seed);
        const std::vector<float> slopes =
            testing::random_numbers(std::size_t{5} * options.shape.output_count, seed + 1000);
        const Derivatives expected = finite_differences(store, observations, slopes);
        if (!(largest(expected) < 1e4)) continue;  // next to a pole, where floats say nothing
        if (!(std::abs(ExactGenome(store).loss(observations, slopes)) < 1e4)) continue;  // nor differences
        ++tried;
        EXPECT_LE(relative_error(gradient_of(store, observations, slopes), expected), tolerance) << "seed " << seed;
    }
    return tried;
}

RandomGenomeOptions gentle() {
    RandomGenomeOptions options;
    options.weight_scale = 0.5;
    options.hidden_count = 5;
    return options;
}

class GradientOfActivation : public ::testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(NetworkGradient, GradientOfActivation,
                         ::testing::Range(0, static_cast<int>(EnumNames<Activation>::names.size())),
                         [](const auto& activation) {
                             return std::string(name_of(static_cast<Activation>(activation.param)));
                         });

TEST_P(GradientOfActivation, AgreesWithFiniteDifferences) {
    RandomGenomeOptions options = gentle();
    options.activations = {static_cast<Activation>(GetParam())};
    EXPECT_GE(check_genomes(options, 1e-3), 20);
}

class GradientOfAggregation : public ::testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(NetworkGradient, GradientOfAggregation,
                         ::testing::Range(0, static_cast<int>(EnumNames<Aggregation>::names.size())),
                         [](const auto& aggregation) {
                             return std::string(name_of(static_cast<Aggregation>(aggregation.param)));
                         });

TEST_P(GradientOfAggregation, AgreesWithFiniteDifferences) {
    RandomGenomeOptions options = gentle();
    options.activations = {Activation::logistic, Activation::tanh, Activation::identity};
    options.aggregations = {static_cast<Aggregation>(GetParam())};
    EXPECT_GE(check_genomes(options, 1e-4), 40);
}

TEST(NetworkGradient, OfMixedFunctionsAgreesWithFiniteDifferences) {
    RandomGenomeOptions options = gentle();
    options.activations = {Activation::steepened_sigmoid, Activation::relu, Activation::gauss, Activation::sin};
    options.aggregations = {Aggregation::sum, Aggregation::mean, Aggregation::max, Aggregation::product};
    for (const bool bias_input : {false, true}) {
        options.shape.bias_input = bias_input;
        EXPECT_GE(check_genomes(options, 1e-3), 38);
    }
}

TEST(NetworkGradient, IsTheSumOfThoseOfItsRowsForAnyNumberOfRows) {
    const RandomGenomeOptions options = gentle();
    const GenomeStore store = testing::random_genome(options, 3);
    for (const std::size_t rows : {1U, 2U, 15U, 16U, 17U, 63U, 64U, 65U, 200U}) {
        const std::vector<float> observations = testing::random_numbers(options.shape.input_count * rows, rows);
        const std::vector<float> slopes = testing::random_numbers(options.shape.output_count * rows, rows + 1);
        Derivatives sum(store.node_count() + store.connection_count(), 0.0);
        for (std::size_t row = 0; row < rows; ++row) {
            std::vector<float> observation;
            std::vector<float> slope;
            for (std::size_t i = 0; i < options.shape.input_count; ++i) {
                observation.push_back(observations[i * rows + row]);
            }
            for (std::size_t o = 0; o < options.shape.output_count; ++o) slope.push_back(slopes[o * rows + row]);
            const Derivatives one = gradient_of(store, observation, slope);
            for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += one[i];
        }
        EXPECT_LE(relative_error(gradient_of(store, observations, slopes), sum), 1e-5) << rows << " rows";
    }
}

/// Two outputs; hidden node 10 leads nowhere, the connection to it and one other are disabled or in vain.
GenomeStore partly_idle() {
    GenomeStore store({2, 1, true});
    const GenomeSize size{3, 6};
    store.place({&size, 1});
    const GenomeRows rows = store.rows(0);
    set_node(rows, 0, {NodeId{3}, 0.5F});
    set_node(rows, 1, {NodeId{7}, 0.25F});
    set_node(rows, 2, {NodeId{10}, -1.0F});
    const auto put = [&](std::uint32_t row, std::uint32_t source, std::uint32_t target, float weight, bool enabled) {
        set_connection(
            rows, row,
            {Innovation{row}, NodeId{source}, NodeId{target}, weight, static_cast<std::uint8_t>(enabled ? 1 : 0)});
    };
    put(0, 0, 3, 0.5F, true);
    put(1, 1, 3, 0.75F, false);  // disabled
    put(2, 1, 10, 1.5F, true);   // pruned
    put(3, 2, 7, -0.5F, true);   // from the bias input
    put(4, 7, 3, 1.25F, true);
    put(5, 1, 7, 0.3F, true);
    for (std::uint32_t row = 0; row < 3; ++row) rows.activation[row] = Activation::logistic;
    return store;
}

TEST(NetworkGradient, IsZeroForWhatHasNoPartInTheNetwork) {
    const Derivatives found = gradient_of(partly_idle(), testing::random_numbers(18, 4), std::vector<float>(9, 1.0F));
    const std::vector<bool> idle{false, false, true, false, true, true, false, false, false};
    ASSERT_EQ(found.size(), idle.size());
    for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i] == 0.0, idle[i]) << i;
}

TEST(NetworkGradient, ByAWeightFromTheBiasInputIsThatByTheBias) {
    const Derivatives found = gradient_of(partly_idle(), testing::random_numbers(18, 4), std::vector<float>(9, 1.0F));
    EXPECT_EQ(found[3 + 3], found[1]);  // response 1
}

TEST(ProgramOrigin, NamesTheRowsOfEveryNodeAndConnection) {
    RandomGenomeOptions options;
    options.hidden_count = 12;
    NetworkCompiler compiler;  // keeps its scratch
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        options.recurrent = seed % 2 == 1;
        const GenomeStore store = testing::random_genome(options, seed);
        NetworkProgram program;
        ProgramOrigin origin;
        compiler.compile(store[0], store.shape(),
                         options.recurrent ? NetworkKind::recurrent : NetworkKind::feed_forward, program);
        compiler.trace_origin(origin);
        ASSERT_EQ(origin.node.size(), program.node_count());
        ASSERT_EQ(origin.connection.size(), program.weight.size());
        for (std::size_t n = 0; n < origin.node.size(); ++n) {
            EXPECT_EQ(store[0].bias[origin.node[n]], program.nodes[n].bias);  // drawn: all different
            for (std::size_t c = program.nodes[n].first_connection; c < program.nodes[n + 1].first_connection; ++c) {
                const std::uint32_t row = origin.connection[c];
                EXPECT_EQ(store[0].weight[row], program.weight[c]);
                EXPECT_EQ(store[0].target[row], store[0].node_id[origin.node[n]]);
            }
        }
    }
}

std::string refusal(const NetworkProgram& program, const FunctionSet& functions) {
    try {
        check_differentiable(program, functions);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

TEST(CheckDifferentiable, RefusesRecurrentNetworksAndAddedFunctionsByName) {
    FunctionSet functions;
    RandomGenomeOptions options;
    options.activations = {functions.activations.add("bump", [](float x) { return x; })};
    const auto program_of = [&](NetworkKind kind) {
        NetworkProgram program;
        const GenomeStore store = testing::random_genome(options, 1);
        NetworkCompiler().compile(store[0], store.shape(), kind, program);
        return program;
    };
    EXPECT_EQ(refusal(program_of(NetworkKind::feed_forward), functions),
              "activation 'bump' has no derivative: only built-in functions have one");
    options.activations = {Activation::tanh};
    options.aggregations = {functions.aggregations.add("range", [](std::span<float>) { return 0.0F; })};
    EXPECT_EQ(refusal(program_of(NetworkKind::feed_forward), functions),
              "aggregation 'range' has no derivative: only built-in functions have one");
    options.aggregations = {Aggregation::sum};
    EXPECT_EQ(refusal(program_of(NetworkKind::feed_forward), functions), "");
    EXPECT_EQ(refusal(program_of(NetworkKind::recurrent), functions),
              "a recurrent network has no gradient: only feed-forward ones have one");
}

}  // namespace
}  // namespace clade
