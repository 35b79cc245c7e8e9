#include "c_interface/evolver_config_internal.hpp"

#include <clade/evaluation/model/model.hpp>
#include <clade/experiment/config/config_reader.hpp>
#include <clade/experiment/config/placed_issue_sink.hpp>
#include <clade/experiment/config/yaml_parser.hpp>

#include <string>
#include <utility>

namespace clade::c_interface {
namespace {

/// The names of its fields are those of EvolverSetup, whose rules apply.
struct EvolverFields {
    std::uint64_t input_count = 0;
    std::uint64_t output_count = 0;
    std::uint64_t seed = 0;
    FitnessDirection direction = FitnessDirection::maximise;
    int threads = 0;
    GenomeParams genome{};
    EvolutionParams evolution{};
};

void visit_fields(EvolverFields& p, FieldVisitor& field) {
    field("input_count", p.input_count, at_least(0), "Inputs of the networks.");
    field("output_count", p.output_count, at_least(1), "Outputs of the networks.");
    field("seed", p.seed, at_least(0), "Seed of all random numbers.");
    field("direction", p.direction, "Whether higher or lower fitness is better.");
    field("threads", p.threads, between(0, Parallel::most_threads), "Threads that breed; 0 for all cores.");
    field.block("genome", p.genome, "Genomes.");
    field.block("evolution", p.evolution, "Evolution.");
}

EvolverSetup setup_of(EvolverFields fields) {
    return {.genome = std::move(fields.genome),
            .evolution = fields.evolution,
            .input_count = fields.input_count,
            .output_count = fields.output_count,
            .direction = fields.direction,
            .seed = fields.seed,
            .parallel = Parallel(fields.threads)};
}

/// Rules across fields, and of the genome that evolution begins with.
void complete(EvolverSetup& setup, IssueSink& issues) {
    const std::string& file = setup.genome.initial.genome;
    try {
        if (!file.empty()) setup.initial_genome = load_model(file).genome;
        check(setup);
    } catch (const FieldError& error) {
        for (const FieldIssue& issue : error.issues()) issues.add(issue.key, issue.message);
    } catch (const Error& error) {
        issues.add("genome.initial.genome", error.what());
    }
}

}  // namespace

EvolverSetup setup_from_yaml(std::string_view yaml) {
    const YamlDocument document = parse_yaml(yaml, "yaml");
    std::vector<ConfigIssue> issues = document.issues;
    if (!document.complete) throw ConfigError(std::move(issues));
    EvolverFields fields;
    ConfigReader(document.root, issues).read(fields);
    EvolverSetup setup = setup_of(std::move(fields));
    PlacedIssueSink sink(document, issues);
    complete(setup, sink);
    throw_if_any(issues);
    return setup;
}

}  // namespace clade::c_interface
