#include <clade/experiment/replay/verify_replay.hpp>

#include <clade/core/fields.hpp>
#include <clade/core/genome/genome_io.hpp>
#include <clade/core/special_values_internal.hpp>
#include <clade/experiment/log/log_columns.hpp>
#include <clade/experiment/run/champion_choice.hpp>
#include <clade/experiment/run/refine_stage.hpp>

#include <algorithm>
#include <bit>
#include <concepts>
#include <limits>
#include <optional>

namespace clade {
namespace {

bool same(double a, double b) { return equal_or_nan(a, b); }
template <class T>
bool same(const T& a, const T& b) {
    return a == b;
}

/// Equal numbers, NaN among them.
template <class T>
bool same_columns(const std::vector<T>& a, const std::vector<T>& b) {
    return std::ranges::equal(a, b, [](const T& x, const T& y) { return same(x, y); });
}

std::string value_text(double value) { return number_text(value); }
std::string value_text(bool value) { return value ? "1" : "0"; }
std::string value_text(Digest value) { return to_hex(value); }
template <class T>
    requires std::integral<T> || std::is_enum_v<T>
std::string value_text(T value) {
    return std::to_string(static_cast<std::uint64_t>(value));
}

/// A run that is gone through once more.
class Replay {
public:
    Replay(const OpenedRun& run, const Vocabulary& vocabulary)
        : run_(run),
          functions_(vocabulary.functions),
          engine_(make_engine(run.config, vocabulary, logged_inputs(run.config, run.log))) {}

    LogFindings run() {
        for (const GenerationRow& logged : run_.log.generations()) {
            compare(logged, next());
            if (!findings_.empty()) break;
            evaluations_ = logged.evaluations_total;
        }
        if (findings_.empty()) compare_choice();
        return std::move(findings_);
    }

private:
    /// Scores, refines and tells as Experiment does.
    GenerationRow next() {
        engine_->scorer->score(engine_->evolver->ask(), scores_);
        RefineOutcome refinement;
        if (run_.config.refine.method != RefineMethod::none) {
            const std::uint64_t limit =
                run_.config.stop.evaluations.value_or(std::numeric_limits<std::uint64_t>::max());
            const std::uint64_t spent = evaluations_ + scores_.evaluated;
            refinement = refine_generation(*engine_, run_.config, scores_, limit - std::min(limit, spent));
        }
        try {
            engine_->evolver->tell(scores_);
        } catch (const ExtinctionError&) {  // it was the last generation
        }
        return make_generation_row(record(), scores_, {.refined = refinement.refined}, evaluations_);
    }

    void compare(const GenerationRow& logged, const GenerationRow& again) {
        generation_ = logged.generation;
        visit_generation_columns(
            [&](const LogColumn& column, const auto& a, const auto& b) {
                if (!same(a, b)) differs("generation", column.name, value_text(a), value_text(b));
            },
            logged, again);
        compare_species();
        compare_genomes();
        const std::string champion =
            genome_to_json(record().champion_genome, 0, run_.config.genome.network, functions_);
        if (run_.log.champion_json(generation_) != champion) differs("champion", "data", "one genome", "another");
    }

    void compare_species() {
        const std::vector<SpeciesRecord> logged = run_.log.species(generation_);
        const std::vector<SpeciesRecord>& again = record().species;
        for (std::size_t i = 0; i < std::min(logged.size(), again.size()); ++i) {
            visit_species_columns(
                [&](const LogColumn& column, const auto& a, const auto& b) {
                    if (!same(a, b)) differs("species", column.name, value_text(a), value_text(b));
                },
                logged[i], again[i]);
        }
    }

    void compare_genomes() {
        const auto check = [&](std::string_view column, const auto& logged, const auto& again) {
            if (same_columns(logged, again)) return;
            differs("chunk", "data", "one column '" + std::string(column) + "'", "another");
        };
        const std::vector<GenomeRow> genomes = run_.log.genomes(generation_);
        const auto logged = [&](auto member) {
            std::vector<std::uint64_t> values;
            for (const GenomeRow& genome : genomes) values.push_back(static_cast<std::uint64_t>(genome.*member));
            return values;
        };
        const auto again = [](const auto& values) { return std::vector<std::uint64_t>(values.begin(), values.end()); };
        check(chunk_columns.fitness.name, run_.log.fitness(generation_), record().genome_fitness);
        check(chunk_columns.species.name, logged(&GenomeRow::species), again(record().genome_species));
        check(chunk_columns.parent_a.name, logged(&GenomeRow::parent_a), again(record().parent_a));
        check(chunk_columns.parent_b.name, logged(&GenomeRow::parent_b), again(record().parent_b));
        check(chunk_columns.operators.name, logged(&GenomeRow::operators), again(record().operators));
        check(chunk_columns.merit.name, run_.log.merit(generation_), record().merit);
        const std::vector<ScoreColumn> columns = run_.log.score_columns(generation_);
        for (std::size_t i = 0; i < std::min(columns.size(), scores_.columns.size()); ++i) {
            check(columns[i].name, columns[i].values, scores_.columns[i].values);
        }
    }

    /// The choice of the champion depends on the log alone.
    void compare_choice() {
        const std::string logged = run_.log.get(champion_choice_key).value_or("");
        if (logged.empty()) return;
        std::optional<BestEver> solver;
        if (const auto row = solving_generation(run_.log)) {
            solver = {row->fitness.best, row->generation, row->champion, logged_champion(run_.log, *row, functions_)};
        }
        const auto chosen = choose_champion(*engine_, run_.config, run_.log, solver ? &*solver : nullptr);
        const std::string again = chosen ? choice_to_json(chosen->choice) : "nothing";
        if (again == logged) return;
        findings_.push_back(
            {{},
             "run",
             "value",
             "entry '" + std::string(champion_choice_key) + "' is " + logged + ", but chosen again, it is " + again});
    }

    void differs(std::string_view table, std::string_view column, const std::string& logged, const std::string& again) {
        findings_.push_back({generation_, std::string(table), std::string(column),
                             "the log has " + logged + ", the replay gives " + again});
    }
    [[nodiscard]] const GenerationRecord& record() const { return engine_->evolver->record(); }

    const OpenedRun& run_;
    const FunctionSet& functions_;
    std::unique_ptr<Engine> engine_;
    ScoreTable scores_;
    std::uint64_t evaluations_ = 0;
    std::uint32_t generation_ = 0;
    LogFindings findings_;
};

}  // namespace

LogFindings replay_run(const OpenedRun& run, const Vocabulary& vocabulary) { return Replay(run, vocabulary).run(); }

}  // namespace clade
