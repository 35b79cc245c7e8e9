// Cart-pole: a pole hinged on a cart, kept upright by pushing the cart left or right (Barto, Sutton & Anderson 1983; as
// CartPole-v1 of Gymnasium).
#pragma once

#include <clade/core/simd.hpp>
#include <clade/evaluation/episodes/control_task.hpp>

#include <memory>

namespace clade {

class CartPoleTask final : public ControlTask {
public:
    struct Params {
        EpisodeParams episodes{};
    };

    CartPoleTask() : CartPoleTask(Params{}, {}) {}
    CartPoleTask(const Params& params, const TaskContext& context);
};

void visit_fields(CartPoleTask::Params& params, FieldVisitor& field);
void check_params(const CartPoleTask::Params& params, IssueSink& issues);

/// State: x, x', theta, theta'.
[[nodiscard]] std::unique_ptr<KernelEnvironment> make_cart_pole(SimdLevel level = best_simd_level());

}  // namespace clade
