// Every public struct of parameters, with one member named and all others left out: no compiler may warn of these.
#include <clade/core/generation.hpp>
#include <clade/evaluation/conformance/task_check.hpp>
#include <clade/evaluation/data/dataset.hpp>
#include <clade/evaluation/data/input_file.hpp>
#include <clade/evaluation/data/table_reader.hpp>
#include <clade/evaluation/episodes/control_task.hpp>
#include <clade/evaluation/scoring/racing_scorer.hpp>
#include <clade/evaluation/scoring/thread_scorer.hpp>
#include <clade/evaluation/tasks/data/data_task.hpp>
#include <clade/evolution/evolver.hpp>
#include <clade/evolution/refine/refinement.hpp>
#include <clade/experiment/run/experiment.hpp>
#include <clade/experiment/run/vocabulary.hpp>

namespace {

using namespace clade;  // NOLINT(google-build-using-namespace): names of one library only

template <class... Values>
void take(const Values&... /*values*/) {}

void core(const GenomeStore& genomes) {
    take(Range{.low = 1}, FieldInfo{.name = "x"}, FieldOptions{.kind = "file"}, FieldIssue{.key = "x"},
         NodeGene{.bias = 1}, ConnectionGene{.weight = 1}, GenomeShape{.input_count = 1}, GenomeSize{.nodes = 1},
         SavedGenome{.store = genomes}, FunctionSet{.activations = {}}, Generation{.genomes = genomes},
         ScoreColumn{.name = "x"}, ScoreTable{.evaluated = 1}, AttributeParams{.mean = 1});
}

void evolution(const GenomeStore& genomes, const GenomeParams& genome, const RefineParams& refine) {
    take(EvolverSetup{.seed = 1}, EvolutionParams{.population_size = 2}, SpeciationParams{.threshold = 1},
         StagnationParams{.species_limit = 1}, SelectionParams{.elitism = 1}, CrossoverParams{.probability = 1},
         MutationParams{.max_connections = 1}, GenomeParams{.bias_input = true}, InitialParams{.fraction = 1},
         FunctionParams{.initial = "sum"}, RefineParams{.fraction = 1}, OptimizerSettings{.offspring = 1},
         RefinementInput{.population = genomes, .genome = genome, .refine = refine});
}

void evaluation() {
    take(TaskTraits{.name = "x"}, Signal{.name = "x"}, TaskPage{.reward = "x"}, TaskContext{.seed = 1},
         TaskReport{.header = {}}, Verdict{.solved = true}, Measure{.name = "x"}, Seeds{.run = 1},
         EnvironmentTraits{.name = "x"}, ActionSpace{.choices = {}}, Step{.reward = 1}, EpisodeParams{.episodes = 1},
         ThreadScorerSetup{.decoder = nullptr}, RacingParams{.keep = 1}, TaskFinding{.rule = "x"},
         Dataset{.features = {}}, DatasetColumns{.features = {}}, DataTable{.inputs = {}}, DataColumn{.name = "x"},
         CsvFormat{.comment = "#"}, ColumnOptions{.exclude = {}}, ColumnEncoding{.name = "x"}, RowSplit{.training = {}},
         DatasetSplit{.training = {}}, Fold{.count = 2}, InputFile{.path = "x"}, DataMeasures{.accuracy = 1});
}

void experiment(const TaskRegistry& tasks, const FunctionSet& functions) {
    take(Vocabulary{.tasks = tasks}, ExperimentConfig{.name = "x"}, TaskConfig{.name = "x"}, StopParams{.seconds = 1},
         LogParams{.progress_seconds = 1}, CheckpointParams{.every_generations = 1}, ReferenceParams{.source = "x"},
         EvaluationParams{.threads = 1}, RunFolder{.path = "x"}, RunInputs{.directory = "x"},
         ConfigSource{.file = "x", .registry = tasks, .functions = functions});
}

}  // namespace

int main() { take(core, evolution, evaluation, experiment); }
