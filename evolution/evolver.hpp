// The generative stage: fitness in, genomes out.
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
#include <clade/core/fitness_direction.hpp>
#include <clade/core/generation.hpp>
#include <clade/core/genome/genome_io.hpp>
#include <clade/core/parallel.hpp>
#include <clade/evolution/evolution_params.hpp>
#include <clade/evolution/generation_record.hpp>
#include <clade/evolution/genome/genome_params.hpp>
#include <clade/evolution/refine/refine_params.hpp>
#include <clade/evolution/select/merit.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace clade {

class InnovationTable;
class ReproductionPlan;
class Speciation;

/// The steps of tell(), in their order.
enum class Stage {
    speciate,   ///< genomes to species, and which of these progressed
    select,     ///< stagnation, fitness sharing, how many children each species has
    record,     ///< what is told of the generation: summary, complexity, digest
    plan,       ///< parents and operators of each child
    number,     ///< innovation numbers of new genes
    inherit,    ///< genes copied or crossed into the children's places
    mutate,     ///< numbers and functions of genes
    represent,  ///< who stands for each species in the next generation
};
template <>
struct EnumNames<Stage> {
    static constexpr std::array<std::string_view, 8> names{"speciate", "select",  "record", "plan",
                                                           "number",   "inherit", "mutate", "represent"};
};

/// What an evolver is made of. Everything but `parallel` and `on_stage_end` is part of a result.
struct EvolverSetup {
    GenomeParams genome{};
    EvolutionParams evolution{};
    std::size_t input_count = 0;
    std::size_t output_count = 0;
    FitnessDirection direction = FitnessDirection::maximise;
    std::uint64_t seed = 0;
    FunctionSet functions{};
    Parallel parallel{};                          ///< all cores
    MeritFactory merit{};                         ///< makes what selection goes by; empty: fitness
    std::optional<SavedGenome> initial_genome{};  ///< renumbered; genome 0 is it, others have its structure
    std::function<void(Stage)> on_stage_end{};    ///< told when a stage of tell() is done, in the calling thread
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

    /// Its genomes.
    [[nodiscard]] const GenomeStore& population() const noexcept { return population_; }

    /// The number of that generation, from 0 on.
    [[nodiscard]] std::uint32_t generation() const noexcept { return generation_; }

    /// For unchanged copies the fitness of the genome they were copied from, else NaN. [population size]
    [[nodiscard]] std::span<const double> known_fitness() const noexcept { return known_fitness_; }

    /// Sorts population() into species, if that has not been done yet; tell() does it unless somebody has before.
    void speciate();

    /// Of each genome the species it is in, from 0 on. [population size] @pre speciate() was called.
    [[nodiscard]] std::span<const std::uint32_t> species() const noexcept;

    /// Gives a genome of population() the weights and biases of `refined`, found since it was scored, whose fitness
    /// tell() is to get. It stays in its species. Lamarckian: they are its own from now on. Baldwinian: it stands for
    /// this generation with them, as champion and best-ever, but keeps its own to breed from; unchanged copies are
    /// scored again.
    /// Throws Error if there is no such genome, another structure or a number that is not finite. @pre speciate() was
    /// called.
    void revise(std::size_t genome, const GenomeView& refined, Inheritance inheritance = Inheritance::lamarckian);

    /// Takes the scores of population() and breeds the next generation. Where the scores have a merit, selection goes by
    /// it: what an earlier record() had, for breeding a generation again.
    ///
    /// NaN and infinities mark failed genomes: worse than all others. The record is of the generation that was scored;
    /// it is overwritten by the next call. A second call is about the next generation: there is no ask that could be
    /// forgotten, population() always holds what is to be told about. Throws Error if there is not one fitness a genome
    /// (nothing has changed then), or at extinction if that is asked for: the run is over then, and best_ever() counts
    /// this generation.
    const GenerationRecord& tell(const ScoreTable& scores);

    /// The same where there is nothing but a fitness.
    const GenerationRecord& tell(std::span<const double> fitness);

    [[nodiscard]] const GenerationRecord& record() const noexcept { return record_; }

    /// The genomes that record() is of, as they bred; empty before the first tell() and after read(). Valid until the next
    /// tell(). [population size]
    [[nodiscard]] const GenomeStore& told() const noexcept { return next_; }
    [[nodiscard]] const EvolverSetup& setup() const noexcept { return setup_; }
    [[nodiscard]] const BestEver& best_ever() const noexcept { return best_ever_; }

    /// The id of a genome by generation and position.
    [[nodiscard]] GenomeId id_of(std::uint32_t generation, std::size_t genome) const noexcept {
        return GenomeId{std::uint64_t{generation} * static_cast<std::uint64_t>(setup_.evolution.population_size) +
                        genome};
    }

    /// The whole state, from which an evolver of an equal setup goes on as if nothing had happened.
    /// @pre neither speciate() nor revise() was called since tell().
    void write(ByteWriter& out) const;

    /// Throws FormatError if the state is damaged or does not fit the setup.
    void read(ByteReader& in);

private:
    void found_population();
    void check(const ScoreTable& scores) const;
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
