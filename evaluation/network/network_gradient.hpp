// Reverse-mode derivatives: from d loss / d output of a feed-forward network to d loss / d bias and d loss / d weight.
//
// By the chain rule, node by node against the evaluation order. With x = bias + response x aggregate of the terms
// weight x source value, and delta = d loss / d value x slope of the activation at x:
//   d loss / d bias         = delta
//   d loss / d weight       = delta x response x d aggregate / d term x source value
//   d loss / d source value = delta x response x d aggregate / d term x weight     added up over the node's readers
// At kinks of an activation the slope is the one on the left; of equal extreme terms of an aggregate the first one
// counts (core/functions/activation.hpp, core/functions/aggregation.hpp). Responses are held fixed.
//
// Rows are worked on in tiles and added up in one fixed order: equal bits on every processor.
#pragma once

#include <clade/core/column.hpp>
#include <clade/core/functions/functions.hpp>
#include <clade/evaluation/network/network.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace clade {

/// Throws Error that says what in `program` has no derivative: a recurrent network, or a function that a user added.
void check_differentiable(const NetworkProgram& program, const FunctionSet& functions);

/// The derivatives of a loss by the biases and weights of one program. One object is used by one thread; it keeps its
/// memory from program to program.
class NetworkGradient {
public:
    /// Finds the derivatives of a loss, a sum over rows, from those by the network's outputs on each row.
    /// `observations` [input_count x rows] as for Network::activate_batch(), `output_slopes` [output_count x rows]
    /// likewise: d loss / d output o of row r at output_slopes[o * rows + r].
    /// Where numbers overflow, derivatives are not finite. @pre check_differentiable() passes.
    void backpropagate(const NetworkProgram& program, std::span<const float> observations,
                       std::span<const float> output_slopes, std::size_t rows);

    [[nodiscard]] std::span<const double> bias() const noexcept { return bias_; }      ///< [node_count of the program]
    [[nodiscard]] std::span<const double> weight() const noexcept { return weight_; }  ///< [connection_count]

private:
    struct Tile;

    void fill_tile(const NetworkProgram& program, std::span<const float> observations, const Tile& tile);
    void forward(const NetworkProgram& program, std::size_t n, const Tile& tile);
    void aggregate_rows(const NetworkProgram& program, std::size_t n, const Tile& tile);
    void begin_backward(const NetworkProgram& program, std::span<const float> output_slopes, const Tile& tile);
    void backward(const NetworkProgram& program, std::size_t n, const Tile& tile);
    void share_rows(const NetworkProgram& program, std::size_t n, const Tile& tile);
    void gather_terms(const NetworkProgram& program, std::size_t n, std::size_t row);

    std::vector<double> bias_;
    std::vector<double> weight_;

    // Of one tile, each row of which is [tile_rows]:
    Column<float> values_;            // [slot_count]
    Column<float> arguments_;         // [node_count]: what the activations are of
    Column<float> slopes_;            // [node_count]: d loss / d value, then x slope of the activation
    Column<float> shares_;            // [terms of a node]: d loss / d term
    std::vector<float> terms_;        // of one node and row
    std::vector<float> term_slopes_;  // d aggregate / d term
};

}  // namespace clade
