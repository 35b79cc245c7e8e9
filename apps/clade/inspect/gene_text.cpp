#include "clade/inspect/gene_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace clade::inspect {
namespace {

using history::GenomeDiff;

std::optional<NodeGene> node_of(const GenomeView* genes, NodeId id) {
    if (genes == nullptr) return std::nullopt;
    const std::size_t row = find_node(genes->node_id, id);
    return row == genes->node_count() ? std::nullopt : std::optional(genes->node(row));
}

std::optional<ConnectionGene> connection_of(const GenomeView* genes, Innovation id) {
    if (genes == nullptr) return std::nullopt;
    const auto found = std::lower_bound(genes->innovation.begin(), genes->innovation.end(), id);
    if (found == genes->innovation.end() || *found != id) return std::nullopt;
    return genes->connection(static_cast<std::size_t>(found - genes->innovation.begin()));
}

/// The differences of one gene, as its columns are visited.
class DifferenceCollector {
public:
    DifferenceCollector(const GeneText& text, std::vector<ValueDifference>& all) : text_(text), all_(all) {}

    void begin(std::string_view gene, std::uint32_t id, std::string where, GeneChange change) {
        gene_ = {gene, id, std::move(where), change};
    }

    /// Of genes without a partner every value counts.
    template <class T>
    void value(const GeneColumn& column, const T* a, const T* b, const T* other) {
        if (a != nullptr && b != nullptr && *a == *b) return;
        ValueDifference& one = all_.emplace_back(gene_);
        one.column = column.name;
        if (a != nullptr) one.a = text_(*a), one.json_a = text_.json(*a);
        if (b != nullptr) one.b = text_(*b), one.json_b = text_.json(*b);
        one.from_other = a != nullptr && b != nullptr && other != nullptr && *b == *other;
    }

private:
    const GeneText& text_;
    std::vector<ValueDifference>& all_;
    ValueDifference gene_;
};

GeneChange change_of(bool in_a, bool in_b) {
    if (in_a && in_b) return GeneChange::value;
    return in_a ? GeneChange::only_a : GeneChange::only_b;
}

}  // namespace

const char* kind_of(const GenomeShape& shape, NodeId id) { return shape.is_hidden(id) ? "hidden" : "output"; }

std::string node_name(const GenomeShape& shape, NodeId id) {
    if (shape.bias_input && raw(id) == shape.input_count) return fmt::format("bias {}", raw(id));
    return fmt::format("{} {}", shape.is_input(id) ? "input" : kind_of(shape, id), raw(id));
}

std::string GeneText::operator()(float number) const { return fmt::format("{}", number); }

std::string short_value(const Json& value, const std::string& text) {
    return value.is_number() ? fmt::format("{:.4g}", value.get<double>()) : text;
}

std::vector<ValueDifference> value_differences(const GenomeDiff& diff, const GenomeShape& shape,
                                               const FunctionSet& functions, const GenomeView* other) {
    std::vector<ValueDifference> all;
    const GeneText text(functions);
    DifferenceCollector collector(text, all);
    // A gene that is not there is stood for by an empty one, whose values are not looked at.
    const auto visit_all = [&](const auto& one, const auto& third, const auto& visit_columns) {
        const auto value = [&](const auto& gene, const auto& member) { return gene ? &member : nullptr; };
        using Gene = std::decay_t<decltype(*one.a)>;
        const Gene a = one.a.value_or(Gene{});
        const Gene b = one.b.value_or(Gene{});
        const Gene c = third.value_or(Gene{});
        visit_columns(
            [&](const GeneColumn& column, const auto& x, const auto& y, const auto& z) {
                collector.value(column, value(one.a, x), value(one.b, y), value(third, z));
            },
            a, b, c);
    };
    for (const auto& one : diff.nodes) {
        const NodeId id = one.a ? one.a->node_id : one.b->node_id;
        collector.begin("node", raw(id), node_name(shape, id), change_of(one.a.has_value(), one.b.has_value()));
        visit_all(one, node_of(other, id),
                  [](const auto& visit, auto&... genes) { visit_node_attributes(visit, genes...); });
    }
    for (const auto& one : diff.connections) {
        const ConnectionGene& gene = one.a ? *one.a : *one.b;
        collector.begin("connection", raw(gene.innovation),
                        fmt::format("{} -> {}", node_name(shape, gene.source), node_name(shape, gene.target)),
                        change_of(one.a.has_value(), one.b.has_value()));
        visit_all(one, connection_of(other, gene.innovation), [](const auto& visit, auto&... genes) {
            visit_connection_numbers(visit, genes...);
            visit(GeneColumn{"enabled"}, genes.enabled...);
        });
    }
    return all;
}

}  // namespace clade::inspect
