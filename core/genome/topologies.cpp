#include <clade/core/genome/topologies.hpp>

#include <clade/core/digest.hpp>

#include <algorithm>
#include <cstring>

namespace clade {
namespace {

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
    index_.make_room(indexed_, size(), [&](std::uint32_t number) { return digest_[number]; });
    std::uint32_t& place = index_.place_of(digest, [&](std::uint32_t number) {
        return digest_[number] == digest && are_equal((*this)[number], topology);
    });
    if (place != 0) return place - 1;
    const std::uint32_t number = append(topology, digest);
    place = number + 1;
    ++indexed_;
    return number;
}

std::uint32_t Topologies::add_apart(const TopologyView& topology) { return append(topology, 0); }

void Topologies::place(std::span<const GenomeSize> sizes) {
    index_.clear();
    indexed_ = 0;
    ends_.lay_out(sizes.size(), [&](std::size_t number) { return sizes[number]; });
    digest_.resize(sizes.size());
    std::fill_n(digest_.data(), digest_.size(), std::uint64_t{0});
    resize_rows(0, 0);  // what is there need not be kept
    resize_rows(ends_.node_count(), ends_.connection_count());
}

std::size_t Topologies::capacity_bytes() const noexcept {
    std::size_t bytes = ends_.capacity_bytes() + digest_.capacity() * sizeof(std::uint64_t) + index_.capacity_bytes();
    const auto add = [&](const GeneColumn&, const auto& column) { bytes += column.capacity() * sizeof(column[0]); };
    visit_node_structure(add, nodes_);
    visit_connection_structure(add, connections_);
    return bytes;
}

std::uint32_t Topologies::append(const TopologyView& topology, std::uint64_t digest) {
    const auto number = static_cast<std::uint32_t>(size());
    const std::size_t nodes = ends_.node_count() + topology.node_count();
    const std::size_t connections = ends_.connection_count() + topology.connection_count();
    ends_.reserve(number + std::size_t{1});
    digest_.reserve(number + std::size_t{1});
    resize_rows(nodes, connections);
    ends_.add(nodes, connections);
    digest_.resize(number + std::size_t{1});
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

}  // namespace clade
