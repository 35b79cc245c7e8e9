// A program of one's own with every command of `clade`, for two tasks and a function that Clade does not have:
//
//   own_task tasks zigzag            what its parameters mean
//   own_task run own_task.yaml       evolve
#include <clade/app/app.hpp>

#include <array>
#include <cmath>
#include <vector>

namespace {

float triangle(float x) { return std::fabs(x - 2.0F * std::round(x / 2.0F)); }

/// A line that goes up and down over [0, 1], drawn point by point.
class Zigzag : public clade::FunctionTask {
public:
    struct Params {
        double teeth = 2.0;
        int points = 20;
    };

    Zigzag(const Params& params, const clade::TaskContext& /*context*/)
        : FunctionTask({.name = "zigzag", .input_count = 1, .output_count = 1, .solved_fitness = 0.95},
                       [params](clade::Network& network, const clade::Seeds&) { return closeness(network, params); }) {}

    static std::vector<clade::TaskDefault> defaults() { return {{"genome.activation.output", "triangle"}}; }

private:
    static double closeness(clade::Network& network, const Params& params) {
        double error = 0.0;
        for (int i = 0; i < params.points; ++i) {
            const double x = static_cast<double>(i) / (params.points - 1);
            const float wanted = triangle(static_cast<float>(2.0 * params.teeth * x));
            float y = 0.0F;
            network.activate(std::array{static_cast<float>(x)}, {&y, 1});
            error += std::fabs(double{y} - double{wanted});
        }
        return 1.0 - error / params.points;
    }
};

void visit_fields(Zigzag::Params& params, clade::FieldVisitor& field) {
    field("teeth", params.teeth, clade::between(0.5, 2.5), "How often the line goes up and down.");
    field("points", params.points, clade::at_least(2), "Points that a network is asked for.");
}

}  // namespace

int main(int argc, char** argv) {
    return clade::run_app(argc, argv, [](clade::Vocabulary& vocabulary) {
        vocabulary.tasks.add<Zigzag>("zigzag", "A line that goes up and down, drawn point by point.");
        vocabulary.tasks.add_function({.name = "negate", .input_count = 1, .output_count = 1}, "The opposite of 0.25.",
                                      [](clade::Network& network, const clade::Seeds&) {
                                          float out = 0.0F;
                                          network.activate(std::array{0.25F}, {&out, 1});
                                          return 1.0 - std::fabs(out - 0.75);
                                      });
        vocabulary.functions.activations.add("triangle", triangle);
    });
}
