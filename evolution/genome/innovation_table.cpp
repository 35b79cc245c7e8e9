#include <clade/evolution/genome/innovation_table.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace clade {
namespace {

/// Takes the next number.
std::uint32_t take(std::uint32_t& next) {
    if (next >= InnovationTable::end) throw Error("the run has used up all innovation numbers");
    return next++;
}

template <class Map>
void write_sorted(const Map& map, ByteWriter& out) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> entries;
    for (const auto& [key, id] : map) entries.emplace_back(key, raw(id));
    std::sort(entries.begin(), entries.end());
    out.value(static_cast<std::uint64_t>(entries.size()));
    for (const auto& [key, id] : entries) {
        out.value(key);
        out.value(id);
    }
}

template <class Map>
void read_entries(Map& map, ByteReader& in) {
    map.clear();
    const auto count = in.value<std::uint64_t>();
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto key = in.value<std::uint64_t>();
        map[key] = typename Map::mapped_type{in.value<std::uint32_t>()};
    }
}

}  // namespace

InnovationTable::InnovationTable(const GenomeShape& shape, InnovationScope scope)
    : scope_(scope), next_node_(shape.first_hidden()) {}

void InnovationTable::begin_generation() {
    if (scope_ == InnovationScope::run) return;
    connections_.clear();
    splits_.clear();
}

void InnovationTable::adopt(const GenomeView& genome) {
    for (const NodeId id : genome.node_id) next_node_ = std::max(next_node_, raw(id) + 1);
    for (std::size_t i = 0; i < genome.connection_count(); ++i) {
        next_innovation_ = std::max(next_innovation_, raw(genome.innovation[i]) + 1);
        connections_[key(raw(genome.source[i]), raw(genome.target[i]))] = genome.innovation[i];
    }
}

NodeId InnovationTable::initial_hidden(std::uint32_t index) {
    const auto [entry, is_new] = splits_.try_emplace(key(initial, index));
    if (is_new) entry->second = NodeId{take(next_node_)};
    return entry->second;
}

Innovation InnovationTable::connection(NodeId source, NodeId target) {
    const auto [entry, is_new] = connections_.try_emplace(key(raw(source), raw(target)));
    if (is_new) entry->second = Innovation{take(next_innovation_)};
    return entry->second;
}

NodeId InnovationTable::split(Innovation connection, std::span<const NodeId> genome_nodes) {
    for (std::uint32_t occurrence = 0;; ++occurrence) {
        const auto [entry, is_new] = splits_.try_emplace(key(raw(connection), occurrence));
        if (is_new) {
            entry->second = NodeId{take(next_node_)};
            return entry->second;
        }
        if (find_node(genome_nodes, entry->second) == genome_nodes.size()) return entry->second;
    }
}

bool InnovationTable::fits(const GenomeStore& genomes) const {
    std::unordered_map<std::uint32_t, std::uint64_t> ends_of;  // of each innovation
    const auto fits_connection = [&](std::uint64_t ends, Innovation number) {
        return raw(number) < next_innovation_ && ends_of.try_emplace(raw(number), ends).first->second == ends;
    };
    const auto fits_split = [&](const auto& split) {
        return genomes.shape().is_hidden(split.second) && raw(split.second) < next_node_;
    };
    const TopologyView all = genomes.topologies().all();
    for (std::size_t i = 0; i < all.connection_count(); ++i) {
        if (!fits_connection(key(raw(all.source[i]), raw(all.target[i])), all.innovation[i])) return false;
    }
    if (scope_ == InnovationScope::run && next_innovation_ > connections_.size()) return false;  // each was given
    return std::ranges::all_of(connections_, [&](const auto& c) { return fits_connection(c.first, c.second); }) &&
           std::ranges::all_of(splits_, fits_split) &&
           std::ranges::all_of(all.node_id, [&](NodeId id) { return raw(id) < next_node_; }) && next_node_ <= end &&
           next_innovation_ <= end;
}

void InnovationTable::write(ByteWriter& out) const {
    out.value(next_node_);
    out.value(next_innovation_);
    write_sorted(connections_, out);
    write_sorted(splits_, out);
}

void InnovationTable::read(ByteReader& in) {
    next_node_ = in.value<std::uint32_t>();
    next_innovation_ = in.value<std::uint32_t>();
    read_entries(connections_, in);
    read_entries(splits_, in);
}

}  // namespace clade
