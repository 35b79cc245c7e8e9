#include <clade/evaluation/network/network_gradient.hpp>

#include <clade/core/check.hpp>
#include <clade/core/error.hpp>
#include <clade/core/functions/activation_internal.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

namespace clade {
namespace {

// Row r of a tile adds to partial sum r % 16, and the sixteen are added up in their order.
constexpr std::size_t block = 16;
constexpr std::size_t tile_rows = 4 * block;

constexpr std::size_t lanes = 4;
typedef FloatVectorOf<lanes>::Floats Quad;
typedef Quad LooseQuad __attribute__((aligned(alignof(float)), may_alias));

Quad load(const float* from) { return *reinterpret_cast<const LooseQuad*>(from); }
void store(float* to, Quad quad) { *reinterpret_cast<LooseQuad*>(to) = quad; }

/// Sum over rows of term(row), four of them at a time.
template <class Term>
double sum_over(std::size_t rows, const Term& term) {
    std::array<Quad, block / lanes> partial{};
    for (std::size_t row = 0; row < rows; row += block) {
        for (std::size_t v = 0; v < block / lanes; ++v) partial[v] += term(row + v * lanes);
    }
    double sum = 0.0;
    for (const Quad& quad : partial) {
        for (std::size_t lane = 0; lane < lanes; ++lane) sum += double{quad[lane]};
    }
    return sum;
}

/// y = activation(x), row by row.
void activate_rows(Activation activation, const float* x, float* y, std::size_t rows) {
    with_activation(activation, [&](auto entry) {
        for (std::size_t row = 0; row < rows; row += lanes) store(y + row, entry.value(load(x + row)));
    });
}

/// delta *= slope of the activation at x, whose value is y.
void scale_by_slope(Activation activation, const float* x, const float* y, float* delta, std::size_t rows) {
    with_activation(activation, [&](auto entry) {
        for (std::size_t row = 0; row < rows; row += lanes) {
            store(delta + row, load(delta + row) * entry.slope(load(x + row), load(y + row)));
        }
    });
}

template <class Table, class Function>
void check_builtin(const Table& table, Function function, const char* what) {
    if (table.added(function) == nullptr) return;
    throw Error(std::string(what) + " '" + std::string(table.name(function)) +
                "' has no derivative: only built-in functions have one");
}

}  // namespace

void check_differentiable(const NetworkProgram& program, const FunctionSet& functions) {
    if (program.network.is_recurrent()) {
        throw Error("a recurrent network has no gradient: only feed-forward ones have one");
    }
    for (std::size_t n = 0; n < program.node_count(); ++n) {
        check_builtin(functions.activations, program.nodes[n].activation, "activation");
        check_builtin(functions.aggregations, program.nodes[n].aggregation, "aggregation");
    }
}

/// Which rows of a batch a tile holds. It is filled up to whole blocks by repeating the last one, by whose outputs the
/// loss then has a derivative of 0.
struct NetworkGradient::Tile {
    std::size_t batch_rows;
    std::size_t begin;
    std::size_t rows;    // at least 1
    std::size_t padded;  // a multiple of `block`
};

void NetworkGradient::backpropagate(const NetworkProgram& program, std::span<const float> observations,
                                    std::span<const float> output_slopes, std::size_t rows) {
    CLADE_CHECK(!program.network.is_recurrent(), "derivatives are those of a feed-forward network");
    CLADE_CHECK(observations.size() == program.shape.input_count * rows &&
                    output_slopes.size() == program.shape.output_count * rows,
                "a batch has `rows` numbers an input and an output");
    const std::size_t nodes = program.node_count();
    bias_.assign(nodes, 0.0);
    weight_.assign(program.weight.size(), 0.0);
    values_.resize(program.slot_count() * tile_rows);
    arguments_.resize(nodes * tile_rows);
    slopes_.resize(nodes * tile_rows);
    for (std::size_t begin = 0; begin < rows; begin += tile_rows) {
        const std::size_t count = std::min(tile_rows, rows - begin);
        const Tile tile{rows, begin, count, (count + block - 1) / block * block};
        fill_tile(program, observations, tile);
        for (std::size_t n = 0; n < nodes; ++n) forward(program, n, tile);
        begin_backward(program, output_slopes, tile);
        for (std::size_t n = nodes; n-- > 0;) backward(program, n, tile);
    }
}

void NetworkGradient::fill_tile(const NetworkProgram& program, std::span<const float> observations, const Tile& tile) {
    for (std::size_t i = 0; i < program.shape.input_count; ++i) {
        float* const column = values_.data() + i * tile_rows;
        std::copy_n(observations.data() + i * tile.batch_rows + tile.begin, tile.rows, column);
        std::fill(column + tile.rows, column + tile.padded, column[tile.rows - 1]);
    }
    if (program.shape.bias_input) {
        std::fill_n(values_.data() + program.shape.input_count * tile_rows, tile.padded, 1.0F);
    }
}

/// The same operations in the same order as Network.
void NetworkGradient::forward(const NetworkProgram& program, std::size_t n, const Tile& tile) {
    const NetworkProgram::Node& node = program.nodes[n];
    float* const x = arguments_.data() + n * tile_rows;
    if (node.aggregation == Aggregation::sum) {
        std::fill_n(x, tile.padded, 0.0F);
        for (std::size_t c = node.first_connection; c < program.nodes[n + 1].first_connection; ++c) {
            const float* const source = values_.data() + program.source_slot[c] * tile_rows;
            const float weight = program.weight[c];
            for (std::size_t row = 0; row < tile.padded; row += lanes) {
                store(x + row, load(x + row) + weight * load(source + row));
            }
        }
    } else {
        aggregate_rows(program, n, tile);
    }
    for (std::size_t row = 0; row < tile.padded; row += lanes) {
        store(x + row, node.bias + node.response * load(x + row));
    }
    activate_rows(node.activation, x, values_.data() + (program.shape.source_count() + n) * tile_rows, tile.padded);
}

void NetworkGradient::gather_terms(const NetworkProgram& program, std::size_t n, std::size_t row) {
    const std::size_t first = program.nodes[n].first_connection;
    terms_.resize(program.nodes[n + 1].first_connection - first);
    for (std::size_t t = 0; t < terms_.size(); ++t) {
        terms_[t] = program.weight[first + t] * values_[program.source_slot[first + t] * tile_rows + row];
    }
}

void NetworkGradient::aggregate_rows(const NetworkProgram& program, std::size_t n, const Tile& tile) {
    for (std::size_t row = 0; row < tile.padded; ++row) {
        gather_terms(program, n, row);
        const bool any_nan = std::any_of(terms_.begin(), terms_.end(), [](float term) { return std::isnan(term); });
        arguments_[n * tile_rows + row] =
            any_nan ? std::numeric_limits<float>::quiet_NaN() : aggregate(program.nodes[n].aggregation, terms_);
    }
}

void NetworkGradient::begin_backward(const NetworkProgram& program, std::span<const float> output_slopes,
                                     const Tile& tile) {
    std::fill_n(slopes_.data(), slopes_.size(), 0.0F);
    for (std::size_t o = 0; o < program.shape.output_count; ++o) {
        const std::size_t n = program.output_slot[o] - program.shape.source_count();
        std::copy_n(output_slopes.data() + o * tile.batch_rows + tile.begin, tile.rows, slopes_.data() + n * tile_rows);
    }
}

void NetworkGradient::backward(const NetworkProgram& program, std::size_t n, const Tile& tile) {
    const NetworkProgram::Node& node = program.nodes[n];
    const std::size_t sources = program.shape.source_count();
    float* const delta = slopes_.data() + n * tile_rows;
    scale_by_slope(node.activation, arguments_.data() + n * tile_rows, values_.data() + (sources + n) * tile_rows,
                   delta, tile.padded);
    bias_[n] += sum_over(tile.padded, [&](std::size_t row) { return load(delta + row); });
    for (std::size_t row = 0; row < tile.padded; row += lanes) store(delta + row, node.response * load(delta + row));
    const bool is_sum = node.aggregation == Aggregation::sum;  // all terms have the same share
    if (!is_sum) share_rows(program, n, tile);
    for (std::size_t c = node.first_connection; c < program.nodes[n + 1].first_connection; ++c) {
        const float* const share = is_sum ? delta : shares_.data() + (c - node.first_connection) * tile_rows;
        const std::size_t slot = program.source_slot[c];
        const float* const source = values_.data() + slot * tile_rows;
        weight_[c] += sum_over(tile.padded, [&](std::size_t row) { return load(share + row) * load(source + row); });
        if (slot < sources) continue;
        float* const slope = slopes_.data() + (slot - sources) * tile_rows;
        const float weight = program.weight[c];
        for (std::size_t row = 0; row < tile.padded; row += lanes) {
            store(slope + row, load(slope + row) + weight * load(share + row));
        }
    }
}

/// d loss / d term of a node of any aggregation, from d loss / d aggregate.
void NetworkGradient::share_rows(const NetworkProgram& program, std::size_t n, const Tile& tile) {
    const std::size_t terms = program.nodes[n + 1].first_connection - program.nodes[n].first_connection;
    shares_.resize(terms * tile_rows);
    term_slopes_.resize(terms);
    for (std::size_t row = 0; row < tile.padded; ++row) {
        gather_terms(program, n, row);
        aggregate_slopes(program.nodes[n].aggregation, terms_, term_slopes_);
        for (std::size_t t = 0; t < terms; ++t) {
            shares_[t * tile_rows + row] = slopes_[n * tile_rows + row] * term_slopes_[t];
        }
    }
}

}  // namespace clade
