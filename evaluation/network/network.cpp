#include <clade/evaluation/network/network.hpp>

#include <clade/core/error.hpp>
#include <clade/evaluation/network/network_kernels_internal.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace clade {
namespace {

ProgramView view_of(const NetworkProgram& program) {
    return {program.nodes.data(), static_cast<std::uint32_t>(program.node_count()), program.source_slot.data(),
            program.weight.data()};
}

}  // namespace

/// Where the rows of one call of activate_batch() lie.
struct Network::Batch {
    const float* observations;
    float* actions;
    std::size_t rows;
};

Network::Network(FunctionSet functions, SimdLevel simd)
    : functions_(std::move(functions)), kernels_(&network_kernels_at(simd)) {}

void Network::reset() {
    const std::size_t half = program_.slot_count() + spare_results;
    values_.resize(is_recurrent() ? 2 * half : half);
    std::fill_n(values_.data(), values_.size(), 0.0F);
    // Room for the inputs of any node, none of which is read twice: activate() is to allocate nothing.
    if (terms_.size() < program_.slot_count()) terms_.resize(program_.slot_count());
    if (program_.shape.bias_input) {
        values_[program_.shape.input_count] = 1.0F;
        if (is_recurrent()) values_[half + program_.shape.input_count] = 1.0F;
    }
    current_ = 0;
    batch_rows_ = 0;
    steps_ = is_recurrent() ? program_.network.steps : 1;
}

void Network::copy_state(const Network& from) {
    if (from.program_.slot_count() != program_.slot_count() || from.is_recurrent() != is_recurrent() ||
        from.kernels_ != kernels_) {
        throw Error("a network takes the state of a network of the same program only, and of the same SIMD level");
    }
    values_ = from.values_;
    current_ = from.current_;
    batch_ = from.batch_;
    batch_rows_ = from.batch_rows_;
    batch_current_ = from.batch_current_;
}

/// Always on: the sizes come from a user's task, and two comparisons a call are nothing beside the nodes.
void Network::check_sizes(std::size_t observations, std::size_t actions, std::size_t rows) const {
    if (observations == input_count() * rows && actions == output_count() * rows) return;
    refuse_sizes(observations, actions, rows);
}

void Network::refuse_sizes(std::size_t observations, std::size_t actions, std::size_t rows) const {
    const bool in_actions = observations == input_count() * rows;
    const std::string times = rows == 1 ? "" : " x " + std::to_string(rows) + " rows";
    throw Error("a network with " + std::to_string(input_count()) + " inputs and " + std::to_string(output_count()) +
                " outputs was given " + std::to_string(in_actions ? actions : observations) +
                (in_actions ? " places for actions, not " : " observations, not ") +
                std::to_string(in_actions ? output_count() : input_count()) + times);
}

void Network::refuse_unready() { throw Error("call reset() after compiling a program into a network"); }

void Network::activate(std::span<const float> observation, std::span<float> action) {
    check_sizes(observation.size(), action.size(), 1);
    const std::size_t half = program_.slot_count() + spare_results;
    if (values_.size() != (is_recurrent() ? 2 * half : half) || (current_ != 0 && !is_recurrent())) refuse_unready();
    float* const values = values_.data() + current_;
    float* results = values;
    if (is_recurrent()) {
        current_ = half - current_;
        results = values_.data() + current_;
    }
    for (std::size_t i = 0; i < observation.size(); ++i) values[i] = observation[i];
    run_nodes({view_of(program_), values, results + program_.shape.source_count()});
    for (std::size_t o = 0; o < action.size(); ++o) action[o] = results[program_.output_slot[o]];
    if (steps_ > 1) take_further_steps(observation, action);
}

/// Apart from activate(), which is to be short where there is one step.
void Network::take_further_steps(std::span<const float> observation, std::span<float> action) {
    const int steps = std::exchange(steps_, 1);
    for (int done = 1; done < steps; ++done) activate(observation, action);
    steps_ = steps;
}

void Network::run_nodes(const SinglePass& pass) {
    std::uint32_t n = kernels_->run_single(pass, 0);
    while (n != pass.program.node_count) {
        run_node(n, pass);
        n = kernels_->run_single(pass, n + 1);
    }
}

void Network::run_node(std::uint32_t n, const SinglePass& pass) {
    const NetworkProgram::Node& node = program_.nodes[n];
    const std::size_t terms = program_.nodes[n + 1].first_connection - node.first_connection;
    if (terms_.size() < terms) terms_.resize(terms);
    for (std::size_t t = 0; t < terms; ++t) {
        const std::size_t c = node.first_connection + t;
        terms_[t] = program_.weight[c] * pass.values[program_.source_slot[c]];
    }
    pass.results[n] = apply(node, terms);
}

/// A node of any functions, from the first `terms` of its weighted inputs.
float Network::apply(const NetworkProgram::Node& node, std::size_t terms) {
    const std::span<float> values(terms_.data(), terms);
    const auto is_nan = [](float value) { return std::isnan(value); };
    float total = std::numeric_limits<float>::quiet_NaN();
    if (node.aggregation == Aggregation::sum) {
        total = 0.0F;
        for (const float value : values) total = total + value;
    } else if (std::none_of(values.begin(), values.end(), is_nan)) {
        const AggregationFunction added = functions_.aggregations.added(node.aggregation);
        total = added != nullptr ? added(values) : clade::aggregate(node.aggregation, values);
    }
    const float x = node.bias + node.response * total;
    const ActivationFunction added = functions_.activations.added(node.activation);
    return added != nullptr ? added(x) : clade::activate(node.activation, x);
}

void Network::activate_batch(std::span<const float> observations, std::span<float> actions, std::size_t rows) {
    check_sizes(observations.size(), actions.size(), rows);
    begin_batch(rows);
    const Batch batch{observations.data(), actions.data(), rows};
    const std::size_t tile_rows = std::size_t{max_tile_vectors} * kernels_->lanes;
    for (int done = 0; done < steps_; ++done) {
        for (std::size_t begin = 0; begin < rows; begin += tile_rows) run_tile(begin, batch);
        if (is_recurrent()) batch_current_ = 1 - batch_current_;
    }
}

void Network::keep_rows(std::span<const std::uint32_t> rows) {
    if (!is_recurrent() || batch_rows_ == 0) return;
    if (rows.size() > batch_rows_ || (!rows.empty() && rows.back() >= batch_rows_)) {
        throw Error("keep_rows() names rows that a network does not have; its number of rows is " +
                    std::to_string(batch_rows_));
    }
    const std::size_t tile_rows = std::size_t{max_tile_vectors} * kernels_->lanes;
    const std::size_t nodes = program_.node_count();
    float* const values = batch_.data() + batch_current_ * (batch_.size() / 2);
    const auto place = [&](std::size_t row, std::size_t n) {
        return row / tile_rows * tile_rows * nodes + n * tile_rows + row % tile_rows;
    };
    for (std::size_t n = 0; n < nodes; ++n) {
        for (std::size_t i = 0; i < rows.size(); ++i) values[place(i, n)] = values[place(rows[i], n)];
    }
    batch_rows_ = rows.size();
}

/// Makes room, and points the slots that are the same for every tile.
void Network::begin_batch(std::size_t rows) {
    const std::size_t inputs = program_.shape.input_count;
    const std::size_t nodes = program_.node_count();
    const std::size_t tile_rows = std::size_t{max_tile_vectors} * kernels_->lanes;
    slots_.resize(program_.slot_count());
    results_.resize(nodes);
    staging_.resize((inputs + 1) * tile_rows);
    if (program_.shape.bias_input) {
        std::fill_n(staging_.data() + inputs * tile_rows, tile_rows, 1.0F);
        slots_[inputs] = staging_.data() + inputs * tile_rows;
    }
    if (!is_recurrent()) {
        batch_.resize(nodes * tile_rows);
        for (std::size_t n = 0; n < nodes; ++n) {
            results_[n] = batch_.data() + n * tile_rows;
            slots_[program_.shape.source_count() + n] = results_[n];
        }
        return;
    }
    const std::size_t size = 2 * ((rows + tile_rows - 1) / tile_rows) * nodes * tile_rows;
    if (batch_rows_ != rows || batch_.size() < size) {
        batch_.resize(size);
        std::fill_n(batch_.data(), batch_.size(), 0.0F);
        batch_rows_ = rows;
        batch_current_ = 0;
    }
}

/// The smallest tile that holds the rows from `begin` on. Inputs of a full one are used in place, unless each is read
/// many times: far apart, and often by a power of two, they would push each other out of the cache.
void Network::run_tile(std::size_t begin, const Batch& batch) {
    const std::size_t tile_rows = std::size_t{max_tile_vectors} * kernels_->lanes;
    const std::size_t rows = std::min(tile_rows, batch.rows - begin);
    std::uint32_t vectors = 1;
    while (std::size_t{vectors} * kernels_->lanes < rows) vectors *= 2;
    const std::size_t padded = std::size_t{vectors} * kernels_->lanes;
    const std::size_t sources = program_.shape.source_count();
    const std::size_t nodes = program_.node_count();
    const bool gather_inputs = program_.weight.size() > std::size_t{8} * program_.shape.input_count;
    for (std::size_t i = 0; i < program_.shape.input_count; ++i) {
        const float* const column = batch.observations + i * batch.rows + begin;
        slots_[i] = column;
        if (padded == rows && !gather_inputs) continue;
        float* const copy = staging_.data() + i * tile_rows;
        std::copy_n(column, rows, copy);
        std::fill(copy + rows, copy + padded, 0.0F);
        slots_[i] = copy;
    }
    if (is_recurrent()) {
        const std::size_t half = batch_.size() / 2;
        float* const previous = batch_.data() + batch_current_ * half + begin * nodes;
        float* const next = batch_.data() + (1 - batch_current_) * half + begin * nodes;
        for (std::size_t n = 0; n < nodes; ++n) {
            slots_[sources + n] = previous + n * tile_rows;
            results_[n] = next + n * tile_rows;
        }
    }
    run_tile_nodes({view_of(program_), slots_.data(), results_.data(), vectors});
    for (std::size_t o = 0; o < program_.shape.output_count; ++o) {
        std::copy_n(results_[program_.output_slot[o] - sources], rows, batch.actions + o * batch.rows + begin);
    }
}

void Network::run_tile_nodes(const TilePass& pass) {
    std::uint32_t n = kernels_->run_tile(pass, 0);
    while (n != pass.program.node_count) {
        run_tile_node(n, pass);
        n = kernels_->run_tile(pass, n + 1);
    }
}

void Network::run_tile_node(std::uint32_t n, const TilePass& pass) {
    const NetworkProgram::Node& node = program_.nodes[n];
    const std::size_t terms = program_.nodes[n + 1].first_connection - node.first_connection;
    if (terms_.size() < terms) terms_.resize(terms);
    const std::size_t rows = std::size_t{pass.vectors} * kernels_->lanes;
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t t = 0; t < terms; ++t) {
            const std::size_t c = node.first_connection + t;
            terms_[t] = program_.weight[c] * pass.values[program_.source_slot[c]][row];
        }
        pass.results[n][row] = apply(node, terms);
    }
}

}  // namespace clade
