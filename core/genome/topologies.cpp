#include <clade/core/genome/topologies.hpp>

#include <clade/core/digest.hpp>

#include <algorithm>
#include <cstring>

namespace clade {
namespace {

constexpr std::size_t least_index = 16;

/// Calls visit(column...) for each column of these topologies.
template <class Visit, class... Topology>
void visit_structure(const Visit& visit, Topology&... topology) {
    const auto pass_on = [&](const GeneColumn&, auto&... column) { visit(column...); };
    visit_node_structure(pass_on, topology...);
    visit_connection_structure(pass_on, topology...);
}

bool are_equal(const TopologyView& a, const TopologyView& b) noexcept {
    bool equal = true;
    const auto compare = [&](auto& x, auto& y) {
        equal = equal && x.size() == y.size() && (x.empty() || std::memcmp(x.data(), y.data(), x.size_bytes()) == 0);
    };
    visit_structure(compare, a, b);
    return equal;
}

}  // namespace

std::uint64_t digest_of_topology(const TopologyView& topology) noexcept {
    std::uint64_t digest = topology.node_count();
    visit_structure([&](auto& column) { digest = digest_of(column, digest); }, topology);
    return std::max<std::uint64_t>(digest, 1);
}

std::uint32_t Topologies::add(const TopologyView& topology) {
    const std::uint64_t digest = topology.digest != 0 ? topology.digest : digest_of_topology(topology);
    if (2 * (indexed_ + 1) > index_.size()) grow_index();
    std::uint32_t& place = place_of(digest, topology);
    if (place != 0) return place - 1;
    const std::uint32_t number = append(topology, digest);
    place = number + 1;
    ++indexed_;
    return number;
}

std::uint32_t Topologies::add_apart(const TopologyView& topology) { return append(topology, 0); }

void Topologies::place(std::span<const GenomeSize> sizes) {
    std::fill_n(index_.data(), index_.size(), 0U);
    indexed_ = 0;
    node_end_.resize(sizes.size());
    connection_end_.resize(sizes.size());
    digest_.resize(sizes.size());
    std::fill_n(digest_.data(), digest_.size(), std::uint64_t{0});
    std::size_t nodes = 0;
    std::size_t connections = 0;
    for (std::size_t number = 0; number < sizes.size(); ++number) {
        node_end_[number] = nodes += sizes[number].nodes;
        connection_end_[number] = connections += sizes[number].connections;
    }
    resize_rows(0, 0);  // what is there need not be kept
    resize_rows(nodes, connections);
}

std::size_t Topologies::capacity_bytes() const noexcept {
    std::size_t bytes = (node_end_.capacity() + connection_end_.capacity()) * sizeof(std::size_t) +
                        digest_.capacity() * sizeof(std::uint64_t) + index_.capacity() * sizeof(std::uint32_t);
    const auto add = [&](const GeneColumn&, const auto& column) { bytes += column.capacity() * sizeof(column[0]); };
    visit_node_structure(add, nodes_);
    visit_connection_structure(add, connections_);
    return bytes;
}

std::uint32_t Topologies::append(const TopologyView& topology, std::uint64_t digest) {
    const auto number = static_cast<std::uint32_t>(size());
    const std::size_t nodes = node_begin(number) + topology.node_count();
    const std::size_t connections = connection_begin(number) + topology.connection_count();
    node_end_.reserve(number + std::size_t{1});
    connection_end_.reserve(number + std::size_t{1});
    digest_.reserve(number + std::size_t{1});
    resize_rows(nodes, connections);
    node_end_.resize(number + std::size_t{1});
    connection_end_.resize(number + std::size_t{1});
    digest_.resize(number + std::size_t{1});
    node_end_[number] = nodes;
    connection_end_[number] = connections;
    digest_[number] = digest;
    TopologyRows rows;
    borrow(*this, number, rows);
    visit_structure([](auto& from, auto& to) { std::copy(from.begin(), from.end(), to.begin()); }, topology, rows);
    return number;
}

void Topologies::resize_rows(std::size_t nodes, std::size_t connections) {
    visit_node_structure([&](const GeneColumn&, auto& column) { column.resize(nodes); }, nodes_);
    visit_connection_structure([&](const GeneColumn&, auto& column) { column.resize(connections); }, connections_);
}

/// Where the index has the number + 1 of this topology, or where it is free for it.
std::uint32_t& Topologies::place_of(std::uint64_t digest, const TopologyView& topology) noexcept {
    std::size_t at = digest & (index_.size() - 1);
    while (index_[at] != 0) {
        const std::uint32_t number = index_[at] - 1;
        if (digest_[number] == digest && are_equal((*this)[number], topology)) break;
        at = (at + 1) & (index_.size() - 1);
    }
    return index_[at];
}

void Topologies::grow_index() {
    const std::size_t size = std::max(least_index, 2 * index_.size());
    index_.resize(0);
    index_.resize(size);
    std::fill_n(index_.data(), size, 0U);
    for (std::uint32_t number = 0; number < this->size(); ++number) {
        if (is_apart(number)) continue;
        std::size_t at = digest_[number] & (size - 1);
        while (index_[at] != 0) at = (at + 1) & (size - 1);
        index_[at] = number + 1;
    }
}

}  // namespace clade
