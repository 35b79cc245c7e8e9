#include <clade/evolution/crossover.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

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

/// `b` where the mask is all ones, `a` where it is 0. A branch would be predicted wrong half the time.
float choose(std::uint32_t mask, float a, float b) noexcept {
    return std::bit_cast<float>((std::bit_cast<std::uint32_t>(a) & ~mask) | (std::bit_cast<std::uint32_t>(b) & mask));
}

constexpr auto bit_of_position = [] {
    std::array<std::uint32_t, Coins::per_word> bits{};
    for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = 1U << i;
    return bits;
}();

/// child[k] is b[k] where bit `first + k` of `word` is set, else a[k]. @pre first + count <= 32.
void choose_each(const float* __restrict a, const float* __restrict b, float* __restrict child, std::size_t count,
                 std::uint32_t word, std::size_t first) noexcept {
    const std::uint32_t* const bits = bit_of_position.data() + first;
    for (std::size_t k = 0; k < count; ++k) {
        const std::uint32_t mask = (word & bits[k]) != 0 ? 0xffffffffU : 0U;
        child[k] = choose(mask, a[k], b[k]);
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

std::uint8_t* find_disabled(std::uint8_t* begin, const std::uint8_t* end) noexcept {
    return static_cast<std::uint8_t*>(std::memchr(begin, 0, static_cast<std::size_t>(end - begin)));
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

template <class T>
void copy_column(std::span<const T> from, std::span<T> to) {
    std::copy(from.begin(), from.end(), to.begin());
}

/// Matching connections: weight of either parent (or the mean); disabled by the 75 % rule if disabled in either.
void cross_connections(const GenomeView& primary, const GenomeView& other, bool average, double disable, Stream& random,
                       const GenomeRows& rows) {
    copy_column(primary.innovation, rows.innovation);
    copy_column(primary.source, rows.source);
    copy_column(primary.target, rows.target);
    Coins coins(random);
    const auto cross_weights = [&](std::size_t i, std::size_t j, std::size_t count) {
        const float* const a = primary.weight.data() + i;
        const float* const b = other.weight.data() + j;
        float* const child = rows.weight.data() + i;
        if (average) return average_each(a, b, child, count);
        for (std::size_t done = 0; done < count;) {
            const std::size_t bit = (i + done) % Coins::per_word;
            const std::size_t part = std::min(count - done, Coins::per_word - bit);
            choose_each(a + done, b + done, child + done, part, coins.word_for(i + done), bit);
            done += part;
        }
    };
    const auto matching = [&](std::size_t i, std::size_t j, std::size_t count) {
        cross_weights(i, j, count);
        const std::span<std::uint8_t> child = rows.enabled.subspan(i, count);
        both_each(primary.enabled.data() + i, other.enabled.data() + j, child.data(), count);
        // Few genes are disabled in a parent: memchr() skips the others many at a time.
        for (auto* at = child.data(); (at = find_disabled(at, child.data() + count)) != nullptr; ++at) {
            *at = random.bernoulli(disable) ? 0 : 1;
        }
    };
    align(primary.innovation, other.innovation, matching, [&](std::size_t i) {
        rows.weight[i] = primary.weight[i];
        rows.enabled[i] = primary.enabled[i];
    });
}

NodeGene mean_of(NodeGene a, const NodeGene& b) {
    a.bias = 0.5F * (a.bias + b.bias);
    a.response = 0.5F * (a.response + b.response);
    a.time_constant = 0.5F * (a.time_constant + b.time_constant);
    return a;
}

NodeGene chosen_of(NodeGene a, const NodeGene& b, bool take_b) {
    const std::uint32_t mask = take_b ? 0xffffffffU : 0U;
    a.bias = choose(mask, a.bias, b.bias);
    a.response = choose(mask, a.response, b.response);
    a.time_constant = choose(mask, a.time_constant, b.time_constant);
    a.activation = take_b ? b.activation : a.activation;
    a.aggregation = take_b ? b.aggregation : a.aggregation;
    return a;
}

/// Matching nodes: the whole row of either parent, or the mean of its numbers.
void cross_nodes(const GenomeView& primary, const GenomeView& other, bool average, Stream& random,
                 const GenomeRows& rows) {
    Coins coins(random);
    const auto matching = [&](std::size_t i, std::size_t j, std::size_t count) {
        for (const std::size_t end = i + count; i < end; ++i, ++j) {
            const NodeGene a = primary.node(i);
            const NodeGene b = other.node(j);
            const bool take_b = !average && (coins.word_for(i) & bit_of_position[i % Coins::per_word]) != 0;
            set_node(rows, i, average ? mean_of(a, b) : chosen_of(a, b, take_b));
        }
    };
    align(primary.node_id, other.node_id, matching, [&](std::size_t i) { set_node(rows, i, primary.node(i)); });
}

/// Possible values have no means in between: then every gene is one of the two.
bool has_means(const GenomeParams& genome) {
    const auto has_choices = [](const AttributeParams& p) { return p.distribution == Distribution::choice; };
    return !has_choices(genome.weight) && !has_choices(genome.bias) && !has_choices(genome.response) &&
           !has_choices(genome.time_constant);
}

}  // namespace

void inherit(const BreedingInput& input, const ChildPlan& plan, std::size_t child, const GenomeRows& rows) {
    const GenomeView primary = input.population[plan.primary];
    if (!plan.has(Operator::crossover)) {
        copy_genome(primary, rows);
        return;
    }
    const GenomeView other = input.population[plan.secondary];
    const bool average = plan.has(Operator::average) && has_means(input.genome);
    Stream random({input.seed, input.generation, Purpose::inherit}, child);
    cross_connections(primary, other, average, input.evolution.crossover.disable_probability, random, rows);
    cross_nodes(primary, other, average, random, rows);
}

}  // namespace clade
