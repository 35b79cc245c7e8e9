#include <clade/evaluation/tasks/data/permutation_importance.hpp>

#include <clade/core/check.hpp>
#include <clade/core/error.hpp>
#include <clade/core/random/random.hpp>
#include <clade/evaluation/data/shuffle_internal.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <span>

namespace clade {
namespace {

/// 0..count - 1 in a random order that depends on seed, column and repetition.
std::vector<std::size_t> shuffled(std::size_t count, std::uint64_t seed, std::uint64_t stream) {
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    shuffle(order, Stream({seed, 0, Purpose::permutation}, stream));
    return order;
}

/// The inputs `first`..`first + count - 1` of each row are those of another row.
void permute(const Dataset& from, std::span<const std::size_t> order, std::size_t first, std::size_t count,
             Dataset& to) {
    for (std::size_t input = first; input < first + count; ++input) {
        for (std::size_t row = 0; row < order.size(); ++row) to.inputs(row, input) = from.inputs(order[row], input);
    }
}

ColumnImportance importance_of(const std::string& column, const std::vector<double>& losses) {
    const auto count = static_cast<double>(losses.size());
    double sum = 0.0;
    for (const double loss : losses) sum += loss;
    double squares = 0.0;
    for (const double loss : losses) squares += (loss - sum / count) * (loss - sum / count);
    return {column, sum / count, std::sqrt(squares / count)};
}

}  // namespace

PermutationImportance permutation_importance(const DataTask& task, Network& network, std::size_t repeats,
                                             std::uint64_t seed) {
    CLADE_CHECK(repeats > 0, "something is shuffled");
    const Dataset& rows = task.data().validation;
    if (rows.row_count() == 0) {
        throw Error("importance needs validation rows, and this task has none; set task.validation_fraction");
    }
    const double sign = task.traits().direction == FitnessDirection::maximise ? 1.0 : -1.0;
    PermutationImportance result{.fitness = task.fitness_on(network, rows)};
    Dataset permuted = rows;
    std::size_t first = 0;
    for (std::size_t c = 0; c < task.data().encodings.size(); ++c) {
        const ColumnEncoding& encoding = task.data().encodings[c];
        const std::size_t count = encoding.mean.size();
        std::vector<double> losses;
        for (std::size_t repeat = 0; repeat < repeats; ++repeat) {
            permute(rows, shuffled(rows.row_count(), seed, c * repeats + repeat), first, count, permuted);
            losses.push_back(sign * (result.fitness - task.fitness_on(network, permuted)));
        }
        std::vector<std::size_t> own(rows.row_count());
        std::iota(own.begin(), own.end(), std::size_t{0});
        permute(rows, own, first, count, permuted);
        result.columns.push_back(importance_of(encoding.name, losses));
        first += count;
    }
    return result;
}

}  // namespace clade
