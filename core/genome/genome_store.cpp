#include <clade/core/genome/genome_store.hpp>

#include <clade/core/digest.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <string>
#include <utility>

namespace clade {
namespace {

/// Collects the sentences about one genome.
class Findings {
public:
    explicit Findings(std::vector<std::string>& out) : out_(out) {}
    void genome(std::size_t index) { prefix_ = "genome " + std::to_string(index) + ": "; }
    void add(const std::string& sentence) { out_.push_back(prefix_ + sentence); }

private:
    std::vector<std::string>& out_;
    std::string prefix_;
};

template <class Id>
std::string text(Id id) {
    return std::to_string(raw(id));
}

void check_innovations(const GenomeView& genome, Findings& findings) {
    for (std::size_t i = 1; i < genome.connection_count(); ++i) {
        if (genome.innovation[i] > genome.innovation[i - 1]) continue;
        findings.add("innovation " + text(genome.innovation[i]) + " follows " + text(genome.innovation[i - 1]) +
                     " (I2)");
    }
}

void check_nodes(const GenomeView& genome, const GenomeShape& shape, Findings& findings) {
    for (std::size_t i = 1; i < genome.node_count(); ++i) {
        if (genome.node_id[i] > genome.node_id[i - 1]) continue;
        findings.add("node " + text(genome.node_id[i]) + " follows " + text(genome.node_id[i - 1]) + " (I3)");
    }
    for (std::uint32_t i = 0; i < shape.output_count; ++i) {
        const NodeId output{shape.first_output() + i};
        if (i < genome.node_count() && genome.node_id[i] == output) continue;
        findings.add("output node " + text(output) + " is not node row " + std::to_string(i) + " (I3)");
        if (i >= genome.node_count()) break;  // so are all that follow: damaged data may promise billions
    }
    for (const NodeId id : genome.node_id) {
        if (shape.is_input(id)) findings.add("input " + text(id) + " has a node row (I3)");
    }
}

void check_endpoints(const GenomeView& genome, const GenomeShape& shape, Findings& findings) {
    const auto is_node = [&](NodeId id) {
        return std::find(genome.node_id.begin(), genome.node_id.end(), id) != genome.node_id.end();
    };
    std::vector<std::pair<NodeId, NodeId>> ends;
    for (std::size_t i = 0; i < genome.connection_count(); ++i) {
        const std::string name = "connection " + text(genome.innovation[i]);
        const NodeId source = genome.source[i];
        const NodeId target = genome.target[i];
        if (!shape.is_input(source) && !is_node(source)) {
            findings.add(name + " comes from missing node " + text(source) + " (I4)");
        }
        if (!is_node(target)) findings.add(name + " leads to missing node " + text(target) + " (I4)");
        ends.emplace_back(source, target);
    }
    std::sort(ends.begin(), ends.end());
    for (std::size_t i = 1; i < ends.size(); ++i) {
        if (ends[i] != ends[i - 1]) continue;
        findings.add("two connections from " + text(ends[i].first) + " to " + text(ends[i].second) + " (I5)");
    }
}

void check_numbers(const GenomeView& genome, Findings& findings) {
    const auto check = [&](const std::string& gene, const NumberColumn& column, float value) {
        if (!std::isfinite(value)) {
            findings.add(gene + " has a " + std::string(column.name) + " that is not finite (I6)");
        }
    };
    for (std::size_t i = 0; i < genome.node_count(); ++i) {
        const std::string name = "node " + text(genome.node_id[i]);
        visit_node_numbers([&](const NumberColumn& column, auto values) { check(name, column, values[i]); }, genome);
    }
    for (std::size_t i = 0; i < genome.connection_count(); ++i) {
        const std::string name = "connection " + text(genome.innovation[i]);
        visit_connection_numbers([&](const NumberColumn& column, auto values) { check(name, column, values[i]); },
                                 genome);
        if (genome.enabled[i] > 1) findings.add(name + " has an enabled flag that is neither 0 nor 1 (I7)");
    }
}

/// Ends must not fall, and cannot promise more rows than there are bytes.
std::vector<GenomeSize> sizes_from_ends(std::span<const std::size_t> node_ends,
                                        std::span<const std::size_t> connection_ends, std::size_t bytes) {
    if (node_ends.size() != connection_ends.size()) throw FormatError("the topology ends differ in number");
    std::vector<GenomeSize> sizes;
    std::size_t node = 0;
    std::size_t connection = 0;
    for (std::size_t i = 0; i < node_ends.size(); ++i) {
        if (node_ends[i] < node || connection_ends[i] < connection || node_ends[i] > bytes ||
            connection_ends[i] > bytes) {
            throw FormatError("the topology ends are not in order");
        }
        sizes.push_back({static_cast<std::uint32_t>(node_ends[i] - node),
                         static_cast<std::uint32_t>(connection_ends[i] - connection)});
        node = node_ends[i];
        connection = connection_ends[i];
    }
    return sizes;
}

/// The topologies of saved genomes, as they were saved; some may be equal.
Topologies read_topologies(ByteReader& in) {
    Topologies saved;
    const auto node_ends = in.values<std::size_t>();
    const auto connection_ends = in.values<std::size_t>();
    saved.place(sizes_from_ends(node_ends, connection_ends, in.remaining()));
    const TopologyRows all = saved.all_rows();
    const auto read = [&](const GeneColumn&, const auto& column) { in.values_into(column); };
    visit_node_structure(read, all);
    visit_connection_structure(read, all);
    return saved;
}

/// The topology of each saved genome; none that is not there, and not more rows than there are bytes.
std::vector<std::uint32_t> read_topology_numbers(const Topologies& saved, ByteReader& in) {
    std::vector<std::uint32_t> numbers = in.values<std::uint32_t>();
    std::size_t rows = 0;
    for (const std::uint32_t number : numbers) {
        if (number >= saved.size()) throw FormatError("a genome has a topology that is not there");
        const GenomeSize size = saved.size_of(number);
        rows += std::size_t{size.nodes} + size.connections;
    }
    if (rows > in.remaining()) throw FormatError("data ends early");
    return numbers;
}

/// The digest of one column of structure, as if each genome had rows of its own in it.
template <class T>
std::uint64_t digest_of_shared(std::span<const T> column, std::span<const std::size_t> ends,
                               std::span<const std::uint32_t> topology_of) {
    DigestOfParts digest;
    for (const std::uint32_t topology : topology_of) {
        const std::size_t begin = topology == 0 ? 0 : ends[topology - 1];
        digest.add(std::as_bytes(column.subspan(begin, ends[topology] - begin)));
    }
    return digest.value();
}

}  // namespace

std::string describe(const GenomeShape& shape) {
    return "inputs: " + std::to_string(shape.input_count) + ", outputs: " + std::to_string(shape.output_count) +
           ", bias_input: " + (shape.bias_input ? "true" : "false");
}

void GenomeStore::place(std::span<const GenomeSize> sizes) {
    topologies_.place(sizes);
    topology_of_.resize(sizes.size());
    std::iota(topology_of_.data(), topology_of_.data() + topology_of_.size(), 0U);
    lay_out_attributes();
}

void GenomeStore::place_sharing(std::span<const std::uint32_t> topologies) {
    topology_of_.resize(topologies.size());
    std::copy(topologies.begin(), topologies.end(), topology_of_.data());
    lay_out_attributes();
}

void GenomeStore::lay_out_attributes() {
    ends_.lay_out(topology_of_.size(), [&](std::size_t genome) { return topologies_.size_of(topology_of_[genome]); });
    resize_rows(0, 0);  // what is there need not be kept
    resize_rows(node_count(), connection_count());
}

void GenomeStore::reserve(std::size_t genomes, std::size_t nodes, std::size_t connections) {
    topology_of_.reserve(genomes);
    ends_.reserve(genomes);
    visit_node_attributes([&](const GeneColumn&, auto& column) { column.reserve(nodes); }, nodes_);
    visit_connection_attributes([&](const GeneColumn&, auto& column) { column.reserve(connections); }, connections_);
}

void GenomeStore::clear() noexcept { place({}); }

std::size_t GenomeStore::append(const GenomeView& genome) {
    const std::size_t index = size();
    const std::size_t nodes = node_count() + genome.node_count();
    const std::size_t connections = connection_count() + genome.connection_count();
    topology_of_.reserve(index + 1);
    ends_.reserve(index + 1);
    resize_rows(nodes, connections);
    const std::uint32_t topology = topologies_.add(genome);
    topology_of_.resize(index + 1);
    topology_of_[index] = topology;
    ends_.add(nodes, connections);
    copy_attributes(genome, attributes(index));
    return index;
}

GenomeRows GenomeStore::rows(std::size_t genome) {
    if (!topologies_.is_apart(topology_of_[genome])) {
        const Topologies shared = topologies_;  // what is added must not lie among those it is added to
        topology_of_[genome] = topologies_.add_apart(shared[topology_of_[genome]]);
    }
    GenomeRows rows;
    topologies_.lend(topology_of_[genome], rows);
    borrow(*this, genome, rows);
    return rows;
}

void GenomeStore::resize_rows(std::size_t nodes, std::size_t connections) {
    visit_node_attributes([&](const GeneColumn&, auto& column) { column.resize(nodes); }, nodes_);
    visit_connection_attributes([&](const GeneColumn&, auto& column) { column.resize(connections); }, connections_);
}

std::vector<std::string> GenomeStore::violations() const {
    std::vector<std::string> found;
    Findings findings(found);
    if (std::uint64_t{shape_.input_count} + shape_.output_count > 0x7fffffffU) {
        findings.add("the shape promises more inputs and outputs than there are ids (I3)");
        return found;
    }
    for (std::size_t index = 0; index < size(); ++index) {
        findings.genome(index);
        const GenomeView genome = (*this)[index];
        check_innovations(genome, findings);
        check_nodes(genome, shape_, findings);
        check_endpoints(genome, shape_, findings);
        check_numbers(genome, findings);
    }
    return found;
}

std::uint64_t GenomeStore::digest(const Parallel& parallel) const {
    std::vector<std::uint64_t> hashes;
    std::vector<std::function<void()>> hash_columns;
    const auto add = [&](const auto& hash) {
        hash_columns.emplace_back([&hashes, hash, at = hash_columns.size()] { hashes[at] = hash(); });
    };
    const auto add_structure = [&](std::span<const std::size_t> ends) {
        return [&, ends](const GeneColumn&, auto column) {
            add([this, column, ends] { return digest_of_shared(column, ends, topology_of_.span()); });
        };
    };
    const auto add_attribute = [&](const GeneColumn&, const auto& column) {
        add([&column] { return digest_of(column.span()); });
    };
    const TopologyView structure = topologies_.all();
    visit_node_structure(add_structure(topologies_.ends().node_ends()), structure);
    visit_node_attributes(add_attribute, nodes_);
    visit_connection_structure(add_structure(topologies_.ends().connection_ends()), structure);
    visit_connection_attributes(add_attribute, connections_);
    hashes.resize(hash_columns.size());
    parallel.invoke(hash_columns);
    const std::array<std::uint64_t, 4> head{shape_.input_count, shape_.output_count,
                                            static_cast<std::uint64_t>(shape_.bias_input), size()};
    std::uint64_t all = digest_of(std::span<const std::uint64_t>(head));
    all = digest_of(ends_.node_ends(), all);
    all = digest_of(ends_.connection_ends(), all);
    return digest_of(std::span<const std::uint64_t>(hashes), all);
}

std::size_t GenomeStore::capacity_bytes() const noexcept {
    std::size_t bytes =
        topologies_.capacity_bytes() + topology_of_.capacity() * sizeof(std::uint32_t) + ends_.capacity_bytes();
    const auto add = [&](const GeneColumn&, const auto& column) { bytes += column.capacity() * sizeof(column[0]); };
    visit_node_attributes(add, nodes_);
    visit_connection_attributes(add, connections_);
    return bytes;
}

void write_store(const GenomeStore& store, ByteWriter& out) {
    out.value(store.shape().input_count);
    out.value(store.shape().output_count);
    out.value(static_cast<std::uint8_t>(store.shape().bias_input));
    const auto write = [&](const GeneColumn&, const auto& column) { out.values(column); };
    out.values(store.topologies().ends().node_ends());
    out.values(store.topologies().ends().connection_ends());
    const TopologyView structure = store.topologies().all();
    visit_node_structure(write, structure);
    visit_connection_structure(write, structure);
    out.values(store.topology_numbers());
    const AttributeView attributes = store.all_attributes();
    visit_node_attributes(write, attributes);
    visit_connection_attributes(write, attributes);
}

GenomeStore read_sound_store(ByteReader& in) {
    GenomeShape shape;
    shape.input_count = in.value<std::uint32_t>();
    shape.output_count = in.value<std::uint32_t>();
    shape.bias_input = in.value<std::uint8_t>() != 0;
    GenomeStore store(shape);
    const Topologies saved = read_topologies(in);
    std::vector<std::uint32_t> numbers = read_topology_numbers(saved, in);
    std::vector<std::uint8_t> used(saved.size(), 0);
    for (const std::uint32_t number : numbers) used[number] = 1;
    std::vector<std::uint32_t> number_of(saved.size());
    for (std::uint32_t i = 0; i < saved.size(); ++i) {
        if (used[i] != 0) number_of[i] = store.add_topology(saved[i]);
    }
    for (std::uint32_t& number : numbers) number = number_of[number];
    store.place_sharing(numbers);
    const AttributeRows attributes = store.all_attribute_rows();
    const auto read = [&](const GeneColumn&, const auto& column) { in.values_into(column); };
    visit_node_attributes(read, attributes);
    visit_connection_attributes(read, attributes);
    return store;
}

GenomeStore read_store(ByteReader& in) {
    GenomeStore store = read_sound_store(in);
    const std::vector<std::string> broken = store.violations();
    if (!broken.empty()) throw FormatError(broken.front());
    return store;
}

std::size_t find_node(std::span<const NodeId> node_id, NodeId id) noexcept {
    const auto at = std::lower_bound(node_id.begin(), node_id.end(), id);
    if (at == node_id.end() || *at != id) return node_id.size();
    return static_cast<std::size_t>(at - node_id.begin());
}

}  // namespace clade
