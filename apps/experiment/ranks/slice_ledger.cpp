#include <clade/experiment/ranks/slice_ledger.hpp>

#include <clade/core/special_values_internal.hpp>

#include <algorithm>
#include <span>

namespace clade {
namespace {

void keep_scores(const SliceResult& result, std::span<const std::size_t> genomes, const SliceTarget& target) {
    const bool has_columns = target.episodes == nullptr || target.episodes->first == 0;
    for (std::size_t i = 0; i < genomes.size(); ++i) {
        target.scores.fitness[genomes[i]] = result.scores.fitness[i];
        for (std::size_t c = 0; has_columns && c < target.scores.columns.size(); ++c) {
            target.scores.columns[c].values[genomes[i]] = result.scores.columns[c].values[i];
        }
    }
    for (const GenomeFailure& failure : result.scores.failures) {
        const std::size_t genome = genomes[failure.genome];
        target.scores.failures.push_back({genome, failure.kind, failure.message});
        if (has_columns) continue;
        for (ScoreColumn& column : target.scores.columns) column.values[genome] = nan;  // as ThreadScorer has it
    }
}

void keep_returns(const SliceResult& result, std::span<const std::size_t> genomes, const SliceTarget& target) {
    const Episodes& episodes = *target.episodes;
    for (std::size_t i = 0; i < genomes.size(); ++i) {
        std::copy_n(result.returns.data() + i * episodes.count, episodes.count,
                    episodes.returns.data() + genomes[i] * target.all_episodes + episodes.first);
    }
}

}  // namespace

std::size_t SliceLedger::given_to(std::size_t rank) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(given_, [&](const auto& entry) { return entry.second.rank == rank; }));
}

SliceOrder SliceLedger::give(std::size_t rank, double cost, std::size_t least) {
    Given given{rank, plan_.cut(cost, least)};
    SliceOrder order{.id = next_id_++, .slice = slice_of(generation_, given.genomes)};
    given_.emplace(order.id, std::move(given));
    return order;
}

std::string SliceLedger::text_of(std::size_t rank) const {
    std::size_t count = 0;
    std::size_t first = generation_.genomes.size();
    for (const auto& [id, given] : given_) {
        if (given.rank != rank) continue;
        count += given.genomes.size();
        for (const std::size_t genome : given.genomes) first = std::min(first, generation_.place_of(genome));
    }
    return std::to_string(count) + (count == 1 ? " genome" : " genomes") + " of generation " +
           std::to_string(generation_.number) + ", the first at position " + std::to_string(first);
}

void SliceLedger::take_back(std::size_t rank) {
    std::erase_if(given_, [&](const auto& entry) {
        if (entry.second.rank != rank) return false;
        plan_.put_back(entry.second.genomes);
        return true;
    });
}

std::optional<double> SliceLedger::settle(const SliceResult& result, const SliceTarget& target) {
    const auto at = given_.find(result.id);
    if (at == given_.end()) return std::nullopt;
    const Given given = std::move(at->second);
    given_.erase(at);
    if (result.error) {
        note_failure(*result.error, given.rank);
        return std::nullopt;
    }
    check(result, given, target);
    double cost = 0.0;
    for (const std::size_t genome : given.genomes) cost += scoring_cost(generation_.genomes.size_of(genome));
    keep_scores(result, given.genomes, target);
    if (target.gradient != nullptr) keep_gradient(result, given, *target.gradient);
    if (target.episodes != nullptr) keep_returns(result, given.genomes, target);
    return cost;
}

/// Of several the one of lowest place counts, as in one process: genomes behind it need not be scored, those before it
/// must be. An error that is of no genome counts most.
void SliceLedger::note_failure(const SliceError& error, std::size_t rank) {
    const auto place = [](const SliceError& of) { return of.failure ? of.failure->genome + 1 : 0; };
    if (failure_ && place(failure_->error) <= place(error)) return;
    failure_ = Failure{error, rank};
    plan_.keep_if([&](std::size_t genome) { return generation_.place_of(genome) + 1 < place(error); });
}

/// Throws Error for a result of other sizes than those of its slice.
void SliceLedger::check(const SliceResult& result, const Given& given, const SliceTarget& target) const {
    const std::size_t count = given.genomes.size();
    bool sound = result.scores.fitness.size() == count && result.scores.columns.size() == target.scores.columns.size();
    for (const ScoreColumn& column : result.scores.columns) sound = sound && column.values.size() == count;
    for (const GenomeFailure& failure : result.scores.failures) sound = sound && failure.genome < count;
    if (target.episodes != nullptr) sound = sound && result.returns.size() == count * target.episodes->count;
    if (target.gradient != nullptr) {
        GenomeSize size;
        for (const std::size_t genome : given.genomes) {
            size.nodes += generation_.genomes.size_of(genome).nodes;
            size.connections += generation_.genomes.size_of(genome).connections;
        }
        sound = sound && result.gradient.bias.size() == size.nodes && result.gradient.weight.size() == size.connections;
    }
    if (!sound) {
        throw Error("generation " + std::to_string(generation_.number) + ": rank " + std::to_string(given.rank) +
                    " returned scores that do not fit its genomes; do all ranks run the same program?");
    }
}

/// Rows of a slice lie as those of its genomes, one genome after the other.
void SliceLedger::keep_gradient(const SliceResult& result, const Given& given, PopulationGradient& gradient) const {
    const GenomeStore& genomes = generation_.genomes;
    auto bias = result.gradient.bias.begin();
    auto weight = result.gradient.weight.begin();
    for (const std::size_t genome : given.genomes) {
        const GenomeSize size = genomes.size_of(genome);
        std::copy_n(bias, size.nodes, gradient.bias.begin() + static_cast<std::ptrdiff_t>(genomes.node_begin(genome)));
        std::copy_n(weight, size.connections,
                    gradient.weight.begin() + static_cast<std::ptrdiff_t>(genomes.connection_begin(genome)));
        bias += size.nodes;
        weight += size.connections;
    }
}

}  // namespace clade
