#include <clade/evolution/breed/reproduction.hpp>

#include <clade/core/check.hpp>
#include <clade/evolution/breed/crossover.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <type_traits>

namespace clade {
namespace {

constexpr std::size_t children_per_range = 64;
constexpr std::size_t changed_children_per_range = 8;

/// What new genes of a child are born with.
class NewGenes {
public:
    NewGenes(const BreedingInput& input, const NodeFunctions& functions, std::uint32_t child)
        : params_(input.genome),
          functions_(functions),
          random_({input.seed, input.generation, Purpose::choose_functions}, child) {}

    /// Neutral numbers or the nearest possible, so that the split changes little; a function of the options, if any.
    NodeGene node(NodeId id) {
        NodeGene gene{
            .node_id = id, .activation = functions_.hidden_activation, .aggregation = functions_.hidden_aggregation};
        visit_node_numbers(
            [&](const NumberColumn& column, float& number, const AttributeParams& params) {
                number = column.neutral ? nearest_allowed(params, *column.neutral) : newborn(params, random_);
            },
            gene, params_);
        (void)random_.normal();  // was a column's that is no more: what is drawn after it stays as it was
        if (!functions_.activation_options.empty()) {
            gene.activation = random_.choice(std::span(functions_.activation_options));
        }
        if (!functions_.aggregation_options.empty()) {
            gene.aggregation = random_.choice(std::span(functions_.aggregation_options));
        }
        return gene;
    }

    float weight() { return newborn(params_.weight, random_); }

    /// A weight that should be this, as far as its bounds or possible values allow.
    [[nodiscard]] float weight_near(float value) const { return nearest_allowed(params_.weight, double{value}); }

private:
    const GenomeParams& params_;
    const NodeFunctions& functions_;
    Stream random_;
};

/// Gathers the inherited rows into the order of the draft, with the new genes between them.
void rearrange(const StructureDraft& draft, const GenomeView& inherited, NewGenes new_genes, const GenomeRows& rows) {
    std::size_t at = 0;
    for (const StructureDraft::Node& node : draft.nodes()) {
        set_node(rows, at++, node.row == new_row ? new_genes.node(node.id) : inherited.node(node.row));
    }
    at = 0;
    for (const StructureDraft::Connection& connection : draft.connections()) {
        ConnectionGene gene{connection.innovation, connection.source, connection.target, 0.0F, connection.enabled};
        if (connection.row != new_row) {
            gene.weight = inherited.weight[connection.row];
        } else if (connection.weight_row != new_row) {
            gene.weight = inherited.weight[connection.weight_row];
        } else {
            gene.weight = connection.weight != 0.0F ? new_genes.weight_near(connection.weight) : new_genes.weight();
        }
        set_connection(rows, at++, gene);
    }
}

void write_changed_child(const BreedingInput& input, const NodeFunctions& functions, const StructuralPlan& structural,
                         const ReproductionPlan& plan, ReproductionPlan::Scratch& scratch, const GenomeRows& rows) {
    const ChildPlan& child = plan.children()[structural.child];
    const GenomeView inherited = inherited_genome(input, child, structural.child, scratch.inherited);
    scratch.draft.load(inherited, input.population.shape());
    for (std::size_t k = 0; k < structural.count; ++k) apply(structural.mutations[k], scratch.draft);
    scratch.draft.take_numbers(plan.numbers(structural));
    CLADE_CHECK(scratch.draft.connections().size() == rows.connection_count(),
                "a child has the size it was planned with");
    rearrange(scratch.draft, inherited, NewGenes(input, functions, structural.child), rows);
}

/// Fills a column of the next generation with the value that is the same all over the population, if there is one.
template <class T>
bool fill_if_uniform(std::span<const T> old, std::span<T> column) {
    // A column is uniform if it equals itself moved by one row.
    if (old.empty() || std::memcmp(old.data(), old.data() + 1, (old.size() - 1) * sizeof(T)) != 0) return false;
    std::fill(column.begin(), column.end(), old.front());
    return true;
}

/// Most experiments keep most attributes constant: what need not be inherited gene by gene is written at once. Says
/// which attributes those are.
NodeMarks fill_uniform(const GenomeStore& population, const Parallel& parallel, GenomeStore& next) {
    NodeMarks filled;
    std::vector<std::function<void()>> fills;
    visit_node_attributes(
        [&](const GeneColumn&, bool& mark, auto old, auto column) {
            fills.emplace_back([&mark, old, column] { mark = fill_if_uniform(old, column); });
        },
        filled, population.all_attributes(), next.all_attribute_rows());
    parallel.invoke(fills);
    return filled;
}

template <class T>
void prefetch_rows(std::span<const T> rows) {
    constexpr std::size_t cache_line = 64;
    const auto bytes = std::as_bytes(rows);
    if (bytes.empty()) return;
    for (std::size_t at = 0; at < bytes.size(); at += cache_line) __builtin_prefetch(&bytes[at]);
    __builtin_prefetch(&bytes.back());  // rows seldom begin with a line, and may end in one more
}

/// What inherit() reads of both parents. Topologies are few, and stay in the cache.
void prefetch_attributes(const AttributeView& genome, const NodeMarks& left_out) {
    visit_node_attributes(
        [](const GeneColumn&, bool left, auto rows) {
            if (!left) prefetch_rows(rows);
        },
        left_out, genome);
    visit_connection_attributes([](const GeneColumn&, auto rows) { prefetch_rows(rows); }, genome);
}

/// Parents lie anywhere in the population, and its many columns are more than a processor looks ahead in: rows to read
/// are asked for a few children before, or the pass would wait for memory at each.
void prefetch_parents(const GenomeStore& population, const NodeMarks& left_out, std::span<const ChildPlan> children,
                      std::size_t index) {
    constexpr std::size_t ahead = 4;
    if (index + 2 * ahead < children.size()) {
        population.prefetch_place(children[index + 2 * ahead].primary);
        population.prefetch_place(children[index + 2 * ahead].secondary);
    }
    if (index + ahead < children.size()) {
        const ChildPlan& child = children[index + ahead];
        prefetch_attributes(population.attributes(child.primary), left_out);
        if (child.secondary != child.primary) prefetch_attributes(population.attributes(child.secondary), left_out);
    }
}

/// Draws functions anew for the nodes of mutating genomes. Not a column kernel: few experiments turn it on.
template <class Function>
void mutate_functions(std::span<Function> column, std::size_t begin, double rate, std::span<const Function> options,
                      RandomKey key) {
    if (rate <= 0.0 || options.empty()) return;
    for (std::size_t row = begin; row < column.size(); ++row) {
        Stream random(key, row * 2 + (std::is_same_v<Function, Activation> ? 0 : 1));
        if (random.bernoulli(rate)) column[row] = random.choice(options);
    }
}

}  // namespace

void write_changed_children(const BreedingInput& input, const NodeFunctions& functions, const Parallel& parallel,
                            ReproductionPlan& plan) {
    GenomeStore& changed = plan.place_changed();
    const std::span<const StructuralPlan> plans = plan.structural();
    parallel.for_ranges(
        plans.size(), changed_children_per_range, [&](std::size_t begin, std::size_t end, std::size_t worker) {
            for (std::size_t index = begin; index < end; ++index) {
                write_changed_child(input, functions, plans[index], plan, plan.scratch(worker), changed.rows(index));
            }
        });
}

void write_children(const BreedingInput& input, const ReproductionPlan& plan, const Parallel& parallel,
                    GenomeStore& next) {
    const std::span<const ChildPlan> children = plan.children();
    const NodeMarks filled = fill_uniform(input.population, parallel, next);
    parallel.for_ranges(children.size(), children_per_range, [&](std::size_t begin, std::size_t end, std::size_t) {
        for (std::size_t index = begin; index < end; ++index) {
            prefetch_parents(input.population, filled, children, index);
            const ChildPlan& child = children[index];
            const AttributeRows rows = next.attributes(child.slot);
            if (child.structural == no_structural_plan) {
                inherit(input, child, index, rows, filled);
            } else {
                copy_attributes(plan.changed().attributes(child.structural), rows);
            }
        }
    });
}

void mutate_attributes(const BreedingInput& input, const NodeFunctions& functions, std::size_t first_mutated,
                       const Parallel& parallel, GenomeStore& next) {
    const AttributeRows all = next.all_attribute_rows();
    const std::size_t node = next.node_begin(first_mutated);
    const std::size_t connection = next.connection_begin(first_mutated);
    const auto mutate_from = [&](std::size_t begin) {
        return [&, begin](const NumberColumn& column, std::span<float> rows, const AttributeParams& params) {
            mutate(parallel, rows.subspan(begin), begin, params, {input.seed, input.generation, column.mutation});
        };
    };
    visit_connection_numbers(mutate_from(connection), all, input.genome);
    visit_node_numbers(mutate_from(node), all, input.genome);
    const RandomKey key{input.seed, input.generation, Purpose::mutate_functions};
    mutate_functions(all.activation, node, input.genome.activation.mutation_rate,
                     std::span(functions.activation_options), key);
    mutate_functions(all.aggregation, node, input.genome.aggregation.mutation_rate,
                     std::span(functions.aggregation_options), key);
}

}  // namespace clade
