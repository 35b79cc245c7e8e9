// Where the rows of genomes, or of their topologies, end in the columns of nodes and of connections.
//
//   nodes            | 0 | 1      | 2 |
//   node_ends            3        8   10
//
//   connections      | 0    | 1   | 2  |
//   connection_ends         4     7    9
#pragma once

#include <clade/core/column.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace clade {

/// How many rows a genome has.
struct GenomeSize {
    std::uint32_t nodes = 0;
    std::uint32_t connections = 0;
};

/// The head of this file draws it.
class RowEnds {
public:
    [[nodiscard]] std::size_t size() const noexcept { return node_end_.size(); }

    /// Where rows begin. @pre index <= size().
    [[nodiscard]] std::size_t node_begin(std::size_t index) const noexcept {
        return index == 0 ? 0 : node_end_[index - 1];
    }
    [[nodiscard]] std::size_t connection_begin(std::size_t index) const noexcept {
        return index == 0 ? 0 : connection_end_[index - 1];
    }

    /// @pre index < size().
    [[nodiscard]] GenomeSize size_of(std::size_t index) const noexcept {
        return {static_cast<std::uint32_t>(node_begin(index + 1) - node_begin(index)),
                static_cast<std::uint32_t>(connection_begin(index + 1) - connection_begin(index))};
    }

    /// Of all together.
    [[nodiscard]] std::size_t node_count() const noexcept { return node_begin(size()); }
    [[nodiscard]] std::size_t connection_count() const noexcept { return connection_begin(size()); }

    [[nodiscard]] std::span<const std::size_t> node_ends() const noexcept { return node_end_.span(); }
    [[nodiscard]] std::span<const std::size_t> connection_ends() const noexcept { return connection_end_.span(); }

    /// Ends anew for `count` of these sizes: size_of(index).
    template <class SizeOf>
    void lay_out(std::size_t count, const SizeOf& size_of) {
        node_end_.resize(count);
        connection_end_.resize(count);
        std::size_t nodes = 0;
        std::size_t connections = 0;
        for (std::size_t index = 0; index < count; ++index) {
            const GenomeSize size = size_of(index);
            node_end_[index] = nodes += size.nodes;
            connection_end_[index] = connections += size.connections;
        }
    }

    void reserve(std::size_t count) {
        node_end_.reserve(count);
        connection_end_.reserve(count);
    }

    /// Adds one that ends there. Does not throw after reserve().
    void add(std::size_t node_end, std::size_t connection_end) {
        node_end_.resize(size() + 1);
        connection_end_.resize(node_end_.size());
        node_end_[size() - 1] = node_end;
        connection_end_[size() - 1] = connection_end;
    }

    /// Asks for where these rows lie to be brought into the cache. @pre index < size().
    void prefetch(std::size_t index) const noexcept {
        __builtin_prefetch(&node_end_[index]);
        __builtin_prefetch(&connection_end_[index]);
    }

    /// Memory held, in bytes.
    [[nodiscard]] std::size_t capacity_bytes() const noexcept {
        return (node_end_.capacity() + connection_end_.capacity()) * sizeof(std::size_t);
    }

private:
    Column<std::size_t> node_end_;        // [size()]
    Column<std::size_t> connection_end_;  // [size()]
};

}  // namespace clade
