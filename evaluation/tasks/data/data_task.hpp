// Tasks with a data set: shared by `supervised` and `regression`. Every row is one observation, all of them go through
// the network at once.
//
// Classification: one output a class. The probabilities of the classes are the softmax of sharpness x outputs, the
// class said is that of the largest output (the first of equal ones). Regression: one output a target, which scale and
// offset carry from the output's range to the target's.
//
// The rows are dealt into a training and a validation part (data_split.hpp): a fraction is set aside, or one of several
// folds. Targets stay in double precision, and so are measured. Fitness sees training rows alone, all of them or a batch that is drawn anew each generation. Reports and
// `solved` are about whole parts.
//
// Measures, of the training and of the validation rows:
//   accuracy             share of rows whose class is said
//   cross-entropy        mean of -ln(probability of the row's class)
//   mean squared error   over rows and targets, in the targets' units
//   R2                   1 - squared error / squared deviation from the mean of the rows, mean over the targets
// In the fitness, a row of a classification counts by the weight of its class; in reports every row counts the same.
// Gradients are those of what the fitness is a function of: the cross-entropy of a classification, for accuracy too, which
// has no slope; the mean squared error of a regression, for closeness in parts of each target's variance.
// A network with an output that is not finite has NaN for all of them, and so fails.
#pragma once

#include <clade/evaluation/data/dataset.hpp>
#include <clade/evaluation/task.hpp>

#include <array>
#include <string>
#include <vector>

namespace clade {

/// What of the measures of the training rows is the fitness.
enum class DataFitness {
    automatic,   ///< likelihood for classification, closeness for regression
    likelihood,  ///< exp(-cross-entropy), the geometric mean of the probabilities of the right classes
    accuracy,
    cross_entropy,       ///< minimised
    closeness,           ///< 1 / (1 + squared error / variance of the targets): 1/2 for always saying the mean
    mean_squared_error,  ///< minimised
};
template <>
struct EnumNames<DataFitness> {
    static constexpr std::array<std::string_view, 6> names{"automatic",     "likelihood", "accuracy",
                                                           "cross_entropy", "closeness",  "mean_squared_error"};
};

/// Whether `fitness` can be asked of such data.
[[nodiscard]] bool fits(DataFitness fitness, bool classification) noexcept;

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
    double validation_fraction = 0.2;
    SplitKind split = SplitKind::automatic;
    int folds = 0;       ///< 0: validation_fraction; else at least 2
    int fold = 0;        ///< below folds
    int batch_size = 0;  ///< [rows]; 0 or more than there are: all
    bool standardise = true;
    TargetScale target_scale = TargetScale::unit;
    double sharpness = 5.0;
    ClassWeights class_weights = ClassWeights::none;
    std::vector<double> class_factors{};  ///< [class_count], or empty: 1
    DataFitness fitness = DataFitness::automatic;
    std::optional<double> solved_fitness{};
    int steps = 5;
};

/// How well a network does on some rows. Those of the other kind of data are NaN.
struct DataMeasures {
    double accuracy = 0.0;
    double cross_entropy = 0.0;
    double mean_squared_error = 0.0;
    double normalised_error = 0.0;  ///< squared error / variance of the training targets, mean over the targets
    double r_squared = 0.0;
};

class DataTask : public Task {
public:
    /// Splits `data` and makes inputs of it (encode()). Throws Error for data that check_table() or encode() refuses or a
    /// name that is not snake_case; FieldError if no rows are left for training, or for parameters that are out of range or
    /// do not go with the data.
    DataTask(std::string name, DataTable data, const DataTaskParams& params, std::uint64_t seed);
    ~DataTask() override;

    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override;

    /// With batches and a solved_fitness: by the fitness on all training rows.
    [[nodiscard]] std::optional<Verdict> solves(Network& network, double fitness) const override;

    /// Measures of both parts, and for classification the confusion matrix of the validation rows.
    [[nodiscard]] TaskReport report(Network& network) const override;
    [[nodiscard]] TaskPage page() const override;

    [[nodiscard]] const DatasetSplit& data() const noexcept { return data_; }

    /// Every row counts the same.
    [[nodiscard]] DataMeasures measure(Network& network, const Dataset& rows) const;

private:
    class Scorer;

    void weigh_classes();
    void scale_targets();
    [[nodiscard]] bool has_batches() const noexcept;
    [[nodiscard]] double fitness_of(const DataMeasures& measures) const;

    TaskTraits traits_;
    DataTaskParams params_;
    DatasetSplit data_;
    std::vector<float> class_weight_;      // [class_count]
    std::vector<double> target_offset_;    // [target_count]
    std::vector<double> target_scale_;     // [target_count]
    std::vector<double> target_variance_;  // [target_count], of the training rows; 1 where they are constant
};

void visit_fields(DataTaskParams& params, FieldVisitor& field);
void check_params(const DataTaskParams& params, IssueSink& issues);

}  // namespace clade
