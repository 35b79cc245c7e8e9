// The structure of a child while mutations change it: its nodes and connections, before they have innovation numbers.
//
// Mutations are chosen in parallel, before the new genes' innovation numbers are known. A draft gives each new gene a
// provisional number and notes what it is (NumberRequest). The requests are answered serially, in child order; when the
// child is written, the same mutations are applied to an equal draft, and take_numbers() puts the answers in.
#pragma once

#include <clade/core/genome/genome_store.hpp>
#include <clade/evolution/genome/innovation_table.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace clade {

/// What a new gene needs a number for. Until it is given, the gene of request i has number InnovationTable::end + i; the
/// fields may name such genes too.
struct NumberRequest {
    enum class Gene : std::uint8_t { node, connection };

    Gene gene{};
    std::uint32_t first = 0;   ///< node: the innovation of the connection that it splits; connection: its source
    std::uint32_t second = 0;  ///< connection: its target
    std::uint32_t number = 0;  ///< the answer
};

/// The number given in place of a provisional one; any other number itself.
template <class Id>
[[nodiscard]] constexpr Id answered(Id id, std::span<const NumberRequest> requests) noexcept {
    return raw(id) < InnovationTable::end ? id : Id{requests[raw(id) - InnovationTable::end].number};
}

/// Where a draft's gene comes from: a row of the genome it was loaded from, or nowhere yet.
inline constexpr std::uint32_t new_row = 0xffffffffU;

/// Keeps its memory from child to child.
class StructureDraft {
public:
    struct Node {
        NodeId id{};
        std::uint32_t row = new_row;  ///< in the loaded genome
    };
    struct Connection {
        Innovation innovation{};
        NodeId source{};
        NodeId target{};
        std::uint32_t row = new_row;         ///< in the loaded genome
        std::uint32_t weight_row = new_row;  ///< of a new one: the row whose weight it takes over
        float weight = 0.0F;                 ///< of a new one without weight_row: its weight; 0: newborn
        std::uint8_t enabled = 1;
    };

    void load(const GenomeView& genome, const GenomeShape& shape);

    /// Adds the node that splits a connection, without connections.
    NodeId add_node(Innovation split);

    /// Adds a connection with a newborn weight, or with this one (not 0), or with that of a connection of the draft.
    void connect(NodeId source, NodeId target, float weight = 0.0F);
    void connect_like(NodeId source, NodeId target, const Connection& model);

    /// Disables a connection and returns it. @pre it is in the draft.
    Connection disable(Innovation innovation);
    void toggle(Innovation innovation);

    /// Removes a gene, and hidden nodes that no longer lie between an input and an output.
    void erase(NodeId node);
    void erase(Innovation connection);

    /// The numbers that the new genes need, in the order of their making.
    [[nodiscard]] std::span<const NumberRequest> requests() const noexcept { return requests_; }

    /// Replaces provisional numbers by those given, and sorts nodes by id and connections by innovation.
    /// @pre `answers` answers requests().
    void take_numbers(std::span<const NumberRequest> answers);

    [[nodiscard]] std::span<const Node> nodes() const noexcept { return nodes_; }
    [[nodiscard]] std::span<const Connection> connections() const noexcept { return connections_; }
    [[nodiscard]] std::size_t hidden_count() const noexcept { return nodes_.size() - shape_.output_count; }
    [[nodiscard]] const GenomeShape& shape() const noexcept { return shape_; }
    [[nodiscard]] GenomeSize size() const noexcept {
        return {static_cast<std::uint32_t>(nodes_.size()), static_cast<std::uint32_t>(connections_.size())};
    }

private:
    std::uint32_t request(const NumberRequest& request);
    Connection& at(Innovation innovation);
    void prune_dangling_nodes();
    [[nodiscard]] bool is_dangling(NodeId node) const;

    GenomeShape shape_;
    std::vector<Node> nodes_;
    std::vector<Connection> connections_;
    std::vector<NumberRequest> requests_;
};

}  // namespace clade
