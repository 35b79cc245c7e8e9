// A recorded episode: its numbers and drawings, step by step.
#pragma once

#include <clade/core/language_standard.hpp>

#include <string>
#include <vector>

namespace clade {

/// A point in the task's own units; y grows upwards.
struct Point {
    double x = 0.0;
    double y = 0.0;
};

/// A line through points, closed or not, or a circle around one.
struct Shape {
    enum class Role {
        scenery,  ///< fixed: ground, walls, a goal
        body,     ///< the controlled object
        part,     ///< attached to it: a pole, a leg
        path,     ///< where it has been
    };
    Role role = Role::body;
    std::vector<Point> points{};
    double radius = 0.0;  ///< of the circle around the one point; 0: a line
    bool closed = false;
};

/// A drawing of one moment.
struct Drawing {
    std::vector<Shape> shapes{};
    [[nodiscard]] bool empty() const noexcept { return shapes.empty(); }
};

/// One episode. A row a step: time, what the network read, what it did, the reward of the step.
struct Trace {
    std::vector<std::string> columns{};       ///< e.g. "time", "position", ..., "action", "reward"
    std::vector<std::vector<double>> rows{};  ///< [step][column]
    Point low{}, high{};                      ///< corners of what the drawings show
    std::vector<Drawing> drawings{};          ///< [step], or empty where the task has no picture
    [[nodiscard]] bool empty() const noexcept { return rows.empty(); }
};

}  // namespace clade
