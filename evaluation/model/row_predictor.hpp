// Predicts single rows with the model of a data task, as Predictor does, without its files.
//
//   RowPredictor predictor(load_model("champion.json"));
//   predictor.predict(row, values, labels);          // as often as you like; allocates nothing
#pragma once

#include <clade/core/functions/functions.hpp>
#include <clade/evaluation/model/model.hpp>
#include <clade/evaluation/network/network.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace clade {

/// The names of what is predicted: the classes (of several labels "LABEL=CLASS") or the targets.
[[nodiscard]] std::vector<std::string> prediction_names(const DataInterface& data);

/// For one thread at a time.
class RowPredictor {
public:
    /// Throws Error for a model that data_of() refuses.
    explicit RowPredictor(const Model& model, const FunctionSet& functions = {});
    ~RowPredictor();
    RowPredictor(RowPredictor&& other) noexcept;
    RowPredictor& operator=(RowPredictor&& other) noexcept;

    [[nodiscard]] std::size_t column_count() const noexcept;
    [[nodiscard]] std::size_t label_count() const noexcept;  ///< 0 of regression

    /// Predicts a row of numbers, [column_count()], as Predictor::predict_row() takes them: [output_count] probabilities or
    /// numbers, and of each label the class of the largest output: [label_count()], or empty if these are not wanted. The
    /// same bits. Of a model of sequences, the row follows the one before; reset() begins the next sequence.
    /// Throws Error if the sizes are others, and for values that the encodings of the columns do not take.
    void predict(std::span<const double> row, std::span<double> values, std::span<std::uint32_t> labels);

    /// Forgets the state of a recurrent network.
    void reset();

    /// What predict() runs, with its state.
    [[nodiscard]] Network& network() noexcept;
    [[nodiscard]] const Network& network() const noexcept;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace clade
