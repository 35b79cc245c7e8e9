// A program of one's own with every command of `clade`, for two tasks and a function that Clade does not have:
//
//   own_task tasks parabola          what its parameters mean
//   own_task run own_task.yaml       evolve
#include <clade/app/app.hpp>

#include <array>
#include <cmath>

namespace {

/// A parabola over [-1, 1], drawn point by point.
class Parabola : public clade::FunctionTask {
public:
    struct Params {
        double height = 1.0;
        int points = 20;
    };

    Parabola(const Params& params, const clade::TaskContext&)
        : FunctionTask({.name = "parabola", .input_count = 1, .output_count = 1, .solved_fitness = 0.99},
                       [params](clade::Network& network, const clade::Seeds&) { return closeness(network, params); }) {}

private:
    static double closeness(clade::Network& network, const Params& params) {
        double error = 0.0;
        for (int i = 0; i < params.points; ++i) {
            const double x = 2.0 * i / (params.points - 1) - 1.0;
            float y = 0.0F;
            network.activate(std::array{static_cast<float>(x)}, {&y, 1});
            error += std::fabs(double{y} - params.height * x * x) / params.points;
        }
        return 1.0 - error;
    }
};

void visit_fields(Parabola::Params& params, clade::FieldVisitor& field) {
    field("height", params.height, clade::between(0.0, 1.0), "Its value at -1 and at 1.");
    field("points", params.points, clade::at_least(2), "Points that a network is asked for.");
}

float triangle(float x) { return std::fabs(x - 2.0F * std::round(x / 2.0F)); }

}  // namespace

int main(int argc, char** argv) {
    return clade::run_app(argc, argv, [](clade::Vocabulary& vocabulary) {
        vocabulary.tasks.add<Parabola>("parabola", "A parabola, drawn point by point.");
        vocabulary.tasks.add_function({.name = "negate", .input_count = 1, .output_count = 1}, "The opposite of 0.25.",
                                      [](clade::Network& network, const clade::Seeds&) {
                                          float out = 0.0F;
                                          network.activate(std::array{0.25F}, {&out, 1});
                                          return 1.0 - std::fabs(out - 0.75);
                                      });
        vocabulary.functions.activations.add("triangle", triangle);
    });
}
