// The hooks of a run (apps/docs/hooks.md), on any configuration of a built-in task.
//
//   hooks configs/xor.yaml [FOLDER]     evolves, in a folder below FOLDER (runs)
#include <clade/core/genome/gene_bytes.hpp>
#include <clade/evaluation/tasks/builtin_tasks.hpp>
#include <clade/experiment/run/experiment.hpp>

#include <iostream>

namespace {

class Hooks final : public clade::ExperimentObserver {
public:
    void on_generation(const clade::GenerationRow& row) override {
        std::cout << "generation " << row.generation << ": best " << row.fitness.best << '\n';
    }

    void on_message(clade::LogLevel level, std::string_view message) override {
        if (level >= clade::LogLevel::warning) std::cerr << message << '\n';
    }

    std::optional<std::string> stop_reason(const clade::GenerationRow& row) override {
        if (row.complexity.mean_hidden < 20.0) return std::nullopt;
        return "genomes have grown beyond use";
    }

    std::vector<clade::Measure> statistics(const clade::ToldGeneration& generation) override {
        const auto genomes = static_cast<double>(generation.genomes.size());
        const std::size_t bytes = clade::node_bytes * generation.genomes.node_count() +
                                  clade::connection_bytes * generation.genomes.connection_count();
        return {{"bytes a genome", static_cast<double>(bytes) / genomes}};
    }

    std::vector<std::size_t> genomes_to_save(const clade::ToldGeneration& generation) override {
        if (generation.record.generation % 10 != 0) return {};
        return {generation.record.champion};
    }
};

clade::Outcome run(clade::Experiment& experiment, const std::stop_token& token) {
    Hooks hooks;
    return experiment.run(hooks, token);
}

void evolve(const std::string& file, const std::string& parent) {
    const clade::Vocabulary vocabulary{clade::builtin_tasks(), {}};
    clade::ExperimentConfig config = clade::load_config({file, {"seed=1"}, vocabulary.tasks, vocabulary.functions});
    clade::resolve(config);
    const clade::RunFolder folder = clade::create_run_folder(parent, config.name, config.seed);
    auto experiment = clade::Experiment::start(config, vocabulary, clade::inputs_of(config, file), folder);
    const std::stop_source stop;  // stop.request_stop() in any thread calls the run off
    std::cout << clade::name_of(run(experiment, stop.get_token())) << ", see " << folder.path.string() << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    try {
        evolve(argc > 1 ? argv[1] : "configs/xor.yaml", argc > 2 ? argv[2] : "runs");
        return 0;
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
}
