// `clade export`: a model for other programs and languages.
#pragma once

#include <clade/core/fields.hpp>
#include <clade/experiment/run/vocabulary.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace clade {

enum class ExportFormat { c, cpp, python, rust, javascript, onnx, dot, graphml, json };
template <>
struct EnumNames<ExportFormat> {
    static constexpr std::array<std::string_view, 9> names{"c",    "cpp", "python",  "rust", "javascript",
                                                           "onnx", "dot", "graphml", "json"};
};

struct ExportOptions {
    std::string model;  ///< a run's folder, a folder of runs, or a champion's file
    ExportFormat format = ExportFormat::json;
    std::string out = "-";                  ///< a file; "-": stdout
    std::optional<std::uint64_t> genome{};  ///< of the run; empty: the champion
    std::string name{};                     ///< of the code's functions; empty: the run's
};

/// Writes the file anew and prints its name, or prints the text. Throws InputError for a genome or a name that cannot be,
/// and for a network that the format cannot express.
int export_command(const ExportOptions& options, const Vocabulary& vocabulary);

}  // namespace clade
