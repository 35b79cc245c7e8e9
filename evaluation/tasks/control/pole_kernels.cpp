// One or two poles on a cart: equations of motion after Wieland (1991) as in Gomez, Schmidhuber & Miikkulainen, JMLR
// 9:937-965 (2008), and two steps of the classical Runge-Kutta method a control step.
//
// D is a double or a vector of doubles, lanes of which are episodes; both go through the same operations in the same
// order, so a lane gets the same bits at any width.
#include <clade/evaluation/tasks/control/pole_kernels_internal.hpp>

#include <clade/core/functions/double_math_internal.hpp>

#include <cstring>

namespace clade {
namespace {

constexpr std::size_t vector_lanes = CLADE_VECTOR_BYTES / sizeof(double);
typedef double Doubles __attribute__((vector_size(vector_lanes * sizeof(double))));

constexpr double gravity = -9.8;    // m/s^2, downwards
constexpr double cart_mass = 1.0;   // kg
constexpr double time_step = 0.01;  // s
constexpr int steps_an_action = 2;

/// A state, or its derivative with respect to time.
template <class D, std::size_t poles>
struct CartState {
    D position, velocity;
    D angle[poles], rate[poles];
};

CLADE_ALWAYS_INLINE void sincos_lanes(double x, double& sine, double& cosine) {
    const SineCosine both = sincos_double(x);
    sine = both.sine;
    cosine = both.cosine;
}
CLADE_ALWAYS_INLINE void sincos_lanes(Doubles x, Doubles& sine, Doubles& cosine) {
    double angles[vector_lanes];
    double sines[vector_lanes];
    double cosines[vector_lanes];
    std::memcpy(angles, &x, sizeof x);
    for (std::size_t lane = 0; lane < vector_lanes; ++lane) {
        const SineCosine both = sincos_double(angles[lane]);
        sines[lane] = both.sine;
        cosines[lane] = both.cosine;
    }
    std::memcpy(&sine, sines, sizeof sine);
    std::memcpy(&cosine, cosines, sizeof cosine);
}

template <class D, std::size_t poles>
CLADE_ALWAYS_INLINE CartState<D, poles> derivative(const CartState<D, poles>& state, D force,
                                                   const CartConstants& constants) {
    D cosine[poles];
    D pull[poles];  // friction and gravity at the hinge
    const D zero{};
    const D friction = zero + constants.friction;
    D total_force = force - (state.velocity > zero ? friction : state.velocity < zero ? -friction : zero);
    D total_mass = zero + cart_mass;
    for (std::size_t i = 0; i < poles; ++i) {
        const PoleConstants& pole = constants.poles[i];
        D sine;
        sincos_lanes(state.angle[i], sine, cosine[i]);
        pull[i] = pole.friction * state.rate[i] + gravity * sine;
        total_force = total_force +
                      (pole.moment * (state.rate[i] * state.rate[i]) * sine + (0.75 * pole.mass) * cosine[i] * pull[i]);
        total_mass = total_mass + pole.mass * (1.0 - 0.75 * (cosine[i] * cosine[i]));
    }
    CartState<D, poles> slope{};
    slope.position = state.velocity;
    slope.velocity = total_force / total_mass;
    for (std::size_t i = 0; i < poles; ++i) {
        slope.angle[i] = state.rate[i];
        slope.rate[i] = -constants.poles[i].inverse_reach * (slope.velocity * cosine[i] + pull[i]);
    }
    return slope;
}

/// state + time x slope
template <class D, std::size_t poles>
CLADE_ALWAYS_INLINE CartState<D, poles> moved(const CartState<D, poles>& state, double time,
                                              const CartState<D, poles>& slope) {
    CartState<D, poles> next{};
    next.position = state.position + time * slope.position;
    next.velocity = state.velocity + time * slope.velocity;
    for (std::size_t i = 0; i < poles; ++i) {
        next.angle[i] = state.angle[i] + time * slope.angle[i];
        next.rate[i] = state.rate[i] + time * slope.rate[i];
    }
    return next;
}

/// A step of the classical Runge-Kutta method.
template <class D, std::size_t poles>
CLADE_ALWAYS_INLINE CartState<D, poles> runge_kutta(const CartState<D, poles>& state, D force,
                                                    const CartConstants& constants) {
    const CartState<D, poles> a = derivative(state, force, constants);
    const CartState<D, poles> b = derivative(moved(state, 0.5 * time_step, a), force, constants);
    const CartState<D, poles> c = derivative(moved(state, 0.5 * time_step, b), force, constants);
    const CartState<D, poles> d = derivative(moved(state, time_step, c), force, constants);
    const CartState<D, poles> middle = moved(b, 1.0, c);
    return moved(state, time_step / 6.0, moved(moved(a, 2.0, middle), 1.0, d));
}

/// Where `count` lanes from `begin` on lie.
struct Block {
    double* state;
    std::size_t lanes;
    std::size_t count;
};

template <class D>
CLADE_ALWAYS_INLINE D row_of(const Block& block, std::size_t row) {
    D values{};
    std::memcpy(&values, block.state + row * block.lanes, block.count * sizeof(double));
    return values;
}
template <class D>
CLADE_ALWAYS_INLINE void set_row(const Block& block, std::size_t row, D values) {
    std::memcpy(block.state + row * block.lanes, &values, block.count * sizeof(double));
}

template <class D, std::size_t poles>
CLADE_ALWAYS_INLINE void step_block(const Block& block, const float* forces, const CartConstants& constants) {
    double force_lanes[vector_lanes] = {};
    for (std::size_t i = 0; i < block.count; ++i) force_lanes[i] = double{forces[i]};
    D force;
    std::memcpy(&force, force_lanes, sizeof force);

    CartState<D, poles> state{};
    state.position = row_of<D>(block, 0);
    state.velocity = row_of<D>(block, 1);
    for (std::size_t i = 0; i < poles; ++i) {
        state.angle[i] = row_of<D>(block, 2 + 2 * i);
        state.rate[i] = row_of<D>(block, 3 + 2 * i);
    }
    for (int i = 0; i < steps_an_action; ++i) state = runge_kutta(state, force, constants);
    set_row(block, 0, state.position);
    set_row(block, 1, state.velocity);
    for (std::size_t i = 0; i < poles; ++i) {
        set_row(block, 2 + 2 * i, state.angle[i]);
        set_row(block, 3 + 2 * i, state.rate[i]);
    }
}

template <std::size_t poles, bool velocities>
void observe(const LanePass& pass) {
    float* next = pass.observations;
    for (std::size_t row = 0; row < 2 + 2 * poles; row += velocities ? 1 : 2) {
        const double* const values = pass.state + row * pass.lanes;
        for (std::size_t lane = 0; lane < pass.lanes; ++lane) *next++ = static_cast<float>(values[lane]);
    }
    for (std::size_t lane = 0; lane < pass.lanes; ++lane) *next++ = 1.0F;
}

/// A reward of 1 for a step that ends with the cart on its track and the poles up. What is no number is not.
template <std::size_t poles>
CLADE_ALWAYS_INLINE void judge(const LanePass& pass, double max_angle) {
    for (std::size_t lane = 0; lane < pass.lanes; ++lane) {
        bool up = __builtin_fabs(pass.state[lane]) <= track_end;
        for (std::size_t i = 0; i < poles; ++i) {
            up = up & (__builtin_fabs(pass.state[(2 + 2 * i) * pass.lanes + lane]) <= max_angle);
        }
        pass.rewards[lane] = up ? 1.0 : 0.0;
        pass.done[lane] = up ? 0 : 1;
    }
}

template <std::size_t poles, bool velocities>
void step(const LanePass& pass) {
    CartConstants constants{};
    std::memcpy(&constants, pass.constants, sizeof constants);
    if (pass.lanes == 1) {
        step_block<double, poles>({pass.state, 1, 1}, pass.actions, constants);
    } else {
        std::size_t lane = 0;
        for (; lane + vector_lanes <= pass.lanes; lane += vector_lanes) {
            step_block<Doubles, poles>({pass.state + lane, pass.lanes, vector_lanes}, pass.actions + lane, constants);
        }
        const std::size_t rest = pass.lanes - lane;
        if (rest > 0) step_block<Doubles, poles>({pass.state + lane, pass.lanes, rest}, pass.actions + lane, constants);
    }
    judge<poles>(pass, constants.max_angle);
    observe<poles, velocities>(pass);
}

}  // namespace

namespace CLADE_KERNEL_NAMESPACE {
const PoleKernels pole_kernels{{{{step<1, false>, observe<1, false>}, {step<1, true>, observe<1, true>}},
                                {{step<2, false>, observe<2, false>}, {step<2, true>, observe<2, true>}}}};
}

}  // namespace clade
