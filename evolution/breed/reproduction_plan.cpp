#include <clade/evolution/breed/reproduction_plan.hpp>

#include <clade/evolution/breed/crossover.hpp>

#include <algorithm>
#include <cmath>

namespace clade {
namespace {

constexpr std::size_t plans_per_range = 64;

/// The part of a species that may become parents.
std::span<const std::uint32_t> survivors(const BreedingInput& input, std::size_t species) {
    const std::span<const std::uint32_t> members = input.speciation.members(species);
    const double wanted = std::ceil(input.evolution.selection.survival_threshold * static_cast<double>(members.size()));
    return members.first(std::clamp<std::size_t>(static_cast<std::size_t>(wanted), 1, members.size()));
}

/// How many of a species' best are copied: none from small species, but always the population's leader.
std::uint32_t elite_count(const BreedingInput& input, std::size_t species, std::uint32_t champion) {
    const SelectionParams& selection = input.evolution.selection;
    const std::span<const std::uint32_t> members = input.speciation.members(species);
    std::uint32_t count = 0;
    if (members.size() >= static_cast<std::size_t>(selection.elitism_min_species_size)) {
        count = static_cast<std::uint32_t>(selection.elitism);
    }
    if (selection.preserve_champion && members.front() == champion) count = std::max(count, 1U);
    return std::min({count, input.quotas[species], static_cast<std::uint32_t>(members.size())});
}

/// The fitter of two parents comes first; of equally fit ones the smaller, then the one of lower index.
void order_parents(const BreedingInput& input, ChildPlan& plan) {
    const auto key = [&](std::uint32_t genome) {
        return std::pair(input.population.size_of(genome).connections, genome);
    };
    const double first = input.merit[plan.primary];
    const double second = input.merit[plan.secondary];
    const bool swap = first != second ? second > first : key(plan.secondary) < key(plan.primary);
    if (swap) std::swap(plan.primary, plan.secondary);
}

/// Another species that has children, if there is one.
std::size_t other_species(const BreedingInput& input, std::size_t species, Stream& random) {
    const std::size_t count = input.quotas.size();
    if (count < 2) return species;
    const std::size_t start = random.below(static_cast<std::uint32_t>(count));
    for (std::size_t step = 0; step < count; ++step) {
        const std::size_t candidate = (start + step) % count;
        if (candidate != species && input.quotas[candidate] > 0) return candidate;
    }
    return species;
}

void choose_parents(const BreedingInput& input, std::size_t species, Stream& random, ChildPlan& plan) {
    const CrossoverParams& crossover = input.evolution.crossover;
    plan.primary = random.choice(survivors(input, species));
    plan.secondary = plan.primary;
    if (!random.bernoulli(crossover.probability)) return;
    std::size_t mate_species = species;
    if (random.bernoulli(crossover.interspecies_probability)) mate_species = other_species(input, species, random);
    plan.secondary = random.choice(survivors(input, mate_species));
    if (plan.secondary == plan.primary) return;  // with itself: a plain copy
    plan.operators |= bit(Operator::crossover);
    if (mate_species != species) plan.operators |= bit(Operator::interspecies);
    if (random.bernoulli(crossover.average_probability)) plan.operators |= bit(Operator::average);
    order_parents(input, plan);
}

/// Whether attribute mutation can change anything at all.
bool attributes_mutate(const GenomeParams& genome) {
    bool any = genome.activation.mutation_rate > 0.0 || genome.aggregation.mutation_rate > 0.0;
    const auto look = [&](const GeneColumn&, const AttributeParams& params) { any = any || params.mutates(); };
    visit_connection_numbers(look, genome);
    visit_node_numbers(look, genome);
    return any;
}

/// Plans children one after the other, with one worker's scratch.
class Planner {
public:
    Planner(const BreedingInput& input, ReproductionPlan::Scratch& scratch)
        : input_(input),
          scratch_(scratch),
          chooser_(input.evolution.mutation, !input.genome.network.is_recurrent()),
          attributes_probability_(attributes_mutate(input.genome) ? input.evolution.mutation.attributes_probability
                                                                  : 0.0) {}

    void plan_elite(std::size_t species, std::uint32_t rank, ChildPlan& plan) {
        plan = {};
        plan.primary = plan.secondary = input_.speciation.members(species)[rank];
        plan.operators = bit(Operator::elite);
    }

    void plan_child(std::size_t species, std::uint32_t child, ChildPlan& plan) {
        plan = {};
        Stream random({input_.seed, input_.generation, Purpose::plan}, child);
        choose_parents(input_, species, random, plan);
        if (random.bernoulli(attributes_probability_)) plan.operators |= bit(Operator::attributes);
        const unsigned kinds = chooser_.kinds(random);
        if (kinds != 0) plan_structure(kinds, child, random, plan);
    }

private:
    void plan_structure(unsigned kinds, std::uint32_t child, Stream& random, ChildPlan& plan) {
        StructureDraft& draft = scratch_.draft;
        draft.load(inherited_genome(input_, plan, child, scratch_.inherited), input_.population.shape());
        StructuralPlan structural{.child = child};
        for (std::size_t kind = 0; kind < mutation_kinds; ++kind) {
            if ((kinds >> kind & 1U) == 0) continue;
            const auto mutation = chooser_.choose(kind, draft, random);
            if (!mutation) continue;
            apply(*mutation, draft);
            structural.mutations[structural.count++] = *mutation;
            plan.operators |= bit_of_mutation(kind);
        }
        if (structural.count == 0) return;
        structural.size = draft.size();
        plan.structural = 0;  // it has one; which one is known when all are there
        const auto requests = draft.requests();
        structural.first_request = static_cast<std::uint32_t>(scratch_.requests.size());
        structural.request_count = static_cast<std::uint32_t>(requests.size());
        scratch_.requests.insert(scratch_.requests.end(), requests.begin(), requests.end());
        scratch_.plans.push_back(structural);
    }

    const BreedingInput& input_;
    ReproductionPlan::Scratch& scratch_;
    MutationChooser chooser_;
    double attributes_probability_;
};

}  // namespace

void ReproductionPlan::decide(const BreedingInput& input, const Parallel& parallel) {
    const std::size_t count = input.population.size();
    children_.resize(count);
    scratch_.resize(parallel.threads());
    for (Scratch& scratch : scratch_) {
        if (scratch.inherited.shape() != input.population.shape())
            scratch.inherited = GenomeStore(input.population.shape());
        scratch.plans.clear();
        scratch.requests.clear();
    }
    const auto champion =
        static_cast<std::uint32_t>(std::max_element(input.merit.begin(), input.merit.end()) - input.merit.begin());
    std::vector<std::size_t> quota_end(input.quotas.size());
    std::size_t total = 0;
    for (std::size_t s = 0; s < quota_end.size(); ++s) quota_end[s] = total += input.quotas[s];
    std::vector<Planner> planners;  // one a worker, not one a range: each has memory of its own
    planners.reserve(scratch_.size());
    for (Scratch& scratch : scratch_) planners.emplace_back(input, scratch);
    parallel.for_ranges(count, plans_per_range, [&](std::size_t begin, std::size_t end, std::size_t worker) {
        Planner& planner = planners[worker];
        for (std::size_t child = begin; child < end; ++child) {
            const auto at = std::upper_bound(quota_end.begin(), quota_end.end(), child);
            const auto species = static_cast<std::size_t>(at - quota_end.begin());
            const auto rank = static_cast<std::uint32_t>(child - (quota_end[species] - input.quotas[species]));
            if (rank < elite_count(input, species, champion)) {
                planner.plan_elite(species, rank, children_[child]);
            } else {
                planner.plan_child(species, static_cast<std::uint32_t>(child), children_[child]);
            }
        }
    });
    collect_structural_plans();
}

void ReproductionPlan::collect_structural_plans() {
    std::uint32_t count = 0;
    for (ChildPlan& child : children_) {
        if (child.structural != no_structural_plan) child.structural = count++;
    }
    structural_.resize(count);
    for (std::uint32_t worker = 0; worker < scratch_.size(); ++worker) {
        for (StructuralPlan& plan : scratch_[worker].plans) {
            plan.worker = worker;
            structural_[children_[plan.child].structural] = plan;
        }
    }
}

void ReproductionPlan::number(const GenomeStore& population, InnovationTable& innovations) {
    innovations.begin_generation();
    for (const StructuralPlan& plan : structural_) {
        const GenomeView parent = population[children_[plan.child].primary];
        const std::span<NumberRequest> requests =
            std::span(scratch_[plan.worker].requests).subspan(plan.first_request, plan.request_count);
        for (NumberRequest& request : requests) {
            if (request.gene == NumberRequest::Gene::node) {
                const Innovation split = answered(Innovation{request.first}, requests);
                request.number = raw(innovations.split(split, parent.node_id));
            } else {
                request.number = raw(innovations.connection(answered(NodeId{request.first}, requests),
                                                            answered(NodeId{request.second}, requests)));
            }
        }
    }
}

GenomeStore& ReproductionPlan::place_changed() {
    sizes_.clear();
    for (const StructuralPlan& plan : structural_) sizes_.push_back(plan.size);
    changed_.place(sizes_);
    return changed_;
}

std::size_t ReproductionPlan::place(const GenomeStore& population, GenomeStore& next) {
    constexpr std::uint32_t unknown = 0xffffffffU;
    std::uint32_t first_mutated = 0;
    for (const ChildPlan& child : children_) first_mutated += child.has(Operator::attributes) ? 0U : 1U;
    std::uint32_t kept = 0;
    std::uint32_t mutated = first_mutated;
    next.clear();
    topology_.resize(children_.size());
    inherited_.assign(population.topologies().size(), unknown);
    for (ChildPlan& child : children_) {
        child.slot = child.has(Operator::attributes) ? mutated++ : kept++;
        std::uint32_t& topology = topology_[child.slot];
        if (child.structural != no_structural_plan) {
            topology = next.add_topology(changed_[child.structural]);
            continue;
        }
        const std::uint32_t of_parent = population.topology_of(child.primary);
        std::uint32_t& inherited = inherited_[of_parent];
        if (inherited == unknown) inherited = next.add_topology(population.topologies()[of_parent]);
        topology = inherited;
    }
    next.place_sharing(topology_);
    return first_mutated;
}

}  // namespace clade
