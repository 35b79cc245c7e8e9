// `clade predict` and `clade evaluate`: the model of a run on the rows of a file. Other commands find its file here.
#pragma once

#include "terminal/format.hpp"

#include <clade/experiment/run/vocabulary.hpp>

#include <array>
#include <filesystem>
#include <string>
#include <string_view>

namespace clade {

/// The champion's file of a run, or the file itself. Throws InputError if the run has none yet.
[[nodiscard]] std::filesystem::path model_file(const std::string& name);

enum class PredictionFormat { csv, json };
template <>
struct EnumNames<PredictionFormat> {
    static constexpr std::array<std::string_view, 2> names{"csv", "json"};
};

struct PredictOptions {
    std::string model;      ///< a run's folder, a folder of runs, or a champion's file
    std::string file;       ///< CSV
    std::string out = "-";  ///< a file; "-": stdout
    PredictionFormat format = PredictionFormat::csv;
};

struct EvaluateOptions {
    std::string model;
    std::string file;
    Format format = Format::table;
};

/// A row for each row of the file: its number, then the class and its probabilities, or the targets. Throws InputError if
/// the model or the file is not what it must be.
int predict_command(const PredictOptions& options, const Vocabulary& vocabulary);

/// The report of a run on these rows. Throws InputError likewise.
int evaluate_command(const EvaluateOptions& options, const Vocabulary& vocabulary);

}  // namespace clade
