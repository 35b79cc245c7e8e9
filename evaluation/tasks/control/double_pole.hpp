// Two poles of different lengths on one cart: the benchmark that most methods of neuroevolution report.
//
//   DPV   velocities: true,  fitness: steps      Markovian; 100,000 steps are a solution
//   DPNV  velocities: false, fitness: damping    the network must remember; a solution generalises to other starts
#pragma once

#include <clade/evaluation/episodes/control_task.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace clade {

enum class PoleFitness {
    steps,    ///< steps balanced
    damping,  ///< Gruau's: few steps, and little movement in the last hundred
};
template <>
struct EnumNames<PoleFitness> {
    static constexpr std::array<std::string_view, 2> names{"steps", "damping"};
};

class DoublePoleTask final : public ControlTask {
public:
    struct Params {
        bool velocities = true;
        PoleFitness fitness = PoleFitness::steps;
        std::optional<std::uint64_t> max_steps{};
        double start_angle = 4.0107;
        double second_pole = 0.1;
        double cart_friction = 0.0;
        double pole_friction = 2e-6;
        int generalisation_threshold = 200;
    };

    explicit DoublePoleTask(const Params& params, const TaskContext& context = {});

    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override;
    [[nodiscard]] std::optional<Verdict> solves(Network& network, double fitness,
                                                const Deadline& deadline) const override;
    [[nodiscard]] TaskReport report(Network& network) const override;

private:
    [[nodiscard]] std::vector<Measure> examine(Network& network, const Deadline& deadline) const;

    Params params_;
};

/// Steps that an episode of the fitness may take: `max_steps`, or by default 100,000, with damping 1,000.
[[nodiscard]] std::uint64_t step_limit_of(const DoublePoleTask::Params& params) noexcept;

/// Fitness with damping, in [0, infinity): 0.1 f1 + 0.9 f2, f1 = steps / limit, f2 = 0 for fewer than 100 steps, else
/// 0.75 / `movement`, the sum of |x| + |x'| + |angle 1| + |angle 1'| after each of the last 100 steps (Gruau, Whitley &
/// Pyeatt 1996; Stanley & Miikkulainen 2002, section 4.3).
[[nodiscard]] double damping_fitness(std::size_t steps, std::size_t limit, double movement) noexcept;
inline constexpr std::size_t damping_window = 100;

/// The starts of the test of generalisation: [6 x 625], a row a variable of the state (Gruau, Whitley & Pyeatt 1996).
[[nodiscard]] std::vector<double> generalisation_starts();
inline constexpr std::size_t generalisation_start_count = 625;

void visit_fields(DoublePoleTask::Params& params, FieldVisitor& field);

}  // namespace clade
