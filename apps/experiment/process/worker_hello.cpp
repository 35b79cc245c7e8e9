#include <clade/experiment/process/worker_hello_internal.hpp>

#include <clade/core/error.hpp>
#include <clade/core/text.hpp>
#include <clade/evaluation/model/field_json_internal.hpp>

namespace clade {
namespace {

constexpr std::uint64_t most_numbers = 100'000;  // inputs or outputs

/// 3 becomes ["input_0", "input_1", "input_2"].
void name_numbers(FieldJson& hello, const std::string& key, const std::string& name) {
    const auto found = hello.find(key);
    if (found == hello.end() || !found->is_number_unsigned()) return;
    const auto count = found->get<std::uint64_t>();
    if (count > most_numbers) throw FormatError("hello: " + key + " must be at most " + std::to_string(most_numbers));
    FieldJson names = FieldJson::array();
    for (std::uint64_t i = 0; i < count; ++i) names.push_back(name + "_" + std::to_string(i));
    *found = std::move(names);
}

FieldJson parse_hello(const std::string& line) {
    FieldJson json = FieldJson::parse(line, nullptr, false);
    if (json.is_object() && json.contains("protocol")) return json;
    throw FormatError("its first line must be its hello, a JSON object with the key 'protocol', got " +
                      printable(line) + "; what is printed for people belongs to stderr");
}

void require(bool holds, const std::string& rule) {
    if (!holds) throw FormatError("hello: " + rule);
}

/// How many there must be of a list that may be left out.
void require_count(const std::string& key, std::size_t found, std::size_t expected, const std::string& of) {
    require(found == 0 || found == expected, key + " must have a number for each of the " + std::to_string(expected) +
                                                 " " + of + ", got " + std::to_string(found));
}

void check_networks(const WorkerHello& hello) {
    require(hello.choices.empty() && hello.low.empty() && hello.high.empty() && hello.scale.empty(),
            "choices, low, high and scale are for style: world");
    require(!hello.outputs.empty(), "outputs must name at least one output");
    require(hello.framing == WorkerFraming::json || !(hello.activations.empty() || hello.aggregations.empty()),
            "activations and aggregations must name the functions that it knows with framing: binary");
}

void check_world(const WorkerHello& hello) {
    require(hello.scores.empty() && hello.activations.empty() && hello.aggregations.empty(),
            "scores, activations and aggregations are for style: networks");
    require(hello.direction == FitnessDirection::maximise, "direction must be maximise with style: world");
    require(hello.choices.empty() != hello.outputs.empty(),
            "one of choices (what each action means) and outputs (controls, with low and high) must have names");
    require(!hello.inputs.empty(), "inputs must name at least one observation");
    require(hello.low.size() == hello.outputs.size() && hello.high.size() == hello.outputs.size(),
            "low and high must have a number for each of the " + std::to_string(hello.outputs.size()) + " outputs");
    require_count("scale", hello.scale.size(), hello.inputs.size(), "inputs");
}

}  // namespace

std::vector<Signal> WorkerHello::input_signals() const {
    std::vector<Signal> signals;
    for (const std::string& input : inputs) signals.push_back({.name = input});
    for (std::size_t i = 0; i < scale.size(); ++i) signals[i].scale = scale[i];
    return signals;
}

std::vector<Signal> WorkerHello::output_signals() const {
    std::vector<Signal> signals;
    for (const std::string& output : outputs) signals.push_back({.name = output});
    for (std::size_t i = 0; i < low.size(); ++i) {
        signals[i].low = low[i];
        signals[i].high = high[i];
    }
    return signals;
}

void visit_fields(WorkerHello& hello, FieldVisitor& field) {
    field("protocol", hello.protocol, any_number(), "Version of the protocol.");
    field("style", hello.style, "What the worker does: networks (it scores them) or world (it steps environments).");
    field("framing", hello.framing, "Form of all later messages, in both directions.");
    field("name", hello.name, "Name for messages.");
    field("inputs", hello.inputs, "Names of what a network reads.");
    field("outputs", hello.outputs, "Names of what a network gives.");
    field("deterministic", hello.deterministic, "Whether no seed changes a result.");
    field("batch", hello.batch, between(1, 100'000), "Networks, or episodes, that it takes at once at most.");
    field("solved", hello.solved, any_number(), "Fitness, or mean return, that solves the task.");
    field("behaviour", hello.behaviour, "Names of numbers that describe what a network did.");
    field("direction", hello.direction, "Whether higher or lower fitness is better.");
    field("scores", hello.scores, "Names of further numbers besides the fitness.");
    field("recurrent", hello.recurrent, "Whether it runs recurrent networks, too.");
    field("activations", hello.activations, "Activation functions that it knows.");
    field("aggregations", hello.aggregations, "Aggregation functions that it knows.");
    field("choices", hello.choices, "What each of the discrete actions means.");
    field("low", hello.low, any_number(), "Lowest value of each output.");
    field("high", hello.high, any_number(), "Highest value of each output.");
    field("scale", hello.scale, any_number(), "Factor of each input that the network gets.");
    field("step_limit", hello.step_limit, at_least(1), "Steps after which an episode ends.");
}

WorkerHello read_hello(const std::string& line) {
    FieldJson said = parse_hello(line);
    if (said["protocol"] != worker_protocol) {
        throw FormatError("it speaks protocol " + printable(said["protocol"].dump()) + ", this program speaks " +
                          std::to_string(worker_protocol) + ": use a worker, or a version of Clade, of the other's");
    }
    require(said.contains("style"), "style must be networks or world");
    name_numbers(said, "inputs", "input");
    name_numbers(said, "outputs", "output");
    name_numbers(said, "choices", "choice");
    FieldJson json = fields_to_json(WorkerHello{});
    json.update(said);
    auto hello = fields_from_json<WorkerHello>(json, "hello");
    require(hello.batch >= 1 && hello.step_limit >= 1, "batch and step_limit must be at least 1");
    if (hello.style == WorkerStyle::networks) check_networks(hello);
    if (hello.style == WorkerStyle::world) check_world(hello);
    hello.line = line;
    return hello;
}

}  // namespace clade
