#include "clade/inspect/lineage_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace clade::inspect {
namespace {

constexpr std::size_t changes_shown = 3;

/// A gene's values in one phrase.
std::string gene_phrase(const std::vector<ValueDifference>& values) {
    const ValueDifference& gene = values.front();
    if (gene.change == GeneChange::only_a) return fmt::format("{} {} removed", gene.gene, gene.where);
    if (gene.change == GeneChange::only_b) {
        const bool is_node = gene.gene == "node";
        return fmt::format("new {} {}{}", gene.gene, gene.where,
                           is_node ? "" : fmt::format(" ({} {})", gene.column, short_value(gene.json_b, gene.b)));
    }
    std::string text;
    for (const ValueDifference& one : values) {
        if (!text.empty()) text += ", ";
        if (one.column == "enabled") {
            text += fmt::format("{} {}", one.where, one.b == "1" ? "enabled" : "disabled");
            continue;
        }
        text += fmt::format("{} of {} {} to {}", one.column, one.where, short_value(one.json_a, one.a),
                            short_value(one.json_b, one.b));
        if (one.from_other) text += " (other parent)";
    }
    return text;
}

/// What makes a change worth telling: structure and functions before numbers, of these the larger difference.
double weight_of(const ValueDifference& change) {
    if (change.change != GeneChange::value || !change.json_a.is_number() || !change.json_b.is_number()) return 1e30;
    return std::abs(change.json_a.get<double>() - change.json_b.get<double>());
}

}  // namespace

std::string changes_text(const std::vector<ValueDifference>& changes) {
    if (changes.empty()) return "none: equal genes, scored again";
    std::vector<std::vector<ValueDifference>> genes;
    for (const ValueDifference& change : changes) {
        const bool same =
            !genes.empty() && genes.back().front().gene == change.gene && genes.back().front().id == change.id;
        if (!same) genes.emplace_back();
        genes.back().push_back(change);
    }
    const auto weight = [](const std::vector<ValueDifference>& gene) {
        double most = 0.0;
        for (const ValueDifference& change : gene) most = std::max(most, weight_of(change));
        return most;
    };
    std::stable_sort(genes.begin(), genes.end(), [&](const auto& a, const auto& b) { return weight(a) > weight(b); });
    std::string text;
    for (std::size_t i = 0; i < std::min(genes.size(), changes_shown); ++i) {
        text += (i == 0 ? "" : "; ") + gene_phrase(genes[i]);
    }
    if (genes.size() > changes_shown) {
        text += fmt::format("; and {} more", genes.size() - changes_shown);
    }
    return text;
}

double rise_of(const history::Ancestor& ancestor) {
    if (!ancestor.parent) return 0.0;
    const double rise = std::abs(ancestor.row.fitness - ancestor.parent->fitness);
    return std::isfinite(rise) ? rise : 0.0;
}

std::vector<std::size_t> largest_rises(std::span<const double> rises, std::size_t limit) {
    std::vector<std::size_t> order(rises.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rises[a] > rises[b]; });
    order.resize(std::min(order.size(), limit));
    std::sort(order.begin(), order.end());
    return order;
}

std::vector<ValueDifference> changes_of(const history::LineageStep& step, const FunctionSet& functions) {
    const GenomeView other = step.other_genes.empty() ? GenomeView{} : step.other_genes[0];
    return value_differences(step.diff, step.genes.shape(), functions, step.other_genes.empty() ? nullptr : &other);
}

}  // namespace clade::inspect
