// The program of the tutorial (apps/docs/tutorial.md): a drone learns to hold its height in the wind.
//
//   tutorial tutorial.yaml [FOLDER]     evolves, in a folder below FOLDER (runs), and says what came out
#include <clade/core/random/random.hpp>
#include <clade/evaluation/conformance/task_check.hpp>
#include <clade/evaluation/episodes/control_task.hpp>
#include <clade/evaluation/tasks/builtin_tasks.hpp>
#include <clade/experiment/run/experiment.hpp>

#include <algorithm>
#include <cmath>
#include <iostream>

namespace {

class Drone final : public clade::Environment {
public:
    explicit Drone(double strongest_wind) : strongest_wind_(strongest_wind) {}

    [[nodiscard]] const clade::EnvironmentTraits& traits() const noexcept override { return traits_; }

    void reset(std::uint64_t seed, std::span<float> observation) override {
        clade::Stream random({seed, 0, clade::Purpose::episode}, 0);
        height_ = random.uniform(-1.5, 1.5);
        wind_ = random.uniform(-strongest_wind_, strongest_wind_);
        speed_ = 0.0;
        observe(observation);
    }

    clade::Step step(std::span<const float> action, std::span<float> observation) override {
        constexpr double seconds = 0.05;
        speed_ += seconds * (2.0 * double{action[0]} - 1.0 + wind_);
        height_ += seconds * speed_;
        observe(observation);
        return {.reward = 1.0 - std::min(1.0, std::fabs(height_)), .done = std::fabs(height_) > 2.0};
    }

private:
    void observe(std::span<float> observation) const {
        observation[0] = static_cast<float>(height_);
        observation[1] = static_cast<float>(speed_);
    }

    clade::EnvironmentTraits traits_{
        .name = "drone",
        .observations = {{.name = "height", .unit = "m", .low = -2, .high = 2}, {.name = "speed", .unit = "m/s"}},
        .actions = clade::continuous_actions({{.name = "thrust", .low = 0, .high = 1}}),
        .step_limit = 200,
        .solved_return = 175.0,
        .step_seconds = 0.05,
        .page = {.reward = "1 - |height| a step, 0 beyond a metre.", .termination = "The drone is 2 m off."}};
    double strongest_wind_;  // [m/s^2]
    double height_ = 0.0;    // [m] above where it is to be
    double speed_ = 0.0;     // [m/s]
    double wind_ = 0.0;      // [m/s^2]
};

class DroneTask final : public clade::ControlTask {
public:
    struct Params {
        double wind = 0.5;
        clade::EpisodeParams episodes{};
    };

    DroneTask(const Params& params, const clade::TaskContext& /*context*/)
        : ControlTask(
              [wind = params.wind] {
                  return std::make_unique<clade::EnvironmentLanes>([wind] { return std::make_unique<Drone>(wind); });
              },
              params.episodes) {}
};

void visit_fields(DroneTask::Params& params, clade::FieldVisitor& field) {
    field("wind", params.wind, clade::between(0.0, 0.8), "The strongest wind, up or down. [m/s^2]");
    visit_fields(params.episodes, field);
}

void check_params(const DroneTask::Params& params, clade::IssueSink& issues) {
    clade::check_episodes(params.episodes, false, issues);
}

class Progress final : public clade::ExperimentObserver {
    void on_generation(const clade::GenerationRow& row) override {
        std::cout << "generation " << row.generation << ": best " << row.fitness.best << '\n';
    }
};

int evolve(const std::string& file, const std::string& parent) {
    clade::Vocabulary vocabulary{clade::builtin_tasks(), {}};
    vocabulary.tasks.add<DroneTask>("drone", "Holding a height in the wind.");

    clade::ExperimentConfig config = clade::load_config({file, {}, vocabulary.tasks, vocabulary.functions});
    clade::resolve(config);
    const clade::RunFolder folder = clade::create_run_folder(parent, config.name, config.seed);
    auto experiment = clade::Experiment::start(config, vocabulary, clade::read_inputs(config, ""), folder);

    const clade::TaskCheck check = clade::check_task(experiment.task());
    for (const clade::TaskFinding& finding : check.findings) std::cerr << clade::text_of(finding) << '\n';
    if (!check.sound()) return 1;

    Progress progress;
    const clade::Outcome outcome = experiment.run(progress);
    for (const clade::Measure& measure : experiment.champion_report().measures) {
        std::cout << measure.name << ": " << measure.value << '\n';
    }
    std::cout << "champion: " << folder.champion().string() << '\n';
    return outcome == clade::Outcome::solved ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return evolve(argc > 1 ? argv[1] : "tutorial.yaml", argc > 2 ? argv[2] : "runs");
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
}
