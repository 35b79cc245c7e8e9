#include <clade/experiment/run/score_stage.hpp>

#include <clade/core/genome/genome_io.hpp>
#include <clade/evaluation/scoring/score_check_internal.hpp>
#include <clade/experiment/run/scoring_file.hpp>

#include <algorithm>
#include <array>
#include <exception>
#include <string>

namespace clade {
namespace {

constexpr std::size_t most_told = 3;  // failures in a message

std::string genome_text(std::uint32_t generation, std::uint64_t population, const GenomeFailure& failure) {
    return "genome " + std::to_string(raw(genome_id(generation, population, failure.genome))) + ": " + failure.message;
}

/// A fitness that is not finite is the task's own verdict: it is told with the rest alone.
void tell_failed(MessageLog& messages, std::uint32_t generation, std::uint64_t population,
                 const std::vector<GenomeFailure>& failures) {
    std::string text = "generation " + std::to_string(generation) + ": " + std::to_string(failures.size()) +
                       (failures.size() == 1 ? " genome" : " genomes") + " failed (" + failure_kinds_text(failures) +
                       ')';
    std::size_t told = 0;
    for (const GenomeFailure& failure : failures) {
        if (failure.kind == FailureKind::not_finite || told == most_told) continue;
        text += (told++ == 0 ? ": " : "; ") + genome_text(generation, population, failure);
    }
    told == 0 ? messages.debug(text) : messages.warning(text);
}

std::size_t files_in(const std::filesystem::path& folder) {
    std::error_code ignored;
    std::size_t count = 0;
    for (auto entry = std::filesystem::directory_iterator(folder, ignored);
         !ignored && entry != std::filesystem::directory_iterator(); entry.increment(ignored)) {
        if (entry->path().extension() == ".json") ++count;
    }
    return count;
}

std::string generation_place(const Engine& engine) {
    return "generation " + std::to_string(engine.evolver->generation()) + ", task '" + engine.task->traits().name +
           "': ";
}

/// Adds generation and task to what a task's own scorer threw, which is nested. @pre called while it is handled.
[[noreturn]] void rethrow_placed(const Engine& engine) {
    const std::string place = generation_place(engine);
    try {
        throw;
    } catch (const Cancelled&) {
        throw;
    } catch (const LogicError&) {
        throw;
    } catch (const ScoringError& error) {
        std::throw_with_nested(ScoringError(place + error.what(), error.failure()));
    } catch (const std::exception& error) {
        std::throw_with_nested(Error(place + error.what()));
    } catch (...) {
        std::throw_with_nested(Error(place + "unknown exception"));
    }
}

/// Throws Error where a task's own scorer broke its promises.
void check_scores(const Engine& engine, const ScoreTable& scores) {
    const std::string missing = missing_in(scores, engine.task->traits(), engine.evolver->population().size());
    if (!missing.empty()) throw Error(generation_place(engine) + "its scorer " + missing);
}

/// The generation as a whole, for a task that scores it so.
void score_together(Engine& engine, MessageLog& messages, bool retry, ScoreTable& scores) {
    ScoringSlot* const slot = engine.slots.empty() ? nullptr : engine.slots.data();
    const auto score = [&] {
        if (slot != nullptr) slot->begin(engine.evolver->generation(), whole_generation);
        try {
            engine.scorer->score(engine.evolver->ask(), scores);
        } catch (...) {
            if (slot != nullptr) slot->end();
            throw;
        }
        if (slot != nullptr) slot->end();
    };
    try {
        score();
        return;
    } catch (const std::exception& error) {
        const bool of_program = dynamic_cast<const LogicError*>(&error) != nullptr;
        if (!retry || of_program || dynamic_cast<const Cancelled*>(&error) != nullptr) throw;
        messages.warning("generation " + std::to_string(engine.evolver->generation()) +
                         " could not be scored, and is scored once more: " + error.what());
    }
    scores.failures.clear();
    score();
}

}  // namespace

std::string failure_kinds_text(const std::vector<GenomeFailure>& failures) {
    std::array<std::size_t, EnumNames<FailureKind>::names.size()> counts{};
    for (const GenomeFailure& failure : failures) ++counts[static_cast<std::size_t>(failure.kind)];
    std::string text;
    for (std::size_t kind = 0; kind < counts.size(); ++kind) {
        if (counts[kind] == 0) continue;
        text += (text.empty() ? "" : ", ") + std::to_string(counts[kind]) + ' ' +
                std::string(EnumNames<FailureKind>::names[kind]);
    }
    return text;
}

void score_generation(Engine& engine, const FailureOutput& output, ScoreTable& scores) {
    scores.failures.clear();  // a scorer of the user's own need not know of them
    if (engine.scores_together) {
        const bool retry = output.config.evaluation.failure.on_failure == OnFailure::retry;
        try {
            score_together(engine, output.messages, retry, scores);
        } catch (...) {
            rethrow_placed(engine);
        }
        return check_scores(engine, scores);
    }
    try {
        engine.scorer->score(engine.evolver->ask(), scores);
    } catch (const ScoringError& error) {
        const Evolver& evolver = *engine.evolver;
        keep_failed(output, evolver.population(), evolver.generation(), {error.failure()}, evolver.setup().functions);
        const GenomeId id = evolver.id_of(evolver.generation(), error.failure().genome);
        output.messages.warning("position " + std::to_string(error.failure().genome) + " is genome " +
                                std::to_string(raw(id)) +
                                "; to score it alone: " + replay_command(engine.program, output.folder, id));
        throw;
    }
}

void keep_failed(const FailureOutput& output, const GenomeStore& genomes, std::uint32_t generation,
                 const std::vector<GenomeFailure>& failures, const FunctionSet& functions) {
    if (failures.empty()) return;
    tell_failed(output.messages, generation, genomes.size(), failures);
    const auto limit = static_cast<std::size_t>(output.config.log.failed_genomes);
    std::size_t kept = files_in(output.folder.failed());
    if (kept >= limit) return;
    std::filesystem::create_directories(output.folder.failed());
    for (const GenomeFailure& failure : failures) {
        const GenomeId id = genome_id(generation, genomes.size(), failure.genome);
        const std::filesystem::path file = output.folder.failed_genome(generation, id);
        if (!std::filesystem::exists(file)) ++kept;
        replace_file(file, genome_to_json(genomes, failure.genome, output.config.genome.network, functions));
        if (kept < limit) continue;
        output.messages.info(output.folder.failed().string() + " holds " + std::to_string(kept) +
                             " genomes: no more are kept (log.failed_genomes)");
        return;
    }
}

}  // namespace clade
