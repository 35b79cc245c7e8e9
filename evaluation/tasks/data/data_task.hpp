// Tasks with a data set: shared by `supervised` and `regression`. Every row is one observation, all of them go through
// the network at once.
//
// Classification: one output a class, of several labels one after the other. The probabilities of the classes are the softmax of sharpness x outputs, the
// predicted class is that of the largest output (the first of equal ones). Regression: one output a target, which scale and
// offset carry from the output's range to the target's.
//
// The rows are dealt into parts for training, validation and the test (data_split.hpp). Targets stay in double precision,
// and so are measured. Fitness sees training rows alone, all of them or a batch that is drawn anew each generation. The
// champion is the network of best fitness on the validation rows. Reports and `solved` are about whole parts.
//
// The scores of each part are those of data_scores(), as scikit-learn defines them. A row
// counts by its weight, if the data have weights; in the fitness a row of a classification counts by the weight of its
// class, too. A network with an output that is not finite has NaN for all of them, and so fails.
//
// Rows of sequences go through a recurrent network one a step; each sequence begins without memory, and each row is scored
// like any other.
//
// Gradients are those of the cross-entropy of a classification, whichever score is the fitness, for most have no slope; of
// the error itself of a regression: squared, absolute or root, for closeness and R2 squared in parts of each target's
// variance.
#pragma once

#include <clade/evaluation/data/dataset.hpp>
#include <clade/evaluation/task.hpp>
#include <clade/evaluation/task_registry.hpp>
#include <clade/evaluation/tasks/data/data_scores.hpp>

#include <array>
#include <string>
#include <vector>

namespace clade {

/// From outputs to the probabilities of classes: outputs of any function, sharpened before the softmax, or the softmax of
/// plain sums.
enum class ClassOutput { sharpened, softmax };
template <>
struct EnumNames<ClassOutput> {
    static constexpr std::array<std::string_view, 2> names{"sharpened", "softmax"};
};

/// How an output of a regression becomes a target: `low..high` of the training rows from 0..1, or mean and standard
/// deviation from 0 and 1, or as it is.
enum class TargetScale { unit, standard, none };
template <>
struct EnumNames<TargetScale> {
    static constexpr std::array<std::string_view, 3> names{"unit", "standard", "none"};
};

/// How much a row counts in the fitness: all the same, or those of a class together as much as those of any other.
enum class ClassWeights { none, balanced };
template <>
struct EnumNames<ClassWeights> {
    static constexpr std::array<std::string_view, 2> names{"none", "balanced"};
};

/// What the supervised tasks have in common beside their data.
struct DataTaskParams {
    double validation_fraction = 0.2;  ///< of the rows that are not for the test
    double test_fraction = 0.0;        ///< of all rows
    SplitKind split = SplitKind::automatic;
    int folds = 0;       ///< 0: test_fraction; else at least 2
    int fold = 0;        ///< below folds
    int batch_size = 0;  ///< [rows]; 0 or more than there are: all
    bool standardise = true;
    TargetScale target_scale = TargetScale::unit;
    ClassOutput output = ClassOutput::sharpened;  ///< of classification
    double sharpness = 5.0;                       ///< 1 in effect where output is softmax
    ClassWeights class_weights = ClassWeights::none;
    std::vector<double> class_factors{};  ///< [output_count], or empty: 1
    DataFitness fitness = DataFitness::automatic;
    std::optional<double> solved_fitness{};
    int steps = 5;
};

class DataScorer;

class DataTask : public Task {
public:
    /// Splits `table` and makes inputs of it (encode()). Throws Error for data that check_table() or encode() refuses or a
    /// name that is not snake_case; FieldError if no rows are left for training, or for parameters that are out of range or
    /// do not go with the data.
    DataTask(std::string name, DataTable table, const DataTaskParams& params, std::uint64_t seed);
    ~DataTask() override;

    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override;

    /// With batches and a solved_fitness: by the fitness on all training rows.
    [[nodiscard]] std::optional<Verdict> solves(Network& network, double fitness,
                                                const Deadline& deadline) const override;

    /// The fitness on the validation rows; nothing without any.
    [[nodiscard]] std::optional<double> validate(Network& network) const override;

    /// Scores of each part, of regression by target too; for classification the confusion matrix of the test rows, of each label, or of the
    /// validation rows where there is no test.
    [[nodiscard]] TaskReport report(Network& network) const override;
    [[nodiscard]] TaskPage page() const override;

    /// Of data that a program made, the column of the classes is called "class".
    [[nodiscard]] ModelInterface interface() const override;

    [[nodiscard]] const DatasetSplit& data() const noexcept { return data_; }

    /// Rows count by their own weights, if they have any.
    [[nodiscard]] DataMeasures measure(Network& network, const Dataset& rows) const;

    /// The fitness on these rows, as evolution has it on training rows.
    [[nodiscard]] double fitness_on(Network& network, const Dataset& rows) const;

private:
    void weigh_classes();
    void scale_targets();
    [[nodiscard]] bool has_batches() const noexcept;
    [[nodiscard]] DataScorer scorer() const;

    TaskTraits traits_;
    DataTaskParams params_;
    DatasetSplit data_;
    std::vector<float> class_weight_;      // [output_count], of classification
    std::vector<double> target_offset_;    // [target_count]
    std::vector<double> target_scale_;     // [target_count]
    std::vector<double> target_variance_;  // [target_count], of the training rows; 1 where they are constant
};

/// What suits most data: outputs that are plain sums, standardised targets, small networks with small weights, improved
/// along the gradient, until the score of the validation rows gets no better.
[[nodiscard]] std::vector<TaskDefault> data_task_defaults();

void visit_fields(DataTaskParams& params, FieldVisitor& field);
void check_params(const DataTaskParams& params, IssueSink& issues);

/// Reports an output that cannot be asked of such data.
void check_output(const DataTaskParams& params, bool classification, IssueSink& issues);

}  // namespace clade
