// Structural mutations: adding and deleting nodes and connections, enabling and disabling.
//
// A mutation is chosen on a draft of the child before innovation numbers are known, and applied again when they are:
// the same mutation applied to the same draft gives the same structure. New nodes and connections carry provisional
// numbers in between.
//
// Feed-forward genomes stay acyclic, disabled connections included. No connection enters an input; in feed-forward
// genomes none leaves an output.
#pragma once

#include <clade/core/genome/genome_store.hpp>
#include <clade/core/genome/graph.hpp>
#include <clade/core/random/random.hpp>
#include <clade/evolution/evolution_params.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace clade {

enum class MutationKind : std::uint8_t { add_node, add_connection, delete_node, delete_connection, toggle_connection };
inline constexpr std::size_t mutation_kind_count = 5;

template <>
struct EnumNames<MutationKind> {
    static constexpr std::array<std::string_view, mutation_kind_count> names{
        "add_node", "add_connection", "delete_node", "delete_connection", "toggle_connection"};
};

/// One decision: `first` and `second` are an innovation (add_node, delete_connection, toggle_connection), a node
/// (delete_node), or source and target (add_connection).
struct StructuralMutation {
    MutationKind kind{};
    std::uint32_t first = 0;
    std::uint32_t second = 0;
};

/// The numbers of a child's new genes.
struct NewNumbers {
    // The highest numbers stand for those not yet given (InnovationTable never gives them).
    NodeId node{0xfffffff8U};
    Innovation into_node{0xfffffff9U};
    Innovation out_of_node{0xfffffffaU};
    Innovation connection{0xfffffffbU};

    /// The number given in place of a provisional one, which a child's later mutations may name.
    [[nodiscard]] NodeId resolve(NodeId id) const noexcept;
    [[nodiscard]] Innovation resolve(Innovation innovation) const noexcept;
};

/// Where a draft's gene comes from: a row of the genome it was loaded from, or nowhere yet.
inline constexpr std::uint32_t new_row = 0xffffffffU;

/// A child's structure while it is changed. Keeps its memory from child to child.
class StructureDraft {
public:
    struct Node {
        NodeId id;
        std::uint32_t row;  ///< in the loaded genome, or new_row
    };
    struct Connection {
        Innovation innovation;
        NodeId source;
        NodeId target;
        std::uint32_t row;         ///< in the loaded genome, or new_row
        std::uint32_t weight_row;  ///< for new ones: row whose weight they take over, or new_row for another
        float weight;              ///< for new ones without weight_row
        std::uint8_t enabled;
    };

    void load(const GenomeView& genome, const GenomeShape& shape);

    /// @pre `mutation` was chosen on an equal draft.
    void apply(const StructuralMutation& mutation, const NewNumbers& numbers);

    /// Nodes by id, connections by innovation. Call before reading the result with final numbers.
    void sort();

    [[nodiscard]] std::span<const Node> nodes() const noexcept { return nodes_; }
    [[nodiscard]] std::span<const Connection> connections() const noexcept { return connections_; }
    [[nodiscard]] std::size_t hidden_count() const noexcept { return nodes_.size() - shape_.output_count; }
    [[nodiscard]] const GenomeShape& shape() const noexcept { return shape_; }
    [[nodiscard]] GenomeSize size() const noexcept {
        return {static_cast<std::uint32_t>(nodes_.size()), static_cast<std::uint32_t>(connections_.size())};
    }

private:
    void add_node(Innovation split, const NewNumbers& numbers);
    void add_connection(NodeId source, NodeId target, const NewNumbers& numbers);
    void delete_node(NodeId node);
    void delete_connection(Innovation innovation);
    void toggle_connection(Innovation innovation);
    void prune_dangling_nodes();
    [[nodiscard]] bool is_dangling(NodeId node) const;

    GenomeShape shape_;
    std::vector<Node> nodes_;
    std::vector<Connection> connections_;
};

/// Draws a child's structural mutations.
class MutationChooser {
public:
    MutationChooser(const MutationParams& params, bool feed_forward) : params_(params), feed_forward_(feed_forward) {}

    /// Which kinds are tried, as a bit for each MutationKind.
    [[nodiscard]] unsigned kinds(Stream& random) const;

    /// A mutation of this kind that is possible on the draft, or nothing if none was found.
    [[nodiscard]] std::optional<StructuralMutation> choose(MutationKind kind, const StructureDraft& draft,
                                                           Stream& random);

private:
    [[nodiscard]] std::optional<StructuralMutation> choose_split(const StructureDraft& draft, Stream& random) const;
    [[nodiscard]] std::optional<StructuralMutation> choose_new_connection(const StructureDraft& draft, Stream& random);
    void load_graph(const StructureDraft& draft);
    [[nodiscard]] bool is_allowed(const StructureDraft& draft, std::uint32_t source, std::uint32_t target);

    MutationParams params_;
    bool feed_forward_;
    SuccessorGraph graph_;  // nodes: inputs, then the draft's nodes in their order
    std::vector<SuccessorGraph::Edge> edges_;
};

}  // namespace clade
