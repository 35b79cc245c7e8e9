#include <clade/evolution/evolver.hpp>

#include <clade/core/check.hpp>
#include <clade/core/special_values_internal.hpp>
#include <clade/evolution/breed/reproduction.hpp>
#include <clade/evolution/breed/reproduction_plan.hpp>
#include <clade/evolution/generation_summary_internal.hpp>
#include <clade/evolution/genome/initial_population.hpp>
#include <clade/evolution/genome/innovation_table.hpp>
#include <clade/evolution/select/fitness_sharing.hpp>
#include <clade/evolution/species/speciation.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <string>

namespace clade {
namespace {

template <class T>
bool same(std::span<const T> a, std::span<const T> b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

bool same_structure(const GenomeView& a, const GenomeView& b) {
    return same(a.node_id, b.node_id) && same(a.activation, b.activation) && same(a.aggregation, b.aggregation) &&
           same(a.innovation, b.innovation) && same(a.source, b.source) && same(a.target, b.target) &&
           same(a.enabled, b.enabled);
}

bool all_finite(std::span<const float> values) {
    return std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
}

void take_weights(const GenomeView& from, const AttributeRows& to) {
    std::copy(from.weight.begin(), from.weight.end(), to.weight.begin());
    std::copy(from.bias.begin(), from.bias.end(), to.bias.begin());
}

/// Makes `store` hold this genome and no other; keeps its memory.
void keep_alone(const GenomeView& genome, GenomeStore& store) {
    store.clear();
    store.append(genome);
}

/// Genomes of a run with this shape and these functions, which are saved by number.
GenomeStore read_genomes(ByteReader& in, const GenomeShape& shape, const FunctionSet& functions) {
    GenomeStore genomes = read_store(in);
    if (genomes.shape() != shape) throw FormatError("the saved genomes do not fit the configuration");
    const AttributeView all = genomes.all_attributes();
    const auto known = [](const auto& table) { return [&](auto function) { return table.contains(function); }; };
    if (!std::ranges::all_of(all.activation, known(functions.activations)) ||
        !std::ranges::all_of(all.aggregation, known(functions.aggregations))) {
        throw FormatError("a saved genome has an unknown function");
    }
    return genomes;
}

}  // namespace

Evolver::Evolver(EvolverSetup setup) : setup_(std::move(setup)) {
    clade::check(setup_);
    if (setup_.initial_genome) setup_.initial_genome->store = renumbered(setup_.initial_genome->store);
    merit_of_scores_ = setup_.merit ? setup_.merit() : std::make_unique<FitnessMerit>();
    if (!merit_of_scores_) throw Error("the merit factory of an evolver returned null");
    functions_ = resolve_functions(setup_.genome, setup_.functions);
    const GenomeShape shape = setup_.genome_shape();
    population_ = GenomeStore(shape);
    next_ = GenomeStore(shape);
    innovations_ = std::make_unique<InnovationTable>(shape, setup_.evolution.innovation_scope);
    SpeciationParams speciation = setup_.evolution.speciation;
    if (!speciation.threshold) speciation.target_species = held_species(setup_.evolution);
    speciation_ = std::make_unique<Speciation>(speciation, shape);
    plan_ = std::make_unique<ReproductionPlan>();
    best_ever_.fitness = nan;
    best_ever_.genome = GenomeStore(shape);
    record_.champion_genome = GenomeStore(shape);
    found_population();
}

Evolver::~Evolver() = default;
Evolver::Evolver(Evolver&& other) noexcept = default;
Evolver& Evolver::operator=(Evolver&& other) noexcept = default;

void Evolver::found_population() {
    const InitialPopulationInput input{setup_.genome, functions_,
                                       static_cast<std::size_t>(setup_.evolution.population_size), setup_.seed,
                                       generation_};
    if (setup_.initial_genome) {
        innovations_->adopt(setup_.initial_genome->store[0]);
        make_population_from(setup_.initial_genome->store[0], input, setup_.parallel, population_);
    } else {
        make_initial_population(input, setup_.parallel, *innovations_, population_);
    }
    last_progress_ = generation_;
    best_merit_ = -infinity;
    forget_lineage();
}

std::span<const std::uint32_t> Evolver::species() const noexcept { return speciation_->species_of(); }

void Evolver::speciate() {
    if (speciated_) return;
    speciation_->assign(population_, setup_.seed, generation_, setup_.parallel);
    speciated_ = true;
}

void Evolver::revise(std::size_t genome, const GenomeView& refined, Inheritance inheritance) {
    CLADE_CHECK(speciated_, "a genome is revised after it has been put into a species");
    const std::string name = "genome " + std::to_string(genome) + " of generation " + std::to_string(generation_);
    if (genome >= population_.size()) throw Error(name + " cannot be revised: there is no such genome");
    if (!same_structure(population_[genome], refined)) {
        throw Error(name + " cannot be revised: weights and biases may change, nodes and connections may not");
    }
    if (!all_finite(refined.weight) || !all_finite(refined.bias)) {
        throw Error(name + " cannot be revised: weights and biases must be finite");
    }
    if (inheritance == Inheritance::lamarckian) return take_weights(refined, population_.attributes(genome));
    GenomeStore store(population_.shape());
    store.append(population_[genome]);
    take_weights(refined, store.attributes(0));
    std::erase_if(shown_, [&](const Shown& one) { return one.genome == genome; });
    shown_.push_back({genome, std::move(store)});
}

GenomeView Evolver::shown(std::size_t genome) const noexcept {
    const auto found =
        std::find_if(shown_.begin(), shown_.end(), [&](const Shown& one) { return one.genome == genome; });
    return found == shown_.end() ? population_[genome] : found->store[0];
}

const GenerationRecord& Evolver::tell(std::span<const double> fitness) {
    fitness_only_.fitness.assign(fitness.begin(), fitness.end());
    return tell(fitness_only_);
}

void Evolver::end_extinct() const {
    throw ExtinctionError("generation " + std::to_string(generation_) +
                          ": every species has stagnated (evolution.stagnation.extinction: error)");
}

const GenerationRecord& Evolver::tell(const ScoreTable& scores) {
    if (extinct_) end_extinct();
    check(scores);
    assess(scores);
    const std::span<const double> fitness(scores.fitness);
    speciate();
    speciation_->note_progress(merit_, generation_, setup_.parallel);
    note_best(fitness);
    end_stage(Stage::speciate);

    const auto reproducing = reproducing_species(*speciation_, merit_, setup_.evolution.stagnation, generation_,
                                                 generation_ - last_progress_);
    const bool extinct = std::find(reproducing.begin(), reproducing.end(), 1) == reproducing.end();
    extinct_ = extinct && setup_.evolution.stagnation.extinction == Extinction::error;
    quotas_.assign(reproducing.size(), 0);
    if (!extinct) apportion_children(reproducing);
    end_stage(Stage::select);

    write_record(fitness);
    record_.restarted = extinct && !extinct_;
    end_stage(Stage::record);

    if (extinct_) end_extinct();
    if (extinct) {
        speciation_->clear();
        ++generation_;
        std::swap(population_, next_);  // told() has them
        found_population();
    } else {
        breed(reproducing);
        // An unchanged copy has the fitness of its parent, but no numbers in the columns: it is scored again.
        if (!scores.columns.empty()) known_fitness_.assign(population_.size(), nan);
    }
    speciated_ = false;
    shown_.clear();
    return record_;
}

/// How many children each species has.
void Evolver::apportion_children(std::span<const std::uint8_t> reproducing) {
    const SelectionParams& selection = setup_.evolution.selection;
    const auto shares = shared_fitness(*speciation_, merit_, selection.sharing, reproducing, setup_.parallel);
    quotas_ = apportion(shares, reproducing, static_cast<std::uint32_t>(population_.size()),
                        static_cast<std::uint32_t>(selection.min_species_size));
    if (selection.preserve_champion) keep_place_of_leader(reproducing);
}

void Evolver::keep_place_of_leader(std::span<const std::uint8_t> reproducing) {
    const std::uint32_t species = speciation_->species_of()[leader_];
    if (reproducing[species] == 0 || quotas_[species] > 0) return;
    --*std::max_element(quotas_.begin(), quotas_.end());
    quotas_[species] = 1;
}

void Evolver::check(const ScoreTable& scores) const {
    const auto check_size = [&](const std::vector<double>& values, const std::string& what) {
        if (values.size() == population_.size()) return;
        throw Error("each genome needs one " + what + ": got " + std::to_string(values.size()) + " for " +
                    std::to_string(population_.size()) + " genomes");
    };
    check_size(scores.fitness, "fitness");
    if (!scores.merit.empty()) check_size(scores.merit, "merit");
    for (const ScoreColumn& column : scores.columns)
        check_size(column.values, "number in column '" + column.name + "'");
}

/// What selection goes by.
void Evolver::assess(const ScoreTable& scores) {
    merit_.resize(scores.fitness.size());
    record_.merit.clear();
    merit_of_scores_->assess(scores, setup_.direction, merit_);
    if (!scores.merit.empty()) merit_ = scores.merit;
    if (!setup_.merit && scores.merit.empty()) return;
    for (double& merit : merit_) {
        if (!std::isfinite(merit)) merit = -infinity;
    }
    record_.merit = merit_;
}

void Evolver::note_best(std::span<const double> fitness) {
    leader_ = static_cast<std::size_t>(std::max_element(merit_.begin(), merit_.end()) - merit_.begin());
    if (merit_[leader_] > best_merit_) {
        best_merit_ = merit_[leader_];
        last_progress_ = generation_;
    }
    std::size_t best = 0;
    for (std::size_t genome = 1; genome < fitness.size(); ++genome) {
        if (!std::isfinite(fitness[genome])) continue;
        if (!std::isfinite(fitness[best]) || is_better(fitness[genome], fitness[best], setup_.direction)) best = genome;
    }
    record_.champion = best;
    if (!std::isfinite(fitness[best]) || !is_better(fitness[best], best_ever_.fitness, setup_.direction)) return;
    best_ever_.fitness = fitness[best];
    best_ever_.generation = generation_;
    best_ever_.id = id_of(generation_, best);
    best_ever_.genome.clear();
    best_ever_.genome.append(shown(best));
}

void Evolver::write_record(std::span<const double> fitness) {
    record_.generation = generation_;
    record_.genome_fitness.assign(fitness.begin(), fitness.end());
    const std::array<std::function<void()>, 3> parts{
        [&] {
            values_ = record_.genome_fitness;
            record_.fitness = summarise(values_, setup_.direction);
            record_.failed_count = fitness.size() - values_.size();
        },
        [&] { record_.complexity = complexity_of(population_, record_.champion); },
        [&] { record_.digest = population_.digest(setup_.parallel); }};
    setup_.parallel.invoke(parts);
    keep_alone(shown(record_.champion), record_.champion_genome);
    record_.threshold = speciation_->threshold();
    record_.genome_species.resize(population_.size());
    record_.species.resize(speciation_->species().size());
    setup_.parallel.for_ranges(record_.species.size(), 1, [&](std::size_t begin, std::size_t end, std::size_t) {
        for (std::size_t index = begin; index < end; ++index) record_.species[index] = species_record(index, fitness);
    });
    record_.parent_a.swap(parent_a_);
    record_.parent_b.swap(parent_b_);
    record_.operators.swap(operators_);
}

SpeciesRecord Evolver::species_record(std::size_t index, std::span<const double> fitness) {
    const Species& species = speciation_->species()[index];
    const std::span<const std::uint32_t> members = speciation_->members(index);
    const auto is_scored = [&](std::uint32_t genome) { return std::isfinite(fitness[genome]); };
    const auto scored = static_cast<double>(std::count_if(members.begin(), members.end(), is_scored));
    double mean = scored > 0.0 ? 0.0 : nan;
    for (const std::uint32_t genome : members) {
        record_.genome_species[genome] = raw(species.id);
        if (is_scored(genome)) mean += fitness[genome] / scored;
    }
    std::uint32_t champion = members.front();  // the first of the best merit
    for (const std::uint32_t genome : members) {
        if (!is_scored(genome)) continue;
        if (!is_scored(champion) || is_better(fitness[genome], fitness[champion], setup_.direction)) champion = genome;
    }
    return {.id = species.id,
            .age = generation_ - species.created,
            .size = static_cast<std::uint32_t>(members.size()),
            .stagnation = generation_ - species.last_progress,
            .offspring = quotas_[index],
            .best = is_scored(champion) ? fitness[champion] : nan,
            .mean = mean,
            .champion = id_of(generation_, champion)};
}

void Evolver::breed(std::span<const std::uint8_t> reproducing) {
    const BreedingInput input{population_,   *speciation_,     merit_,      quotas_,
                              setup_.genome, setup_.evolution, setup_.seed, generation_};
    plan_->decide(input, setup_.parallel);
    end_stage(Stage::plan);

    plan_->number(population_, *innovations_);
    end_stage(Stage::number);

    write_changed_children(input, functions_, setup_.parallel, *plan_);
    const std::size_t first_mutated = plan_->place(population_, next_);
    write_children(input, *plan_, setup_.parallel, next_);
    inherit_lineage(*plan_, record_.genome_fitness);
    end_stage(Stage::inherit);

    mutate_attributes(input, functions_, first_mutated, setup_.parallel, next_);
    end_stage(Stage::mutate);

    std::vector<std::uint8_t> alive(reproducing.begin(), reproducing.end());
    for (std::size_t species = 0; species < alive.size(); ++species) {
        if (quotas_[species] == 0) alive[species] = 0;
    }
    speciation_->choose_representatives(population_, alive, setup_.seed, generation_);
    std::swap(population_, next_);
    ++generation_;
    end_stage(Stage::represent);
}

void Evolver::inherit_lineage(const ReproductionPlan& plan, std::span<const double> fitness) {
    constexpr std::size_t children_per_range = 4096;
    const std::span<const ChildPlan> children = plan.children();
    parent_a_.resize(children.size());
    parent_b_.resize(children.size());
    operators_.resize(children.size());
    setup_.parallel.for_ranges(
        children.size(), children_per_range, [&](std::size_t begin, std::size_t end, std::size_t) {
            for (const ChildPlan& child : children.subspan(begin, end - begin)) {
                parent_a_[child.slot] = raw(id_of(generation_, child.primary));
                parent_b_[child.slot] =
                    child.has(Operator::crossover) ? raw(id_of(generation_, child.secondary)) : raw(no_genome);
                operators_[child.slot] = child.operators;
                known_fitness_[child.slot] = child.is_copy() ? fitness[child.primary] : nan;
            }
        });
    if (shown_.empty()) return;
    for (const ChildPlan& child : children) {
        const auto is_parent = [&](const Shown& one) { return one.genome == child.primary; };
        if (std::any_of(shown_.begin(), shown_.end(), is_parent)) known_fitness_[child.slot] = nan;
    }
}

void Evolver::forget_lineage() {
    parent_a_.assign(population_.size(), raw(no_genome));
    parent_b_.assign(population_.size(), raw(no_genome));
    operators_.assign(population_.size(), 0);
    known_fitness_.assign(population_.size(), nan);
}

void Evolver::end_stage(Stage stage) const {
    if (setup_.on_stage_end) setup_.on_stage_end(stage);
}

void Evolver::write(ByteWriter& out) const {
    CLADE_CHECK(!speciated_, "a state is written between generations");
    out.value(generation_);
    out.value(last_progress_);
    out.value(best_merit_);
    write_store(population_, out);
    innovations_->write(out);
    speciation_->write(out);
    out.values(std::span(known_fitness_));
    out.values(std::span(parent_a_));
    out.values(std::span(parent_b_));
    out.values(std::span(operators_));
    out.value(best_ever_.fitness);
    out.value(best_ever_.generation);
    out.value(best_ever_.id);
    write_store(best_ever_.genome, out);
    merit_of_scores_->write(out);
}

void Evolver::read(ByteReader& in) {
    speciated_ = false;
    extinct_ = false;
    shown_.clear();
    generation_ = in.value<std::uint32_t>();
    last_progress_ = in.value<std::uint32_t>();
    best_merit_ = in.value<double>();
    GenomeStore population = read_genomes(in, population_.shape(), setup_.functions);
    if (population.size() != population_.size()) throw FormatError("the saved population has another size");
    population_ = std::move(population);
    innovations_->read(in);
    if (!innovations_->fits(population_)) throw FormatError("the saved innovation numbers do not fit the genomes");
    speciation_->read(in, generation_, *innovations_);
    if (last_progress_ > generation_) throw FormatError("the saved progress is later than the generation");
    next_.clear();
    in.values_into(std::span(known_fitness_));
    in.values_into(std::span(parent_a_));
    in.values_into(std::span(parent_b_));
    in.values_into(std::span(operators_));
    best_ever_.fitness = in.value<double>();
    best_ever_.generation = in.value<std::uint32_t>();
    best_ever_.id = in.value<GenomeId>();
    best_ever_.genome = read_genomes(in, population_.shape(), setup_.functions);
    if (best_ever_.genome.size() > 1) throw FormatError("there is more than one saved best genome");
    merit_of_scores_->read(in);
}

}  // namespace clade
