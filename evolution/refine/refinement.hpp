// Optimises the weights of some genomes of a generation in parallel.
//
//   Refinement refinement(input, genomes_to_refine(input));
//   while (!refinement.finished()) {
//       ... a fitness for each genome of refinement.candidates() ...
//       refinement.tell(fitness);
//   }
//   for (std::size_t i = 0; i < refinement.refined().size(); ++i) ... refinement.refined()[i], refinement.genomes()[i]
//
// Each genome has an optimiser of its own, which begins at the genome's weights (WeightVector says which numbers these
// are). A genome is finished when its evaluations do not suffice for another iteration. When its optimiser is exhausted
// before, it begins anew at the best weights found so far, with the first step size and twice the candidates an
// iteration (IPOP: Auger & Hansen, "A restart CMA evolution strategy with increasing population size", CEC 2005, which
// restarts from a random point instead).
//
// Candidates are limited to what the attributes allow (nearest_allowed()); the optimiser is not told.
#pragma once

#include <clade/core/fitness_direction.hpp>
#include <clade/core/genome/genome_store.hpp>
#include <clade/evolution/genome/genome_params.hpp>
#include <clade/evolution/refine/refine_params.hpp>
#include <clade/evolution/refine/refined_genome.hpp>
#include <clade/evolution/refine/weight_optimizer.hpp>
#include <clade/evolution/refine/weight_vector.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace clade {

/// A scored generation, and how its genomes are to be refined. Borrows everything.
struct RefinementInput {
    const GenomeStore& population;
    std::span<const double> fitness{};         ///< [population size]
    std::span<const std::uint32_t> species{};  ///< of each genome, from 0 on; as Evolver::species()
    FitnessDirection direction = FitnessDirection::maximise;
    const GenomeParams& genome;
    const RefineParams& refine;
    std::uint64_t seed = 0;        ///< of the run
    std::uint32_t generation = 0;  ///< its number
};

/// Which genomes the parameters name, in order. Failed genomes are left alone.
[[nodiscard]] std::vector<std::size_t> genomes_to_refine(const RefinementInput& input);

/// The derivatives of a loss that falls where fitness gets better, in the order of a store's columns.
struct LossGradient {
    std::span<const double> bias{};    ///< [node_count]
    std::span<const double> weight{};  ///< [connection_count]
};

/// All searches of one generation.
class Refinement {
public:
    /// `picked` are genomes of the generation; those in which nothing may change are left out.
    Refinement(const RefinementInput& input, std::span<const std::size_t> picked);

    /// The genomes to be scored next: of each unfinished genome one iteration's candidates. Empty when finished.
    [[nodiscard]] const GenomeStore& candidates() const noexcept { return candidates_; }

    /// Of each candidate the genome that it is a variant of: positions in the generation. [candidates]
    [[nodiscard]] std::span<const std::size_t> origins() const noexcept { return origins_; }

    /// Whether tell() needs the candidates' derivatives.
    [[nodiscard]] bool needs_gradient() const noexcept { return params_.method == RefineMethod::adam; }

    /// Takes the fitness of each candidate and makes the next ones; NaN and infinities mark failed ones.
    void tell(std::span<const double> fitness, const LossGradient& gradient = {});

    /// No genome has evaluations left.
    [[nodiscard]] bool finished() const noexcept { return candidates_.empty(); }

    /// A candidate that was better than all before it of its genome.
    struct Improvement {
        std::size_t refined = 0;    ///< position in refined()
        std::size_t candidate = 0;  ///< position in the candidates that were told
    };

    /// Those of the last tell(), at most one a genome: the best.
    [[nodiscard]] std::span<const Improvement> improvements() const noexcept { return improvements_; }

    /// What became of each picked genome so far.
    [[nodiscard]] std::span<const RefinedGenome> refined() const noexcept { return refined_; }

    /// Each with the best weights found so far. [refined()]
    [[nodiscard]] const GenomeStore& genomes() const noexcept { return genomes_; }

private:
    struct Search {
        WeightVector vector;
        Stream random;
        std::unique_ptr<WeightOptimizer> optimizer;  // none: finished
    };

    void make_candidates();
    void write_candidates(std::size_t search, std::size_t first);
    void gather_slopes(std::size_t search, std::size_t first, const LossGradient& gradient);
    void keep_best(std::size_t search, std::size_t first, std::span<const double> fitness);
    void go_on(std::size_t search);

    RefineParams params_;
    FitnessDirection direction_;
    std::vector<Search> searches_;        // [picked]
    std::vector<RefinedGenome> refined_;  // [picked]
    GenomeStore genomes_;                 // [picked]
    GenomeStore candidates_;
    std::vector<std::size_t> origins_;  // [candidates]
    std::vector<Improvement> improvements_;
    std::vector<double> values_;  // one iteration's candidates of one search
    std::vector<double> merit_;   // of them
    std::vector<double> slopes_;  // likewise: derivatives of the merit; empty for a method that needs none
};

}  // namespace clade
