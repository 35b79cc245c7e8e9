// What a worker says of itself before anything else: one line of JSON.
#pragma once

#include <clade/core/fields.hpp>
#include <clade/core/fitness_direction.hpp>
#include <clade/evaluation/signal.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// The version of the protocol that this program speaks.
inline constexpr int worker_protocol = 1;

enum class WorkerStyle {
    networks,  ///< the worker gets networks and scores them
    world,     ///< the worker steps environments; networks run here
};
template <>
struct EnumNames<WorkerStyle> {
    static constexpr std::array<std::string_view, 2> names{"networks", "world"};
};

enum class WorkerFraming {
    json,    ///< each message is a line of JSON
    binary,  ///< each message is its length and numbers
};
template <>
struct EnumNames<WorkerFraming> {
    static constexpr std::array<std::string_view, 2> names{"json", "binary"};
};

struct WorkerHello {
    int protocol = 0;
    WorkerStyle style = WorkerStyle::networks;
    WorkerFraming framing = WorkerFraming::json;
    std::string name = "worker";
    std::vector<std::string> inputs{};
    std::vector<std::string> outputs{};
    bool deterministic = true;
    std::uint64_t batch = 1;
    std::optional<double> solved{};
    std::vector<std::string> behaviour{};

    // networks
    FitnessDirection direction = FitnessDirection::maximise;
    std::vector<std::string> scores{};
    bool recurrent = false;
    std::vector<std::string> activations{};
    std::vector<std::string> aggregations{};

    // world
    std::vector<std::string> choices{};
    std::vector<double> low{};
    std::vector<double> high{};
    std::vector<double> scale{};
    std::uint64_t step_limit = 1000;

    std::string line{};  ///< as it was said; no field

    [[nodiscard]] std::vector<Signal> input_signals() const;
    [[nodiscard]] std::vector<Signal> output_signals() const;
};

void visit_fields(WorkerHello& hello, FieldVisitor& field);

/// Throws FormatError that says what is wrong with it.
[[nodiscard]] WorkerHello read_hello(const std::string& line);

}  // namespace clade
