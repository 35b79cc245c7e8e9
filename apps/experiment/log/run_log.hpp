// The log of a run: one SQLite file, one transaction a generation, readable with the sqlite3 program.
//
//   run         (key, value)                 name, seed, version, resolved configuration, outcome, ...
//   generation  one row a generation         fitness, complexity, species count, evaluations, digest
//   stage       one row a stage, generation  seconds
//   species     one row a species and generation
//   champion    one row a generation         the best genome as JSON
//   measure     one row a number measured of a champion to say whether it solves the task, e.g. on held-out episodes
//   statistic   one row a number of a generation that the program's own hook gave (experiment_observer.hpp)
//   refinement  one row a genome whose weights were to be improved: its fitness before and after, what that cost, and
//               the weights found
//   race        one row a round of a generation's race: genomes that played, episodes that each of them played
//   chunk       one row a column and generation: a value a genome, compressed (codec 'zstd'); little-endian numbers
//
// Views for people: fitness_over_generations, complexity_over_generations, species_lifetimes, champions,
// seconds_by_stage, seconds_over_generations, bytes_by_column. `.schema` tells the meaning of each column, and the run
// table's 'format' entry how chunks are packed.
//
// One process writes, any number read meanwhile. A writer that is killed leaves every generation that it had appended;
// the next who opens the file needs nothing else. A log that was closed in good order is a single file.
//
// Every function throws Error with the file if it cannot be read or written, FormatError if it is damaged.
#pragma once

#include <clade/evaluation/scoring/batch_evaluator.hpp>
#include <clade/evaluation/scoring/racing.hpp>
#include <clade/evolution/generation_record.hpp>
#include <clade/evolution/refine/refinement.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clade {

/// What the log holds of one generation beside the record of the evolver.
struct GenerationDetails {
    EvaluationCount evaluations;
    std::map<std::string, double, std::less<>> seconds{};  ///< by stage: evaluate, speciate, plan, innovate, write, ...
    std::span<const GenomeValues> values{};                ///< what the task found beside the fitness
    std::span<const RefinedGenome> refined{};              ///< whose evaluations are part of `evaluations`
    std::vector<Measure> measures{};    ///< what was measured of the champion to say whether it solves the task
    std::span<const RaceRound> race{};  ///< empty without racing
    std::vector<Measure> statistics{};  ///< of the program's own hook; names differ
};

/// One row of the generation table.
struct GenerationRow {
    std::uint32_t generation = 0;
    FitnessSummary fitness;
    Complexity complexity;
    std::uint32_t species_count = 0;
    double threshold = 0.0;
    std::uint64_t population = 0;  ///< genomes
    std::uint64_t evaluated = 0;   ///< networks scored in this generation
    std::uint64_t reused = 0;
    std::uint64_t evaluations_total = 0;    ///< networks scored up to and with this generation
    std::uint64_t refined_evaluations = 0;  ///< those of `evaluated` that refinement took
    std::uint64_t failed_count = 0;
    bool restarted = false;
    std::map<std::string, double, std::less<>> seconds;
    std::vector<Measure> statistics;  ///< of the program's own hook, by name
    GenomeId champion{};
    std::uint64_t digest = 0;
    std::uint64_t episodes_played = 0;  ///< in the generation's race; 0 without racing
    std::uint64_t episodes_saved = 0;   ///< that genomes which had dropped out did not play
};

/// One genome's row, put together from the chunks.
struct GenomeRow {
    GenomeId id{};
    std::uint32_t generation = 0;
    std::uint64_t index = 0;
    double fitness = 0.0;
    SpeciesId species{};
    GenomeId parent_a{};
    GenomeId parent_b{};
    std::uint16_t operators = 0;
};

/// For one thread at a time.
class RunLog {
public:
    enum class Mode { create, append, read };

    /// Throws Error if the file exists (create), is missing, is no run log, is of another version, or is damaged.
    RunLog(const std::filesystem::path& file, Mode mode);
    ~RunLog();
    RunLog(RunLog&& other) noexcept;
    RunLog& operator=(RunLog&& other) noexcept;
    RunLog(const RunLog&) = delete;
    RunLog& operator=(const RunLog&) = delete;

    /// Replaces an entry of the run table.
    void set(std::string_view key, std::string_view value);
    [[nodiscard]] std::optional<std::string> get(std::string_view key) const;
    [[nodiscard]] std::map<std::string, std::string, std::less<>> all_entries() const;

    /// Writes a generation in one transaction; if it throws, nothing was written.
    /// Throws Error unless the generation follows the last one, 0 being the first: two programs may write to one run.
    void append(const GenerationRecord& record, const GenerationDetails& details, std::string_view champion_json);

    [[nodiscard]] std::vector<GenerationRow> generations() const;
    [[nodiscard]] std::optional<GenerationRow> generation(std::uint32_t generation) const;
    [[nodiscard]] std::optional<GenerationRow> last_generation() const;

    /// Ordered by id, that is by age. Empty if there is no such generation.
    [[nodiscard]] std::vector<SpeciesRecord> species(std::uint32_t generation) const;

    /// Every generation's record of one species, with the generation. Ordered by generation.
    [[nodiscard]] std::vector<std::pair<std::uint32_t, SpeciesRecord>> species_history(SpeciesId id) const;
    [[nodiscard]] std::optional<std::string> champion_json(std::uint32_t generation) const;

    /// What was measured of a generation's champion to say whether it solves the task; empty if nothing was.
    [[nodiscard]] std::vector<Measure> measures(std::uint32_t generation) const;

    /// The fitness of every genome of a generation, as it was told to the evolver. Throws Error if there is no such
    /// generation, FormatError with generation and column if the values are damaged.
    [[nodiscard]] std::vector<double> fitness(std::uint32_t generation) const;
    [[nodiscard]] std::vector<GenomeRow> genomes(std::uint32_t generation) const;

    /// What the task found beside the fitness, in the order of the names. Throws as fitness() does.
    [[nodiscard]] std::vector<GenomeValues> values(std::uint32_t generation) const;

    /// The genomes of a generation whose weights were to be improved, by position; empty if there are none. Throws
    /// FormatError if weights are damaged.
    [[nodiscard]] std::vector<RefinedGenome> refined(std::uint32_t generation) const;

    /// The rounds of a generation's race, in their order; empty without racing. Throws FormatError if they are damaged.
    [[nodiscard]] std::vector<RaceRound> race(std::uint32_t generation) const;

private:
    struct Database;
    std::unique_ptr<Database> database_;
};

}  // namespace clade
