// A model: a genome with all that must be known to use it elsewhere, and where it comes from. The champion's file of a run
// holds one, as JSON.
//
//   const Model model = load_model("runs/iris-20260101-120000-1/champion.json");
//   Predictor predictor(model);                          // of a data task: predictor.hpp
//   Policy policy(model);                                // of a control task: policy.hpp
//   Network network = make_network(model.genome);        // of any other
#pragma once

#include <clade/core/genome/genome_io.hpp>
#include <clade/evaluation/model/model_interface.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// Where a model comes from.
struct ModelOrigin {
    std::string task{};
    std::string run{};  ///< the name of its configuration
    std::uint64_t seed = 0;
    std::uint64_t generation = 0;
    std::uint64_t genome = 0;  ///< its id
    double fitness = 0.0;      ///< in evolution
    std::string version{};     ///< of Clade
};

void visit_fields(ModelOrigin& origin, FieldVisitor& field);

struct Model {
    SavedGenome genome{};
    ModelInterface interface {};
    ModelOrigin origin{};

    /// False if a decoder of the program's own makes the network of the genome: then make_network() gives another one.
    bool is_direct = true;
};

/// Throws Error for a model that no task can have: inputs or outputs of another number than the genome's, encodings that
/// check_encoding() refuses, classes and targets both or neither.
void check_model(const Model& model);

/// Texts that are not UTF-8 are written with replacement characters.
[[nodiscard]] std::string model_to_json(const Model& model, const FunctionSet& functions = {});

/// Also reads a genome alone, as older versions saved champions: a model without data and control. Throws FormatError if
/// the text is not a sound model, with the path of the key.
[[nodiscard]] Model model_from_json(std::string_view text, const FunctionSet& functions = {});

/// The model in a file. Throws Error if it cannot be read, FormatError as model_from_json() does, each with the file.
[[nodiscard]] Model load_model(const std::filesystem::path& file, const FunctionSet& functions = {});

/// Names of the network's inputs and outputs, which a task may not give: "input 0".
[[nodiscard]] std::vector<std::string> input_names(const Model& model);
[[nodiscard]] std::vector<std::string> output_names(const Model& model);

/// The data of a model. Throws Error if it has none, or is not direct: what it was trained for, and what to do.
[[nodiscard]] const DataInterface& data_of(const Model& model);

}  // namespace clade
