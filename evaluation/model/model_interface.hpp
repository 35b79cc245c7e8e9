// What must be known to use a network without its task: how a row or an observation becomes inputs, and what outputs mean.
// A plain value: Task::interface() gives it, a champion's file holds it (model.hpp).
//
//   row of a file -> columns: an encoding each -> inputs -> network -> outputs -> probabilities of classes, or targets
//   observation   -> x scale                   -> inputs -> network -> outputs -> a choice, or controls
#pragma once

#include <clade/evaluation/data/column_encoding.hpp>
#include <clade/evaluation/data/csv_format.hpp>
#include <clade/evaluation/episodes/action_space.hpp>
#include <clade/evaluation/signal.hpp>

#include <optional>
#include <string>
#include <vector>

namespace clade {

/// A target of a regression: its estimate is offset + scale x output.
struct TargetOutput {
    std::string name{};
    double offset = 0.0;
    double scale = 1.0;
};

void visit_fields(TargetOutput& target, FieldVisitor& field);

/// A label of a classification: its classes have an output each, in their order.
struct LabelOutput {
    std::string name{};
    std::vector<std::string> classes{};
};

void visit_fields(LabelOutput& label, FieldVisitor& field);

/// The rows that a network was trained on. Either `labels` or `targets` is empty.
struct DataInterface {
    CsvFormat format{};                     ///< how the file was written
    std::vector<ColumnEncoding> columns{};  ///< in the order of their inputs
    std::vector<LabelOutput> labels{};      ///< of classification; each has an output for each class
    std::vector<TargetOutput> targets{};    ///< [output_count]
    std::string weight{};                   ///< column of the rows' weights; empty: none
    std::string group{};                    ///< column that tells series apart; empty: none
    std::vector<double> lags{};             ///< of a series, as ColumnOptions; so the next two
    std::vector<double> rolling{};
    int horizon = 0;
    std::string sequence_by{};                   ///< column whose equal values make a sequence; empty: there are none
    std::string sequence_order{};                ///< column that its rows are sorted by; empty: as in the file
    ColumnKind order_kind = ColumnKind::number;  ///< of sequence_order: number or time
    double sharpness = 1.0;                      ///< probabilities are the softmax of sharpness x outputs
    int steps = 1;                               ///< of a recurrent network, a row

    [[nodiscard]] bool is_classification() const noexcept { return !labels.empty(); }
    [[nodiscard]] bool is_series() const noexcept { return !lags.empty() || !rolling.empty() || horizon > 0; }

    [[nodiscard]] bool has_sequences() const noexcept { return !sequence_by.empty(); }

    /// Whether inputs are made of earlier targets.
    [[nodiscard]] bool has_history() const noexcept { return !lags.empty() || !rolling.empty(); }
};

/// All but format, columns, labels and targets.
void visit_fields(DataInterface& data, FieldVisitor& field);

/// The actions of a control task. The network gets each observation multiplied by the scale of its input.
struct ControlInterface {
    ActionMapping mapping = ActionMapping::argmax;
    ActionSpace actions{};
};

struct ModelInterface {
    std::vector<Signal> inputs{};   ///< [input_count], or empty: the task does not say
    std::vector<Signal> outputs{};  ///< [output_count], likewise
    std::optional<DataInterface> data{};
    std::optional<ControlInterface> control{};
};

}  // namespace clade
