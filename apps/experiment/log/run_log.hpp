// The log of a run: one SQLite file, one transaction per generation, readable with the sqlite3 program.
//
//   run         (key, value)                 name, seed, version, resolved configuration, outcome, ...
//   generation  one row a generation         fitness, complexity, species count, evaluations, digest, time of each stage
//   species     one row a species and generation
//   champion    the best genome, where its genes are other than in the generation before
//   measure     one row a number measured of a champion to say whether it solves the task, e.g. on held-out episodes
//   statistic   one row a number of a generation that the program's own hook gave (experiment_observer.hpp)
//   refinement  one row a genome whose weights were to be improved: its fitness before and after, what that cost, and
//               the weights found
//   race        one row a round of a generation's race: genomes that played, episodes that each of them played
//   failure     one row a genome that could not be scored, and why
//   chunk       one row a column and some generations: a value a genome, compressed; single generations at first, packed
//               together as soon as there are enough
//
// Views for people: fitness_over_generations, complexity_over_generations, species_lifetimes, champions, stage,
// seconds_by_stage, seconds_over_generations, digest_over_generations, bytes_by_column. `.schema` tells the meaning of
// each column, and the run table's 'format' entry how chunks and champions are packed.
//
// Every value is covered by a digest, and the generations form a chain of them (log_digest_internal.hpp).
//
// One process writes, any number read meanwhile. A writer that is killed leaves every generation that it had appended;
// the next who opens the file needs nothing else. A log that was closed in good order is a single file.
//
// Every function throws Error with the file if it cannot be read or written, FormatError if it is damaged.
#pragma once

#include <clade/experiment/log/generation_row.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clade {

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
    enum class Mode { append, read };

    /// Throws Error if the file is missing, is no run log, is of another version, or is damaged.
    RunLog(const std::filesystem::path& file, Mode mode);

    /// A new log with these entries, to append to: a kill leaves no file of that name, or one with all of them. Throws
    /// Error if the file exists.
    [[nodiscard]] static RunLog create(const std::filesystem::path& file, const RunEntries& entries = {});
    ~RunLog();
    RunLog(RunLog&& other) noexcept;
    RunLog& operator=(RunLog&& other) noexcept;
    RunLog(const RunLog&) = delete;
    RunLog& operator=(const RunLog&) = delete;

    /// Replaces entries of the run table, all or none of them. Those that the log was created with never change, but
    /// `config`.
    void set(const RunEntries& entries);
    void set(std::string_view key, std::string_view value);
    [[nodiscard]] std::optional<std::string> get(std::string_view key) const;
    [[nodiscard]] RunEntries all_entries() const;

    /// Writes a generation in one transaction and gives its row; if it throws, nothing was written.
    /// Throws Error unless the generation follows the last one, 0 being the first: two programs may write to one run.
    GenerationRow append(const GenerationRecord& record, const ScoreTable& scores, const GenerationNotes& notes);

    /// The end of the chain of digests over all that was appended.
    [[nodiscard]] Digest chain() const;

    [[nodiscard]] std::vector<GenerationRow> generations() const;
    [[nodiscard]] std::optional<GenerationRow> generation(std::uint32_t generation) const;
    [[nodiscard]] std::optional<GenerationRow> last_generation() const;

    /// Ordered by id, that is by age. Empty if there is no such generation.
    [[nodiscard]] std::vector<SpeciesRecord> species(std::uint32_t generation) const;

    /// Every generation's record of one species, with the generation. Ordered by generation.
    [[nodiscard]] std::vector<std::pair<std::uint32_t, SpeciesRecord>> species_history(SpeciesId id) const;

    /// The champion as genome_to_json() writes it; nothing if there is no such generation. Throws FormatError if it is
    /// damaged.
    [[nodiscard]] std::optional<std::string> champion_json(std::uint32_t generation) const;

    /// The measures by which a generation's champion was judged; empty if there are none.
    [[nodiscard]] std::vector<Measure> measures(std::uint32_t generation) const;

    /// The fitness of every genome of a generation, as given to the evolver. Throws Error if there is no such
    /// generation, FormatError with generation and column if the values are damaged.
    [[nodiscard]] std::vector<double> fitness(std::uint32_t generation) const;

    /// The merit of selection; empty if that was fitness. Throws as fitness() does.
    [[nodiscard]] std::vector<double> merit(std::uint32_t generation) const;
    [[nodiscard]] std::vector<GenomeRow> genomes(std::uint32_t generation) const;

    /// The scores besides fitness, in the order of their columns. Throws as fitness() does.
    [[nodiscard]] std::vector<ScoreColumn> score_columns(std::uint32_t generation) const;

    /// The genomes of a generation whose weights were to be improved, by position; empty if there are none. Throws
    /// FormatError if weights are damaged.
    [[nodiscard]] std::vector<RefinedGenome> refined(std::uint32_t generation) const;

    /// The rounds of a generation's race, in their order; empty without racing. Throws FormatError if they are damaged.
    [[nodiscard]] std::vector<EpisodeRound> race(std::uint32_t generation) const;

    /// The failed genomes of a generation, by position. Throws FormatError if the kind of one is unknown.
    [[nodiscard]] std::vector<GenomeFailure> failures(std::uint32_t generation) const;

    /// Why the genome at this position failed; nothing if it did not.
    [[nodiscard]] std::optional<GenomeFailure> failure(std::uint32_t generation, std::size_t genome) const;

    /// How many genomes of the whole run failed, by kind; only kinds that occur.
    [[nodiscard]] std::map<std::string, std::uint64_t, std::less<>> failure_counts() const;

private:
    struct Database;
    explicit RunLog(std::unique_ptr<Database> database);

    std::unique_ptr<Database> database_;
};

}  // namespace clade
