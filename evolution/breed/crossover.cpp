#include <clade/evolution/breed/crossover.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <type_traits>
#include <utility>

namespace clade {
namespace {

/// A random bit for each of a list's positions, 32 of them a word: which parent a gene comes from.
class Coins {
public:
    static constexpr std::size_t per_word = 32;

    explicit Coins(Stream& random) : random_(random) {}

    /// The word whose bit i % 32 belongs to position i. @pre positions are asked for in ascending order.
    std::uint32_t word_for(std::size_t i) noexcept {
        if (i / per_word != word_index_) {
            word_ = random_.bits();
            word_index_ = i / per_word;
        }
        return word_;
    }

private:
    Stream& random_;
    std::uint32_t word_ = 0;
    std::size_t word_index_ = std::size_t(-1);
};

constexpr auto bit_of_position = [] {
    std::array<std::uint32_t, Coins::per_word> bits{};
    for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = 1U << i;
    return bits;
}();

/// The unsigned number that holds the bits of a T.
template <class T>
using BitsOf = std::conditional_t<sizeof(T) == sizeof(std::uint32_t), std::uint32_t, std::uint8_t>;

/// child[k] is b[k] where bit `first + k` of `word` is set, else a[k]. Bits are masked, as a branch would be predicted
/// wrong half the time. @pre first + count <= 32.
template <class T>
void choose_each(const T* __restrict a, const T* __restrict b, T* __restrict child, std::size_t count,
                 std::uint32_t word, std::size_t first) noexcept {
    const std::uint32_t* const bits = bit_of_position.data() + first;
    for (std::size_t k = 0; k < count; ++k) {
        const auto mask = static_cast<BitsOf<T>>((word & bits[k]) != 0 ? 0xffffffffU : 0U);
        const auto if_clear = std::bit_cast<BitsOf<T>>(a[k]);
        const auto if_set = std::bit_cast<BitsOf<T>>(b[k]);
        child[k] = std::bit_cast<T>(static_cast<BitsOf<T>>((if_clear & ~mask) | (if_set & mask)));
    }
}

void average_each(const float* __restrict a, const float* __restrict b, float* __restrict child,
                  std::size_t count) noexcept {
    for (std::size_t k = 0; k < count; ++k) child[k] = 0.5F * (a[k] + b[k]);
}

void both_each(const std::uint8_t* __restrict a, const std::uint8_t* __restrict b, std::uint8_t* __restrict child,
               std::size_t count) noexcept {
    for (std::size_t k = 0; k < count; ++k) child[k] = a[k] & b[k];
}

/// Calls visit(value) for each value that is 0, in order. They are found by their bits: a branch for each value would be
/// predicted wrong at most of them.
template <class Visit>
void for_zeros(std::uint8_t* values, std::size_t count, const Visit& visit) {
    for (std::size_t begin = 0; begin < count; begin += 64) {
        std::uint64_t zeros = 0;
        for (std::size_t k = 0; k < std::min<std::size_t>(64, count - begin); ++k) {
            zeros |= std::uint64_t{values[begin + k] == 0 ? 1U : 0U} << k;
        }
        for (; zeros != 0; zeros &= zeros - 1) visit(values[begin + static_cast<std::size_t>(std::countr_zero(zeros))]);
    }
}

/// Calls matching(i, j, count) for each run of keys that two sorted lists share, and only(i) for each that the first
/// alone has, in order.
template <class Key, class Matching, class Only>
void align(std::span<const Key> first, std::span<const Key> second, const Matching& matching, const Only& only) {
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < first.size() && j < second.size()) {
        std::size_t count = 0;
        const std::size_t most = std::min(first.size() - i, second.size() - j);
        while (count < most && first[i + count] == second[j + count]) ++count;
        if (count > 0) {
            matching(i, j, count);
            i += count;
            j += count;
        } else if (first[i] < second[j]) {
            only(i++);
        } else {
            ++j;
        }
    }
    for (; i < first.size(); ++i) only(i);
}

/// Calls body(done, part) for the parts of positions [begin, begin + count) that share a word of coins.
template <class Body>
void for_words(std::size_t begin, std::size_t count, const Body& body) {
    for (std::size_t done = 0; done < count;) {
        const std::size_t part = std::min(count - done, Coins::per_word - (begin + done) % Coins::per_word);
        body(done, part);
        done += part;
    }
}

template <class T>
void copy_column(std::span<const T> from, std::span<T> to) {
    std::copy(from.begin(), from.end(), to.begin());
}

void copy_attributes(const AttributeView& from, const NodeMarks& left_out, const AttributeRows& to) {
    visit_node_attributes(
        [](const GeneColumn&, bool left, auto source, auto target) {
            if (!left) copy_column(source, target);
        },
        left_out, from, to);
    visit_connection_attributes([](const GeneColumn&, auto source, auto target) { copy_column(source, target); }, from,
                                to);
}

/// The genomes that a child is crossed from. Those of one topology match gene by gene, without a look at their structure.
struct Parents {
    AttributeView primary;
    AttributeView other;
    TopologyView topology;  // of the primary
    TopologyView other_topology;
    bool alike = false;
};

/// Matching connections: weight of either parent (or the mean); disabled by the 75 % rule if disabled in either.
void cross_connections(const Parents& parents, bool average, double disable, Stream& random,
                       const AttributeRows& rows) {
    const AttributeView& primary = parents.primary;
    const AttributeView& other = parents.other;
    Coins coins(random);
    const auto cross_weights = [&](std::size_t i, std::size_t j, std::size_t count) {
        const float* const a = primary.weight.data() + i;
        const float* const b = other.weight.data() + j;
        float* const child = rows.weight.data() + i;
        if (average) return average_each(a, b, child, count);
        for_words(i, count, [&](std::size_t done, std::size_t part) {
            const std::size_t at = i + done;
            choose_each(a + done, b + done, child + done, part, coins.word_for(at), at % Coins::per_word);
        });
    };
    const auto matching = [&](std::size_t i, std::size_t j, std::size_t count) {
        cross_weights(i, j, count);
        std::uint8_t* const child = rows.enabled.data() + i;
        both_each(primary.enabled.data() + i, other.enabled.data() + j, child, count);
        for_zeros(child, count, [&](std::uint8_t& enabled) { enabled = random.bernoulli(disable) ? 0 : 1; });
    };
    if (parents.alike) return matching(0, 0, primary.weight.size());
    align(parents.topology.innovation, parents.other_topology.innovation, matching, [&](std::size_t i) {
        rows.weight[i] = primary.weight[i];
        rows.enabled[i] = primary.enabled[i];
    });
}

/// Matching nodes: the whole row of either parent, or the mean of its numbers with the functions of the primary.
void cross_nodes(const Parents& parents, bool average, const NodeMarks& left_out, Stream& random,
                 const AttributeRows& rows) {
    const AttributeView& primary = parents.primary;
    const AttributeView& other = parents.other;
    Coins coins(random);
    const auto average_run = [&](std::size_t i, std::size_t j, std::size_t count) {
        visit_node_numbers(
            [&](const GeneColumn&, bool left, auto a, auto b, auto child) {
                if (!left) average_each(a.data() + i, b.data() + j, child.data() + i, count);
            },
            left_out, primary, other, rows);
        visit_node_functions(
            [&](const GeneColumn&, bool left, auto a, auto child) {
                if (!left) std::copy_n(a.data() + i, count, child.data() + i);
            },
            left_out, primary, rows);
    };
    const auto choose_run = [&](std::size_t i, std::size_t j, std::size_t count) {
        const std::uint32_t word = coins.word_for(i);
        visit_node_attributes(
            [&](const GeneColumn&, bool left, auto a, auto b, auto child) {
                if (left) return;
                choose_each(a.data() + i, b.data() + j, child.data() + i, count, word, i % Coins::per_word);
            },
            left_out, primary, other, rows);
    };
    const auto matching = [&](std::size_t i, std::size_t j, std::size_t count) {
        if (average) return average_run(i, j, count);
        for_words(i, count, [&](std::size_t done, std::size_t part) { choose_run(i + done, j + done, part); });
    };
    if (parents.alike) return matching(0, 0, rows.bias.size());
    align(parents.topology.node_id, parents.other_topology.node_id, matching, [&](std::size_t i) {
        visit_node_attributes(
            [&](const GeneColumn&, bool left, auto from, auto to) {
                if (!left) to[i] = from[i];
            },
            left_out, primary, rows);
    });
}

/// Possible values have no means in between: then every gene is one of the two.
bool has_means(const GenomeParams& genome) {
    bool means = true;
    const auto look = [&](const GeneColumn&, const AttributeParams& params) {
        means = means && params.distribution != Distribution::choice;
    };
    visit_connection_numbers(look, genome);
    visit_node_numbers(look, genome);
    return means;
}

}  // namespace

void inherit(const BreedingInput& input, const ChildPlan& plan, std::size_t child, const AttributeRows& rows,
             const NodeMarks& left_out) {
    const GenomeStore& population = input.population;
    const AttributeView primary = population.attributes(plan.primary);
    if (!plan.has(Operator::crossover)) return copy_attributes(primary, left_out, rows);
    const std::uint32_t topology = population.topology_of(plan.primary);
    const std::uint32_t other = population.topology_of(plan.secondary);
    const Parents parents{primary, population.attributes(plan.secondary), population.topologies()[topology],
                          population.topologies()[other], topology == other};
    const bool average = plan.has(Operator::average) && has_means(input.genome);
    Stream random({input.seed, input.generation, Purpose::inherit}, child);
    cross_connections(parents, average, input.evolution.crossover.disable_probability, random, rows);
    cross_nodes(parents, average, left_out, random, rows);
}

GenomeView inherited_genome(const BreedingInput& input, const ChildPlan& plan, std::size_t child,
                            GenomeStore& scratch) {
    const GenomeSize size = input.population.size_of(plan.primary);
    scratch.place({&size, 1});
    inherit(input, plan, child, scratch.attributes(0));
    GenomeView genome = input.population[plan.primary];
    const auto take = [](const GeneColumn&, auto& column, const auto& own) { column = own; };
    const AttributeView own = std::as_const(scratch).attributes(0);
    visit_node_attributes(take, genome, own);
    visit_connection_attributes(take, genome, own);
    return genome;
}

}  // namespace clade
