#include <clade/evaluation/conformance/scorer_check_internal.hpp>

#include <clade/core/special_values_internal.hpp>
#include <clade/evaluation/conformance/probe_genome_internal.hpp>
#include <clade/evaluation/conformance/rule_book_internal.hpp>
#include <clade/evaluation/scoring/score_check_internal.hpp>

#include <cmath>

namespace clade {
namespace {

constexpr std::size_t probe_count = 6;

/// Feed-forward networks of the declared sizes.
GenomeStore probe_genomes(const TaskTraits& traits) {
    GenomeStore genomes = probe_genome(traits, 0, probe_activation(traits)).store;
    while (genomes.size() < probe_count) {
        genomes.append(probe_genome(traits, 2 * genomes.size(), probe_activation(traits)).store[0]);
    }
    return genomes;
}

class ScorerChecker {
public:
    explicit ScorerChecker(const PopulationTask& task) : task_(task) {}

    TaskCheck run() {
        if (declares() && makes() && scores()) repeats();
        return rules_.take();
    }

private:
    bool declares() { return traits_make_sense(rules_, task_.traits()); }

    bool makes() {
        return rules_.holds("make_scorer() makes a scorer", "return a Scorer", [&]() -> std::string {
            (void)make();
            return "";
        });
    }

    /// Scores the generation that all others are compared with.
    bool scores() {
        genomes_ = probe_genomes(task_.traits());
        const bool complete =
            rules_.holds("a scorer sets fitness, columns and evaluated",
                         "begin score() with scores = {}, then fill every member", [&]() -> std::string {
                             expected_ = scored(*make(), 2, 1);
                             return missing_in(expected_, task_.traits(), probe_count);
                         });
        return complete &&
               rules_.holds("networks of the declared sizes get a finite fitness",
                            "keep what is divided by from 0, and catch what may fail", [&]() -> std::string {
                                for (const double fitness : expected_.fitness) {
                                    if (!std::isfinite(fitness)) return "fitness " + number_text(fitness);
                                }
                                return "";
                            });
    }

    void repeats() {
        rules_.holds("equal generations give equal scores",
                     "take all randomness from the generation's seed and number (core/random/random.hpp)",
                     [&] { return other_than_expected(*make()); });
        rules_.holds("a scorer carries nothing over", "begin score() by resetting every member that it changes", [&] {
            const auto scorer = make();
            (void)scored(*scorer, 3, 4);
            return other_than_expected(*scorer);
        });
        rules_.holds("scores are the same for any number of threads", "write to one slot per genome, and sum in order",
                     [&] { return other_than_expected(*make(2)); });
    }

    [[nodiscard]] std::unique_ptr<Scorer> make(int threads = 1) const {
        auto scorer = task_.make_scorer(Parallel(threads));
        if (!scorer) throw Error("make_scorer() returned null");
        return scorer;
    }

    ScoreTable scored(Scorer& scorer, std::uint32_t number, std::uint64_t seed) const {
        ScoreTable scores;
        scorer.score({.genomes = genomes_, .number = number, .seed = seed}, scores);
        return scores;
    }

    [[nodiscard]] std::string other_than_expected(Scorer& scorer) const {
        const ScoreTable again = scored(scorer, 2, 1);
        if (std::string missing = missing_in(again, task_.traits(), probe_count); !missing.empty()) return missing;
        const auto compare = [](const std::string& what, const std::vector<double>& a, const std::vector<double>& b) {
            for (std::size_t i = 0; i < a.size(); ++i) {
                if (!equal_or_nan(a[i], b[i])) return what + " " + differing(a[i], b[i]);
            }
            return std::string();
        };
        std::string other = compare("fitness", expected_.fitness, again.fitness);
        for (std::size_t c = 0; c < again.columns.size() && other.empty(); ++c) {
            other = compare(again.columns[c].name, expected_.columns[c].values, again.columns[c].values);
        }
        return other;
    }

    const PopulationTask& task_;
    GenomeStore genomes_;
    ScoreTable expected_;
    RuleBook rules_;
};

}  // namespace

TaskCheck check_scorer(const PopulationTask& task) { return ScorerChecker(task).run(); }

}  // namespace clade
