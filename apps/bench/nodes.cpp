#include "bench/nodes.hpp"

#include <clade/core/genome/attribute.hpp>
#include <clade/core/genome/genome_store.hpp>

#include <cstring>

namespace clade::bench {
namespace {

/// Enough that handing a range to another thread costs little beside it.
constexpr std::size_t rows_per_range = std::size_t{1} << 16;

AttributeParams seed_bias() {
    AttributeParams bias;
    bias.distribution = Distribution::choice;
    for (int value = 0; value < nodes_value_count; ++value) bias.values.push_back(value);
    bias.perturb_rate = 0.0;
    bias.replace_rate = nodes_mutate_rate;
    bias.min = 0.0;
    bias.max = nodes_value_count - 1;
    return bias;
}

/// Makes rows for one genome of n nodes.
void place_nodes(GenomeStore& store, std::size_t n) {
    const GenomeSize size{static_cast<std::uint32_t>(n), 0};
    store.place({&size, 1});
}

class NodeCreation {
public:
    explicit NodeCreation(const NodesOptions& options) : parallel_(options.parallel) {}

    void create(GenomeStore& store) {
        const GenomeRows rows = store.rows(0);
        parallel_.for_ranges(rows.node_count(), rows_per_range, [&](std::size_t begin, std::size_t end, std::size_t) {
            NodeId* const id = rows.node_id.data();
            for (std::size_t row = begin; row < end; ++row) id[row] = NodeId{static_cast<std::uint32_t>(row)};
        });
        initialise_mutated(parallel_, rows.bias, 0, 0.0F, bias_, {42, generation_++, Purpose::mutate_bias});
    }

    void fill(GenomeStore& store) const {
        const GenomeRows rows = store.rows(0);
        parallel_.for_ranges(rows.node_count(), rows_per_range, [&](std::size_t begin, std::size_t end, std::size_t) {
            std::memset(static_cast<void*>(rows.node_id.data() + begin), 1, (end - begin) * sizeof(NodeId));
            std::memset(rows.bias.data() + begin, 0, (end - begin) * sizeof(float));
        });
    }

private:
    const Parallel& parallel_;
    AttributeParams bias_ = seed_bias();
    std::uint32_t generation_ = 0;
};

}  // namespace

std::vector<NodesRow> time_clade_nodes(const NodesOptions& options, const NodesProgress& progress) {
    std::vector<NodesRow> rows;
    NodeCreation creation(options);
    for (const std::size_t n : options.counts) {
        GenomeStore store;
        const auto add = [&](const char* system, const auto& between, const auto& work) {
            progress(system, n);
            rows.push_back(
                {system, n, options.parallel.threads(), timing_of(time_calls(options.repetitions, between, work))});
        };
        const auto nothing = [] {};
        const auto forget = [&] { store = GenomeStore(); };
        place_nodes(store, n);
        add("clade", nothing, [&] { creation.create(store); });
        add("fill", nothing, [&] { creation.fill(store); });
        const auto make_and = [&](const auto& work) {
            return [&] {
                place_nodes(store, n);
                work();
            };
        };
        add("clade-fresh", forget, make_and([&] { creation.create(store); }));
        add("fill-fresh", forget, make_and([&] { creation.fill(store); }));
    }
    return rows;
}

}  // namespace clade::bench
