// NEAT with ask and tell: fitness in, genomes out.
//
//   Evolver evolver({.input_count = 2, .output_count = 1, .seed = 42});
//   for (int i = 0; i < 100; ++i) {
//       scorer.score(evolver.ask(), scores);  // or a fitness of your own for each genome of evolver.population()
//       const GenerationRecord& record = evolver.tell(scores);
//   }
//
// Between the scoring and tell() weights of genomes may be improved: speciate(), revise() (evolution/refine/refinement.hpp).
//
// It knows no network, no task, no file, no clock. The same setup, seed and fitness give the same generations, for any
// number of threads, straight or restored from write().
#pragma once

#include <clade/core/byte_stream.hpp>
#include <clade/core/error.hpp>
#include <clade/core/generation.hpp>
#include <clade/evolution/evolver_setup.hpp>
#include <clade/evolution/generation_record.hpp>
#include <clade/evolution/refine/refine_params.hpp>
#include <clade/evolution/select/merit.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace clade {

class InnovationTable;
class ReproductionPlan;
class Speciation;

/// Every species has stagnated, and `evolution.stagnation.extinction` is `error`.
class ExtinctionError : public Error {
public:
    using Error::Error;
};

/// NEAT with ask and tell: population(), then tell(). For one thread at a time; inside it uses those of `parallel`.
class Evolver {
public:
    /// Throws Error, naming every problem, if parameters are out of range or contradict each other.
    explicit Evolver(EvolverSetup setup);
    ~Evolver();
    Evolver(Evolver&& other) noexcept;
    Evolver& operator=(Evolver&& other) noexcept;

    /// The generation to be scored next: its genomes, and how they are run as networks. Valid until the next tell().
    [[nodiscard]] Generation ask() const noexcept {
        return {.genomes = population_,
                .number = generation_,
                .seed = setup_.seed,
                .network = setup_.genome.network,
                .functions = setup_.functions,
                .known_fitness = known_fitness_};
    }

    /// The genomes to be scored next.
    [[nodiscard]] const GenomeStore& population() const noexcept { return population_; }

    /// The number of that generation, from 0 on.
    [[nodiscard]] std::uint32_t generation() const noexcept { return generation_; }

    /// For unchanged copies the fitness of the genome they were copied from, else NaN; NaN for all where the last scores
    /// had columns. [population size]
    [[nodiscard]] std::span<const double> known_fitness() const noexcept { return known_fitness_; }

    /// Divides population() into species, unless that was done already; tell() calls it too.
    void speciate();

    /// The index of each genome's species, from 0. [population size] @pre speciate() was called.
    [[nodiscard]] std::span<const std::uint32_t> species() const noexcept;

    /// Replaces the weights and biases of a scored genome by those of `refined`; give tell() their fitness. The genome
    /// stays in its species. Lamarckian: it keeps them. Baldwinian: it has them as champion and best ever of this
    /// generation, but breeds with its own, and unchanged copies are scored again.
    /// Throws Error if there is no such genome, if the structures differ, or if a number is not finite.
    /// @pre speciate() was called.
    void revise(std::size_t genome, const GenomeView& refined, Inheritance inheritance = Inheritance::lamarckian);

    /// Takes the scores of population() and breeds the next generation. If the scores contain a merit, selection uses it
    /// instead of the evolver's own: to breed a recorded generation again.
    ///
    /// NaN and infinity mark failed genomes, which rank last. The record is of the generation that was scored; the next
    /// call overwrites it. Each call is for the generation that population() holds then. Throws Error if there is not one
    /// fitness, and one number in each column, per genome: nothing has changed then. Throws ExtinctionError at extinction if the setup asks for it: then
    /// record(), told() and best_ever() describe this generation, and there is no other.
    const GenerationRecord& tell(const ScoreTable& scores);

    /// The same with a fitness alone.
    const GenerationRecord& tell(std::span<const double> fitness);

    [[nodiscard]] const GenerationRecord& record() const noexcept { return record_; }

    /// The generation that record() describes; empty before the first tell() and after read(). Valid until the next
    /// tell(). [population size]
    [[nodiscard]] const GenomeStore& told() const noexcept { return extinct_ ? population_ : next_; }
    [[nodiscard]] const EvolverSetup& setup() const noexcept { return setup_; }
    [[nodiscard]] const BestEver& best_ever() const noexcept { return best_ever_; }

    /// The id of a genome by generation and position.
    [[nodiscard]] GenomeId id_of(std::uint32_t generation, std::size_t genome) const noexcept {
        return GenomeId{std::uint64_t{generation} * static_cast<std::uint64_t>(setup_.evolution.population_size) +
                        genome};
    }

    /// Saves the whole state. An evolver with an equal setup continues from it with the same results.
    /// @pre neither speciate() nor revise() was called since tell().
    void write(ByteWriter& out) const;

    /// Throws FormatError if the state is damaged or does not fit the setup.
    void read(ByteReader& in);

private:
    void found_population();
    void check(const ScoreTable& scores) const;
    [[noreturn]] void end_extinct() const;
    void assess(const ScoreTable& scores);
    void note_best(std::span<const double> fitness);
    void apportion_children(std::span<const std::uint8_t> reproducing);
    void keep_place_of_leader(std::span<const std::uint8_t> reproducing);
    void breed(std::span<const std::uint8_t> reproducing);
    void inherit_lineage(const ReproductionPlan& plan, std::span<const double> fitness);
    void forget_lineage();
    void write_record(std::span<const double> fitness);
    [[nodiscard]] SpeciesRecord species_record(std::size_t index, std::span<const double> fitness);
    void end_stage(Stage stage) const;
    [[nodiscard]] GenomeView shown(std::size_t genome) const noexcept;

    /// A genome that stands for its generation with weights it does not keep.
    struct Shown {
        std::size_t genome = 0;
        GenomeStore store;
    };

    EvolverSetup setup_;
    NodeFunctions functions_;
    GenomeStore population_;
    GenomeStore next_;
    std::unique_ptr<InnovationTable> innovations_;
    std::unique_ptr<Speciation> speciation_;
    std::unique_ptr<ReproductionPlan> plan_;
    bool speciated_ = false;    // the present generation
    bool extinct_ = false;      // it was the last one
    std::vector<Shown> shown_;  // of the present generation
    std::uint32_t generation_ = 0;
    std::uint32_t last_progress_ = 0;  // generation in which the best since the last start improved
    double best_merit_ = 0.0;          // since the last start

    ScoreTable fitness_only_;  // what tell() makes of fitness alone
    std::unique_ptr<Merit> merit_of_scores_;
    std::vector<double> merit_;  // [population size]
    std::size_t leader_ = 0;     // the genome of the best merit
    std::vector<std::uint32_t> quotas_;
    std::vector<double> known_fitness_;
    std::vector<std::uint64_t> parent_a_;
    std::vector<std::uint64_t> parent_b_;
    std::vector<std::uint16_t> operators_;
    BestEver best_ever_;
    GenerationRecord record_;
    std::vector<double> values_;  // scratch of write_record()
};

}  // namespace clade
