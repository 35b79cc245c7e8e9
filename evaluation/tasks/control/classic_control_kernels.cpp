// The dynamics of Gymnasium's classic control tasks (gymnasium/envs/classic_control), episodes side by side.
//
//   task                     state, a row each                       action
//   cart pole                x, x', theta, theta'                    0 left, 1 right
//   mountain car             x, v                                    0 left, 1 none, 2 right
//   continuous mountain car  x, v                                    force
//   acrobot                  theta1, theta2, theta1', theta2'        torque + 1
//   pendulum                 theta, theta'                           torque
//
// Lanes pass through a tile of fixed size in which everything is a double: the loops over it become vectors, and
// the last lanes, in a tile with idle ones, get the same bits as any others.
#include <clade/evaluation/tasks/control/classic_control_kernels_internal.hpp>

#include <clade/core/functions/double_math_internal.hpp>

#include <cstddef>
#include <cstdint>

namespace clade::CLADE_KERNEL_NAMESPACE {
namespace {

constexpr std::size_t tile_lanes = 8;
constexpr double two_pi = 6.28318530717958647693;

/// A tile of lanes; a dynamics derives from it and adds step(), which writes state, reward and done, and observe().
template <std::size_t variables, std::size_t observations>
struct Tile {
    static constexpr std::size_t variable_count = variables;
    static constexpr std::size_t observation_count = observations;

    alignas(64) double state[variables][tile_lanes];
    alignas(64) double observation[observations][tile_lanes];
    alignas(64) double action[tile_lanes];
    alignas(64) double reward[tile_lanes];
    alignas(64) double done[tile_lanes];  // 1 or 0
};

/// The same angle within [-pi, pi].
CLADE_ALWAYS_INLINE double wrapped(double angle) { return angle - two_pi * round_double(angle * (1.0 / two_pi)); }

struct CartPole : Tile<4, 4> {
    void step() {
        constexpr double gravity = 9.8;
        constexpr double pole_mass = 0.1;
        constexpr double total_mass = 1.1;
        constexpr double half_length = 0.5;
        constexpr double push = 10.0;
        constexpr double tau = 0.02;
        constexpr double pole_moment = pole_mass * half_length;
        constexpr double x_bound = 2.4;
        constexpr double theta_bound = 12.0 * two_pi / 360.0;
        for (std::size_t l = 0; l < tile_lanes; ++l) {
            const double x_dot = state[1][l];
            const double theta_dot = state[3][l];
            const auto [sine, cosine] = sincos_double(state[2][l]);
            const double force = select_double(action[l] > 0.5, push, -push);
            const double share = (force + pole_moment * (theta_dot * theta_dot) * sine) / total_mass;
            const double theta_acceleration = (gravity * sine - cosine * share) /
                                              (half_length * (4.0 / 3.0 - pole_mass * (cosine * cosine) / total_mass));
            const double x_acceleration = share - pole_moment * theta_acceleration * cosine / total_mass;
            const double x = state[0][l] + tau * x_dot;  // explicit Euler: with the old velocities
            const double theta = state[2][l] + tau * theta_dot;
            state[0][l] = x;
            state[1][l] = x_dot + tau * x_acceleration;
            state[2][l] = theta;
            state[3][l] = theta_dot + tau * theta_acceleration;
            reward[l] = 1.0;
            const bool left_track = x < -x_bound || x > x_bound;
            const bool fallen = theta < -theta_bound || theta > theta_bound;
            done[l] = select_double(left_track || fallen, 1.0, 0.0);
        }
    }
    void observe() {
        for (std::size_t v = 0; v < 4; ++v) {
            for (std::size_t l = 0; l < tile_lanes; ++l) observation[v][l] = state[v][l];
        }
    }
};

/// The car of both mountain cars after a push that changes its velocity by `acceleration`.
struct Car {
    double x, v;
};
CLADE_ALWAYS_INLINE Car moved_car(Car car, double acceleration) {
    constexpr double left_wall = -1.2;
    constexpr double right_end = 0.6;
    constexpr double v_bound = 0.07;
    const double v = clamp_double(car.v + (acceleration - 0.0025 * cos_double(3.0 * car.x)), -v_bound, v_bound);
    const double x = clamp_double(car.x + v, left_wall, right_end);
    const bool stopped = x <= left_wall && v < 0.0;
    return {x, select_double(stopped, 0.0, v)};
}

struct MountainCarTile : Tile<2, 2> {
    void observe() {
        for (std::size_t v = 0; v < 2; ++v) {
            for (std::size_t l = 0; l < tile_lanes; ++l) observation[v][l] = state[v][l];
        }
    }
};

struct MountainCar : MountainCarTile {
    void step() {
        for (std::size_t l = 0; l < tile_lanes; ++l) {
            const Car car = moved_car({state[0][l], state[1][l]}, (action[l] - 1.0) * 0.001);
            state[0][l] = car.x;
            state[1][l] = car.v;
            reward[l] = -1.0;
            done[l] = select_double(car.x >= 0.5 && car.v >= 0.0, 1.0, 0.0);
        }
    }
};

struct ContinuousMountainCar : MountainCarTile {
    void step() {
        for (std::size_t l = 0; l < tile_lanes; ++l) {
            const Car car = moved_car({state[0][l], state[1][l]}, clamp_double(action[l], -1.0, 1.0) * 0.0015);
            const double goal = select_double(car.x >= 0.45 && car.v >= 0.0, 1.0, 0.0);
            state[0][l] = static_cast<double>(static_cast<float>(car.x));  // Gymnasium keeps single precision here
            state[1][l] = static_cast<double>(static_cast<float>(car.v));
            reward[l] = 100.0 * goal - action[l] * action[l] * 0.1;
            done[l] = goal;
        }
    }
};

/// Acrobot after Sutton & Barto 1998, 11.3: both links of length, mass and moment of inertia 1, their centres half way.
struct Links {
    double theta1, theta2, theta1_dot, theta2_dot;
};
CLADE_ALWAYS_INLINE Links operator+(Links a, Links b) {
    return {a.theta1 + b.theta1, a.theta2 + b.theta2, a.theta1_dot + b.theta1_dot, a.theta2_dot + b.theta2_dot};
}
CLADE_ALWAYS_INLINE Links operator*(double factor, Links a) {
    return {factor * a.theta1, factor * a.theta2, factor * a.theta1_dot, factor * a.theta2_dot};
}

/// The rate of change of the links; d and phi are the book's.
CLADE_ALWAYS_INLINE Links rate_of(Links links, double torque) {
    constexpr double gravity = 9.8;
    const auto [sine2, cosine2] = sincos_double(links.theta2);
    const double omega1 = links.theta1_dot;
    const double omega2 = links.theta2_dot;
    const double d1 = 3.5 + cosine2;
    const double d2 = 1.25 + 0.5 * cosine2;
    const double phi2 = 0.5 * gravity * sin_double(links.theta1 + links.theta2);
    const double phi1 =
        -0.5 * (omega2 * omega2) * sine2 - omega2 * omega1 * sine2 + 1.5 * gravity * sin_double(links.theta1) + phi2;
    const double acceleration2 =
        (torque + d2 / d1 * phi1 - 0.5 * (omega1 * omega1) * sine2 - phi2) / (1.25 - d2 * d2 / d1);
    return {omega1, omega2, -(d2 * acceleration2 + phi1) / d1, acceleration2};
}

/// The links `dt` later: Runge-Kutta of fourth order, one step.
CLADE_ALWAYS_INLINE Links moved_links(Links links, double torque, double dt) {
    const Links k1 = rate_of(links, torque);
    const Links k2 = rate_of(links + 0.5 * dt * k1, torque);
    const Links k3 = rate_of(links + 0.5 * dt * k2, torque);
    const Links k4 = rate_of(links + dt * k3, torque);
    return links + dt / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4);
}

struct Acrobot : Tile<4, 6> {
    void step() {
        constexpr double bound1 = 2.0 * two_pi;
        constexpr double bound2 = 4.5 * two_pi;
        for (std::size_t l = 0; l < tile_lanes; ++l) {
            const Links links = moved_links({state[0][l], state[1][l], state[2][l], state[3][l]}, action[l] - 1.0, 0.2);
            const double theta1 = wrapped(links.theta1);
            const double theta2 = wrapped(links.theta2);
            state[0][l] = theta1;
            state[1][l] = theta2;
            state[2][l] = clamp_double(links.theta1_dot, -bound1, bound1);
            state[3][l] = clamp_double(links.theta2_dot, -bound2, bound2);
            const bool above = -cos_double(theta1) - cos_double(theta1 + theta2) > 1.0;
            reward[l] = select_double(above, 0.0, -1.0);
            done[l] = select_double(above, 1.0, 0.0);
        }
    }
    void observe() {
        for (std::size_t l = 0; l < tile_lanes; ++l) {
            const SineCosine first = sincos_double(state[0][l]);
            const SineCosine second = sincos_double(state[1][l]);
            observation[0][l] = first.cosine;
            observation[1][l] = first.sine;
            observation[2][l] = second.cosine;
            observation[3][l] = second.sine;
            observation[4][l] = state[2][l];
            observation[5][l] = state[3][l];
        }
    }
};

struct Pendulum : Tile<2, 3> {
    void step() {
        constexpr double gravity = 10.0;
        constexpr double dt = 0.05;
        constexpr double torque_bound = 2.0;
        constexpr double omega_bound = 8.0;
        for (std::size_t l = 0; l < tile_lanes; ++l) {
            const double theta = state[0][l];
            const double omega = state[1][l];
            const double torque = clamp_double(action[l], -torque_bound, torque_bound);
            const double off = wrapped(theta);
            reward[l] = -(off * off + 0.1 * (omega * omega) + 0.001 * (torque * torque));
            const double next = omega + (1.5 * gravity * sin_double(theta) + 3.0 * torque) * dt;
            state[1][l] = clamp_double(next, -omega_bound, omega_bound);
            state[0][l] = theta + state[1][l] * dt;  // with the new velocity
            done[l] = 0.0;
        }
    }
    void observe() {
        for (std::size_t l = 0; l < tile_lanes; ++l) {
            const SineCosine at = sincos_double(state[0][l]);
            observation[0][l] = at.cosine;
            observation[1][l] = at.sine;
            observation[2][l] = state[1][l];
        }
    }
};

template <class From, class To>
CLADE_ALWAYS_INLINE void copy_lanes(const From* from, To* to, std::size_t count) {
    if (count == tile_lanes) {
        for (std::size_t l = 0; l < tile_lanes; ++l) to[l] = static_cast<To>(from[l]);
    } else {
        for (std::size_t l = 0; l < count; ++l) to[l] = static_cast<To>(from[l]);
    }
}

template <class Dynamics, bool stepping>
void run(const LanePass& pass) {
    const std::size_t lanes = pass.lanes;
    Dynamics tile{};
    for (std::size_t first = 0; first < lanes; first += tile_lanes) {
        const std::size_t count = lanes - first < tile_lanes ? lanes - first : tile_lanes;
        for (std::size_t v = 0; v < Dynamics::variable_count; ++v) {
            copy_lanes(pass.state + v * lanes + first, tile.state[v], count);
        }
        if constexpr (stepping) {
            copy_lanes(pass.actions + first, tile.action, count);
            tile.step();
            for (std::size_t v = 0; v < Dynamics::variable_count; ++v) {
                copy_lanes(tile.state[v], pass.state + v * lanes + first, count);
            }
            copy_lanes(tile.reward, pass.rewards + first, count);
            copy_lanes(tile.done, pass.done + first, count);
        }
        tile.observe();
        for (std::size_t i = 0; i < Dynamics::observation_count; ++i) {
            copy_lanes(tile.observation[i], pass.observations + i * lanes + first, count);
        }
    }
}

template <class Dynamics>
constexpr LaneKernels kernels_of() {
    return {run<Dynamics, true>, run<Dynamics, false>};
}

}  // namespace

extern const ClassicControlKernels classic_control_kernels;
const ClassicControlKernels classic_control_kernels{kernels_of<CartPole>(), kernels_of<MountainCar>(),
                                                    kernels_of<ContinuousMountainCar>(), kernels_of<Acrobot>(),
                                                    kernels_of<Pendulum>()};

}  // namespace clade::CLADE_KERNEL_NAMESPACE
