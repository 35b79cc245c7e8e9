// Networks: a compiled genome (network_program.hpp) and its state.
//
// Meaning, the same for both kinds:
//   * a node's output is activation(bias + response x aggregate of weight x source value);
//   * disabled connections are absent; the aggregate of no inputs is 0, so a node without inputs gives
//     activation(bias);
//   * hidden nodes from which no output is reached are left out;
//   * sums run in the order of innovations, beginning with 0;
//   * infinity and NaN are propagated: the aggregate of inputs that include NaN is NaN; an activation that limits its
//     argument takes NaN as the lower limit.
// Feed-forward: nodes in topological order, one call is one complete pass. Recurrent: all nodes step at once from the
// values of the previous step, which are 0 after reset(); a call holds its observation for NetworkParams::steps steps.
//
// activate() and activate_batch() give the same bits (or both NaN), at every SIMD level.
#pragma once

#include <clade/core/column.hpp>
#include <clade/core/functions/functions.hpp>
#include <clade/core/simd.hpp>
#include <clade/evaluation/network/network_program.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace clade {

struct NetworkKernels;
struct SinglePass;
struct TilePass;

/// Runs a program. One object is used by one thread; it keeps its memory from program to program.
class Network {
public:
    explicit Network(FunctionSet functions = {}, SimdLevel simd = best_simd_level());

    /// Sets the functions of later programs.
    void use(const FunctionSet& functions) { functions_ = functions; }

    /// The program to run; compile into it with NetworkCompiler, then call reset().
    [[nodiscard]] NetworkProgram& program() noexcept { return program_; }
    [[nodiscard]] const NetworkProgram& program() const noexcept { return program_; }

    /// Forgets the recurrent state, of activate() and of every row of activate_batch(): all values 0.
    void reset();

    /// Takes over the recurrent state of a network that runs an equal program. Allocates nothing where it has room for the
    /// rows of `from`. Throws Error if the sizes are others.
    void copy_state(const Network& from);

    /// One observation in, one action out: [input_count()] and [output_count()]. Allocates nothing.
    /// Throws Error if the sizes are others, or if a program was compiled and reset() not called since.
    void activate(std::span<const float> observation, std::span<float> action);

    /// `rows` observations in, `rows` actions out: input i of row r at observations[i * rows + r], output o of row r at
    /// actions[o * rows + r], as the columns of a DataMatrix lie.
    /// A recurrent network steps `rows` independent sequences, whose state is apart from that of activate(); a call
    /// with another number of rows than the one before begins anew. Throws Error if the sizes are others.
    /// @pre observations and actions do not overlap.
    void activate_batch(std::span<const float> observations, std::span<float> actions, std::size_t rows);

    /// Keeps only these rows of activate_batch(), in ascending order: row i of the next call continues the sequence of
    /// rows[i]. Does nothing to a feed-forward network.
    void keep_rows(std::span<const std::uint32_t> rows);

    [[nodiscard]] std::size_t input_count() const noexcept { return program_.shape.input_count; }
    [[nodiscard]] std::size_t output_count() const noexcept { return program_.shape.output_count; }
    [[nodiscard]] bool is_recurrent() const noexcept { return program_.network.is_recurrent(); }

private:
    struct Batch;

    void check_sizes(std::size_t observations, std::size_t actions, std::size_t rows) const;
    [[noreturn]] void refuse_sizes(std::size_t observations, std::size_t actions, std::size_t rows) const;
    [[noreturn]] static void refuse_unready();
    void take_further_steps(std::span<const float> observation, std::span<float> action);
    void run_nodes(const SinglePass& pass);
    void run_node(std::uint32_t n, const SinglePass& pass);
    void run_tile(std::size_t begin, const Batch& batch);
    void run_tile_nodes(const TilePass& pass);
    void run_tile_node(std::uint32_t n, const TilePass& pass);
    [[nodiscard]] float apply(const NetworkProgram::Node& node, std::size_t terms);
    void begin_batch(std::size_t rows);

    NetworkProgram program_;
    FunctionSet functions_;
    const NetworkKernels* kernels_;

    int steps_ = 1;                    // a call
    Column<float> values_;             // [slot_count] of activate(); recurrent: two halves
    std::size_t current_ = 0;          // recurrent: which half of values_ holds the previous call's
    Column<float> batch_;              // values of the nodes of a tile; recurrent: of all tiles, in two halves
    std::size_t batch_rows_ = 0;       // recurrent: rows whose state batch_ holds, 0: none
    std::size_t batch_current_ = 0;    // recurrent: which half of batch_ holds the previous call's
    Column<float> staging_;            // [input_count + 1] tiles: the bias input's ones, and copies of inputs
    std::vector<const float*> slots_;  // [slot_count]: where a tile's values lie
    std::vector<float*> results_;      // [node_count]: where a tile's results go
    std::vector<float> terms_;         // weighted inputs of one node, for aggregations other than the sum
};

}  // namespace clade
