// A task with every kind of parameter: an enum, a list, an optional number, a file name, and a seed from its TaskContext.
//
//   own_fields tasks points          the parameters and their meaning
//   own_fields run points.yaml       evolve
#include <clade/app/app.hpp>
#include <clade/core/random/random.hpp>

#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>

enum class Curve { line, square };
template <>
struct clade::EnumNames<Curve> {
    static constexpr std::array<std::string_view, 2> names{"line", "square"};
};

namespace {

/// Learns the height of a curve at some points.
class Points : public clade::FunctionTask {
public:
    struct Params {
        Curve curve = Curve::square;
        std::vector<double> points{0.0, 0.25, 0.5, 0.75, 1.0};
        double noise = 0.0;
        std::optional<double> solved_fitness{};
        std::string file;
    };

    Points(const Params& params, const clade::TaskContext& context)
        : FunctionTask({.name = "points",
                        .input_count = 1,
                        .output_count = 1,
                        .direction = clade::FitnessDirection::minimise,
                        .solved_fitness = params.solved_fitness},
                       [samples = samples_of(params, context)](clade::Network& network, const clade::Seeds&) {
                           return squared_error(network, samples);
                       }) {}

private:
    struct Sample {
        float x;
        double y;
    };

    static std::vector<Sample> samples_of(const Params& params, const clade::TaskContext& context) {
        std::vector<double> points = params.points;
        if (!params.file.empty()) points = numbers_in(std::filesystem::path(context.directory) / params.file);
        clade::Stream random({context.seed, 0, clade::Purpose::data_noise}, 0);
        std::vector<Sample> samples;
        for (const double x : points) {
            const double height = params.curve == Curve::line ? x : x * x;
            samples.push_back({static_cast<float>(x), height + params.noise * random.normal()});
        }
        return samples;
    }

    static std::vector<double> numbers_in(const std::filesystem::path& path) {
        std::ifstream file(path);
        std::vector<double> numbers;
        for (double number = 0.0; file >> number;) numbers.push_back(number);
        if (numbers.empty()) throw clade::FieldError("file", "must hold numbers, got '" + path.string() + "'");
        return numbers;
    }

    static double squared_error(clade::Network& network, const std::vector<Sample>& samples) {
        double sum = 0.0;
        for (const Sample& sample : samples) {
            float y = 0.0F;
            network.activate({&sample.x, 1}, {&y, 1});
            sum += (double{y} - sample.y) * (double{y} - sample.y);
        }
        return sum;
    }
};

void visit_fields(Points::Params& params, clade::FieldVisitor& field) {
    field("curve", params.curve, "Curve to learn.");
    field("points", params.points, clade::between(-10.0, 10.0), "Inputs at which the curve is learned.");
    field("noise", params.noise, clade::at_least(0.0), "Standard deviation of the noise on the targets.");
    field("solved_fitness", params.solved_fitness, clade::at_least(0.0), "Squared error that solves the task.");
    field("file", params.file, "Text file of inputs, instead of points; empty for none.", {.kind = "file"});
}

void check_params(const Points::Params& params, clade::IssueSink& issues) {
    if (params.file.empty() && params.points.empty())
        issues.add("points", "must have at least one number without file");
}

}  // namespace

int main(int argc, char** argv) {
    return clade::run_app(argc, argv, [](clade::Vocabulary& vocabulary) {
        vocabulary.tasks.add<Points>("points", "Learning a curve from some points.");
    });
}
