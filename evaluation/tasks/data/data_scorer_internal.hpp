// The evaluator of tasks with data: outputs of networks, their scores, and gradients.
#pragma once

#include <clade/evaluation/data/dataset.hpp>
#include <clade/evaluation/task.hpp>
#include <clade/evaluation/tasks/data/class_scores_internal.hpp>
#include <clade/evaluation/tasks/data/data_kernels_internal.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace clade {

/// What networks are scored by. The task that has it outlives its scorers.
struct DataScoring {
    const Dataset& training;
    DataFitness fitness{};
    double sharpness = 1.0;                   ///< of classification
    int steps = 1;                            ///< of a recurrent network
    std::size_t batch_size = 0;               ///< 0: all training rows
    std::span<const float> class_weight{};    ///< [output_count], of classification
    std::span<const double> target_offset{};  ///< [target_count]: the estimate is offset + scale x output
    std::span<const double> target_scale{};
    std::span<const double> target_variance{};
};

/// Scores networks on rows; keeps its memory.
///
/// Where rows have no weights, the fitness of accuracy, cross-entropy, likelihood, squared error and closeness comes from
/// kernels, which are faster (data_kernels_internal.hpp). All else comes from class_score() and number_score().
class DataScorer final : public Evaluator {
public:
    explicit DataScorer(const DataScoring& scoring);

    double evaluate(Network& network, const Seeds& seeds) override;
    double gradient(Network& network, const Seeds& seeds, NetworkGradient& gradient) override;

    /// The outputs for each row: [output_count x row_count], valid until the next call. Rows of sequences go through the
    /// network step by step; its memory is that of the sequence.
    std::span<const float> run(Network& network, const Dataset& rows);

    // Of the network that ran last, on the rows that it ran on:

    /// Rows count by their own weights and those of their classes.
    double fitness(const Dataset& rows);

    /// Rows count by their own weights.
    DataMeasures measures(const Dataset& rows);

    /// Adds the scores that reports have, each named after `part`; of several targets or labels of each, too.
    void add_scores(TaskReport& report, const std::string& part, const Dataset& rows);

private:
    const Dataset& rows_of(const Seeds& seeds);
    void run_step(Network& network, const Dataset& rows, std::size_t step);

    double label_fitness(const Dataset& rows, std::size_t label);

    /// Rows count by their own weights; the mean over targets or labels.
    double score(DataFitness score, const Dataset& rows);
    double label_score(DataFitness score, const Dataset& rows, std::size_t label);
    [[nodiscard]] double exact_match(const Dataset& rows) const;
    double target_score(DataFitness score, const Dataset& rows, std::size_t target);
    [[nodiscard]] double kernel_score(DataFitness score, const Dataset& rows, std::size_t label,
                                      const float* class_weight) const;
    [[nodiscard]] ClassPredictions predictions(const Dataset& rows, std::size_t label,
                                               std::span<const double> weight) const;
    void weigh_rows(const Dataset& rows, std::size_t label);

    [[nodiscard]] double estimate(const Dataset& rows, std::size_t target, std::size_t row) const;
    double squared_error(const Dataset& rows, std::size_t target);
    double mean_squared_error(const Dataset& rows);
    double normalised_error(const Dataset& rows);

    void cross_entropy_slopes(const Dataset& rows, std::size_t label);
    void error_slopes(const Dataset& rows, std::size_t target);
    double slope_factor(const Dataset& rows, std::size_t target);

    DataScoring scoring_;
    const DataKernels& kernels_;
    std::vector<float> outputs_;               // [output_count x rows]
    std::vector<std::uint32_t> continuing_;    // 0, 1, ...: sequences that go on
    std::vector<float> step_inputs_;           // [input_count x rows of a step]
    std::vector<float> step_outputs_;          // [output_count x rows of a step]
    std::vector<float> slopes_;                // as outputs_: of the loss by each output
    std::vector<double> estimates_;            // [rows], of one target
    std::vector<double> weight_;               // [rows], that of the row x that of its class of one label
    Dataset batch_;                            // of the generation of batch_seed_
    std::optional<std::uint64_t> batch_seed_;  // none: nothing drawn yet
};

}  // namespace clade
