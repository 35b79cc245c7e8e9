// Predicts rows of data with a model: classes and their probabilities, or numbers in the units of the targets.
//
//   Predictor predictor(load_model("champion.json"));
//   const Predictions said = predictor.predict_file("new.csv");
//   said.outputs[said.label[0]];                                     // the class of the first row
//   const std::vector<double> row = predictor.predict_row(std::array{5.1, 3.5, 1.4, 0.2});
//
// Outputs are those that the engine scored in training, bit for bit.
#pragma once

#include <clade/core/functions/functions.hpp>
#include <clade/evaluation/data/data_matrix.hpp>
#include <clade/evaluation/model/model.hpp>
#include <clade/evaluation/task.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// What a model says of rows.
struct Predictions {
    std::vector<std::string>
        outputs{};          ///< [output_count], the classes (of several labels "LABEL=CLASS") or the targets
    TargetMatrix values{};  ///< [row_count x output_count], probabilities or numbers; NaN: no finite output
    /// [row_count x label_count], row by row: of each label the class of the largest output; empty for regression.
    std::vector<std::uint32_t> label{};
    std::vector<std::size_t> rows{};  ///< [row_count], which rows of the file; of a series not the first ones
};

/// For one thread at a time.
class Predictor {
public:
    /// Throws Error for a model that data_of() refuses.
    explicit Predictor(Model model, const FunctionSet& functions = {});
    ~Predictor();
    Predictor(Predictor&& other) noexcept;
    Predictor& operator=(Predictor&& other) noexcept;

    /// The names of the columns that rows consist of, in their order.
    [[nodiscard]] std::vector<std::string> columns() const;

    /// Predicts a file's rows, which is read as the training file was: CSV, may be packed. Columns are found by name;
    /// others do no harm. Of a series, rows without enough rows before them are left out. Throws Error with every problem
    /// of the file.
    [[nodiscard]] Predictions predict_file(const std::filesystem::path& file);

    /// The same of a file's bytes; messages call them `name`.
    [[nodiscard]] Predictions predict_text(std::string_view bytes, const std::string& name);

    /// Predicts rows of numbers, [row_count x columns().size()]: of a category its position, of a time its seconds since
    /// 1970, 0 or 1 of a boolean, NaN for a missing value. Throws Error for another number of columns, and for values that
    /// the encodings of the columns do not take. Of a model of sequences, the rows are one sequence, in its order.
    [[nodiscard]] Predictions predict(const ColumnMatrix<double>& rows);

    /// One such row: [output_count] probabilities or numbers.
    [[nodiscard]] std::vector<double> predict_row(std::span<const double> row);

    /// Scores of a file's rows, whose classes or targets it has, as the report of a run has them: each named "test ...";
    /// of classification with the confusion matrix. Throws Error with every problem of the file.
    [[nodiscard]] TaskReport evaluate_file(const std::filesystem::path& file);

    /// The same of a file's bytes; messages call them `name`.
    [[nodiscard]] TaskReport evaluate_text(std::string_view bytes, const std::string& name);

    [[nodiscard]] const Model& model() const noexcept;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace clade
