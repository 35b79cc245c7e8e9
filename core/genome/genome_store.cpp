#include <clade/core/genome/genome_store.hpp>

#include <clade/core/digest.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
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
    if (node_ends.size() != connection_ends.size()) throw FormatError("the genome ends differ in number");
    std::vector<GenomeSize> sizes;
    std::size_t node = 0;
    std::size_t connection = 0;
    for (std::size_t i = 0; i < node_ends.size(); ++i) {
        if (node_ends[i] < node || connection_ends[i] < connection || node_ends[i] > bytes ||
            connection_ends[i] > bytes) {
            throw FormatError("the genome ends are not in order");
        }
        sizes.push_back({static_cast<std::uint32_t>(node_ends[i] - node),
                         static_cast<std::uint32_t>(connection_ends[i] - connection)});
        node = node_ends[i];
        connection = connection_ends[i];
    }
    return sizes;
}

}  // namespace

std::string describe(const GenomeShape& shape) {
    return "inputs: " + std::to_string(shape.input_count) + ", outputs: " + std::to_string(shape.output_count) +
           ", bias_input: " + (shape.bias_input ? "true" : "false");
}

void copy_genome(const GenomeView& from, const GenomeRows& to) noexcept {
    const auto copy = [](const GeneColumn&, const auto& source, const auto& target) {
        std::copy(source.begin(), source.end(), target.begin());
    };
    visit_node_columns(copy, from, to);
    visit_connection_columns(copy, from, to);
}

void GenomeStore::place(std::span<const GenomeSize> sizes) {
    node_end_.resize(sizes.size());
    connection_end_.resize(sizes.size());
    resize_rows(0, 0);  // what is there need not be kept
    std::size_t nodes = 0;
    std::size_t connections = 0;
    for (std::size_t genome = 0; genome < sizes.size(); ++genome) {
        node_end_[genome] = nodes += sizes[genome].nodes;
        connection_end_[genome] = connections += sizes[genome].connections;
    }
    resize_rows(nodes, connections);
}

void GenomeStore::reserve(std::size_t genomes, std::size_t nodes, std::size_t connections) {
    node_end_.reserve(genomes);
    connection_end_.reserve(genomes);
    visit_node_columns([&](const GeneColumn&, auto& column) { column.reserve(nodes); }, nodes_);
    visit_connection_columns([&](const GeneColumn&, auto& column) { column.reserve(connections); }, connections_);
}

void GenomeStore::clear() noexcept { place({}); }

std::size_t GenomeStore::append(const GenomeView& genome) {
    const std::size_t nodes = node_count();
    const std::size_t connections = connection_count();
    node_end_.reserve(size() + 1);
    connection_end_.reserve(size() + 1);
    resize_rows(nodes + genome.node_count(), connections + genome.connection_count());
    node_end_.resize(size() + 1);
    connection_end_.resize(connection_end_.size() + 1);
    const std::size_t index = size() - 1;
    node_end_[index] = nodes + genome.node_count();
    connection_end_[index] = connections + genome.connection_count();
    copy_genome(genome, rows(index));
    return index;
}

void GenomeStore::resize_rows(std::size_t nodes, std::size_t connections) {
    visit_node_columns([&](const GeneColumn&, auto& column) { column.resize(nodes); }, nodes_);
    visit_connection_columns([&](const GeneColumn&, auto& column) { column.resize(connections); }, connections_);
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
    const auto add = [&](const GeneColumn&, const auto& column) {
        hash_columns.push_back([&hashes, &column, at = hash_columns.size()] { hashes[at] = digest_of(column.span()); });
    };
    visit_node_columns(add, nodes_);
    visit_connection_columns(add, connections_);
    hashes.resize(hash_columns.size());
    parallel.invoke(hash_columns);
    const std::array<std::uint64_t, 4> head{shape_.input_count, shape_.output_count,
                                            static_cast<std::uint64_t>(shape_.bias_input), size()};
    std::uint64_t all = digest_of(std::span<const std::uint64_t>(head));
    all = digest_of(node_end_.span(), all);
    all = digest_of(connection_end_.span(), all);
    return digest_of(std::span<const std::uint64_t>(hashes), all);
}

std::size_t GenomeStore::capacity_bytes() const noexcept {
    std::size_t bytes = (node_end_.capacity() + connection_end_.capacity()) * sizeof(std::size_t);
    const auto add = [&](const GeneColumn&, const auto& column) { bytes += column.capacity() * sizeof(column[0]); };
    visit_node_columns(add, nodes_);
    visit_connection_columns(add, connections_);
    return bytes;
}

void write_store(const GenomeStore& store, ByteWriter& out) {
    out.value(store.shape().input_count);
    out.value(store.shape().output_count);
    out.value(static_cast<std::uint8_t>(store.shape().bias_input));
    out.values(store.node_ends());
    out.values(store.connection_ends());
    const GenomeView all = store.all();
    const auto write = [&](const GeneColumn&, const auto& column) { out.values(column); };
    visit_node_columns(write, all);
    visit_connection_columns(write, all);
}

GenomeStore read_store(ByteReader& in) {
    GenomeShape shape;
    shape.input_count = in.value<std::uint32_t>();
    shape.output_count = in.value<std::uint32_t>();
    shape.bias_input = in.value<std::uint8_t>() != 0;
    GenomeStore store(shape);
    const auto node_ends = in.values<std::size_t>();
    const auto connection_ends = in.values<std::size_t>();
    store.place(sizes_from_ends(node_ends, connection_ends, in.remaining()));
    const GenomeRows all = store.all_rows();
    const auto read = [&](const GeneColumn&, const auto& column) { in.values_into(column); };
    visit_node_columns(read, all);
    visit_connection_columns(read, all);
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
