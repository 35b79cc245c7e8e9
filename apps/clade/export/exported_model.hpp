// A model on its way out of Clade: its name there, and where it comes from. Every format is written from it.
#pragma once

#include <clade/core/functions/functions.hpp>
#include <clade/evaluation/model/model.hpp>

#include <string>
#include <vector>

namespace clade::exported {

struct ExportedModel {
    std::string name{};  ///< an identifier in every language
    Model model{};
    FunctionSet functions{};
};

/// Why a text cannot be the name of exported code; empty if it can.
[[nodiscard]] std::string name_problem(const std::string& name);

/// The name of a model where none is given: that of its run, with _ for what no identifier has.
[[nodiscard]] std::string usual_name(const ModelOrigin& origin);

/// Where the model comes from, for a comment: version and run; genome, fitness and digest of its genes. Each a line
/// without control characters.
[[nodiscard]] std::vector<std::string> provenance(const Model& model);

/// Throws Error with every reason why the network cannot be written as code: a decoder of a program's own, each function
/// of its own by name.
void require_expressible(const ExportedModel& exported);

}  // namespace clade::exported
