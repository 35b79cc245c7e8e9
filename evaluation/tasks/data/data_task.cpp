#include <clade/evaluation/tasks/data/data_task.hpp>

#include <clade/core/text.hpp>
#include <clade/evaluation/data/table_header_internal.hpp>
#include <clade/evaluation/tasks/data/confusion_matrix.hpp>
#include <clade/evaluation/tasks/data/data_scorer_internal.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace clade {
namespace {

/// The first value is subtracted, so that an offset costs no digits.
double mean_of(std::span<const double> values) {
    double sum = 0.0;
    for (const double value : values) sum += value - values.front();
    return values.front() + sum / static_cast<double>(values.size());
}

/// Sum of the squared deviations from the mean.
double deviation_of(std::span<const double> values) {
    const double mean = mean_of(values);
    double squares = 0.0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    return squares;
}

/// A class of one row is for training: if all are, no row can be held out, and the label is likely no class at all.
void check_classes_repeat(const DataTable& table, const DataTaskParams& params) {
    const bool holds_out = params.folds > 0 || params.validation_fraction > 0.0 || params.test_fraction > 0.0;
    if (!holds_out) return;
    for (const LabelColumn& label : table.labels) {
        if (label.classes.size() < table.row_count()) continue;
        throw FieldError("label", "must have a class of two rows or more, so that rows can be held out, got " +
                                      std::to_string(label.classes.size()) + " classes in " +
                                      std::to_string(table.row_count()) +
                                      " rows; is it an identifier? To train on all rows: validation_fraction: 0 and "
                                      "test_fraction: 0");
    }
}

RowSplit divide(const DataTable& table, const DataTaskParams& params, std::uint64_t seed) {
    if (params.folds == 0) {
        return split(table, {params.validation_fraction, params.test_fraction}, seed, params.split);
    }
    const Fold fold{static_cast<std::size_t>(params.folds), static_cast<std::size_t>(params.fold),
                    params.validation_fraction};
    return split_fold(table, fold, seed, params.split);
}

DataFitness usual_fitness(ClassOutput output, const Dataset& data) {
    if (!data.is_classification()) return DataFitness::closeness;
    return output == ClassOutput::softmax ? DataFitness::cross_entropy : DataFitness::likelihood;
}

/// What training rows do not let networks learn.
std::vector<std::string> warnings_of(const Dataset& training) {
    std::vector<std::string> constant;
    for (std::size_t f = 0; f < training.feature_count(); ++f) {
        const std::span<const float> values = training.inputs.column(f);
        if (std::ranges::all_of(values, [&](float value) { return value == values.front(); })) {
            constant.push_back(in_quotes(training.features[f]));
        }
    }
    std::vector<std::string> rare;
    for (std::size_t l = 0, output = 0; l < training.labels.size(); ++l) {
        for (std::size_t c = 0; c < training.labels[l].classes.size(); ++c, ++output) {
            if (std::ranges::count(training.labels[l].codes, c) == 1)
                rare.push_back(in_quotes(training.outputs[output]));
        }
    }
    constexpr std::size_t most_named = 5;
    std::vector<std::string> warnings;
    if (!constant.empty()) {
        const bool all = constant.size() == training.feature_count();
        warnings.push_back(
            std::string(all ? "all inputs have" : "inputs that have") +
            " one value in all training rows, from which nothing can be learnt: " + listed(constant, ", ", most_named));
    }
    if (!rare.empty()) warnings.push_back("classes that have one training row: " + listed(rare, ", ", most_named));
    return warnings;
}

/// Parts that were asked for and have no row, as few rows are rounded to none and groups are not divided.
std::vector<std::string> empty_parts(const DataTaskParams& params, const RowSplit& rows) {
    std::vector<std::string> warnings;
    const auto check = [&](const char* key, double fraction, const std::vector<std::size_t>& part) {
        if (fraction == 0.0 || !part.empty()) return;
        warnings.push_back("no row is held out although " + std::string(key) + " is " + number_text(fraction) +
                           ": there are too few rows or groups for it; take a larger fraction, or 0");
    };
    check("validation_fraction", params.validation_fraction, rows.validation);
    if (params.folds == 0) check("test_fraction", params.test_fraction, rows.test);
    return warnings;
}

/// The parameters, if they can be of a task with such data.
const DataTaskParams& checked(const DataTaskParams& params, const DataTable& data) {
    check_table(data);
    ThrowingSink issues;
    RangeCheck ranges("", issues);
    DataTaskParams visited = params;  // a visitor may write what it visits
    visit_fields(visited, ranges);
    check_params(params, issues);
    check_fitness(params.fitness, data.is_classification(), issues);
    check_output(params, data.is_classification(), issues);
    issues.finish();
    return params;
}

}  // namespace

DataTask::DataTask(std::string name, DataTable table, const DataTaskParams& params, std::uint64_t seed)
    : params_(checked(params, table)) {
    traits_.files = table.files;
    const RowSplit rows = divide(table, params, seed);
    check_classes_repeat(table, params);
    data_ = encode(std::move(table), rows, params.standardise);
    const Dataset& data = data_.training;
    traits_.name = std::move(name);
    traits_.input_count = data.feature_count();
    traits_.output_count = data.outputs.size();
    if (!data.is_classification()) params_.output = ClassOutput::sharpened;
    if (params_.output == ClassOutput::softmax) params_.sharpness = 1.0;
    if (params_.fitness == DataFitness::automatic) params_.fitness = usual_fitness(params_.output, data);
    traits_.direction = data_score(params_.fitness).direction;
    traits_.solved_fitness = params_.solved_fitness;
    traits_.deterministic = !has_batches();
    traits_.needs_memory = data.has_sequences();
    traits_.differentiable = !data.has_sequences();  // the gradient does not go back through time
    if (params_.output == ClassOutput::softmax) traits_.output_activation = "identity";
    traits_.warnings = warnings_of(data);
    std::ranges::move(empty_parts(params, rows), std::back_inserter(traits_.warnings));
    check_traits(traits_);
    if (data.is_classification()) {
        weigh_classes();
    } else {
        scale_targets();
    }
}

DataTask::~DataTask() = default;

bool DataTask::has_batches() const noexcept {
    return params_.batch_size > 0 && static_cast<std::size_t>(params_.batch_size) < data_.training.row_count();
}

DataScorer DataTask::scorer() const {
    return DataScorer({.training = data_.training,
                       .fitness = params_.fitness,
                       .sharpness = params_.sharpness,
                       .steps = params_.steps,
                       .batch_size = has_batches() ? static_cast<std::size_t>(params_.batch_size) : 0,
                       .class_weight = class_weight_,
                       .target_offset = target_offset_,
                       .target_scale = target_scale_,
                       .target_variance = target_variance_});
}

/// Balanced weights are row_count / (class_count x rows of the class): 1 in the mean over the rows. Of each label apart.
void DataTask::weigh_classes() {
    const Dataset& rows = data_.training;
    const std::size_t classes = rows.outputs.size();
    const std::vector<double>& factors = params_.class_factors;
    if (!factors.empty() && factors.size() != classes) {
        std::string names;
        for (const std::string& name : rows.outputs) names += (names.empty() ? "" : ", ") + name;
        throw FieldError("class_factors", "must have a number for each of " + std::to_string(classes) + " classes (" +
                                              names + "), got " + std::to_string(factors.size()));
    }
    for (std::size_t output = 0; const LabelColumn& label : rows.labels) {
        const double even = static_cast<double>(rows.row_count()) / static_cast<double>(label.classes.size());
        for (std::size_t c = 0; c < label.classes.size(); ++c, ++output) {
            const auto size = static_cast<double>(std::ranges::count(label.codes, c));
            double weight = params_.class_weights == ClassWeights::balanced && size > 0.0 ? even / size : 1.0;
            if (!factors.empty()) weight *= factors[output];
            class_weight_.push_back(static_cast<float>(weight));
        }
    }
}

void DataTask::scale_targets() {
    const Dataset& rows = data_.training;
    for (std::size_t t = 0; t < rows.outputs.size(); ++t) {
        const std::span<const double> values = rows.targets.column(t);
        const double variance = deviation_of(values) / static_cast<double>(rows.row_count());
        target_variance_.push_back(variance > 0.0 ? variance : 1.0);
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        const bool constant = *low == *high;
        switch (params_.target_scale) {
            case TargetScale::none:
                target_offset_.push_back(0.0);
                target_scale_.push_back(1.0);
                break;
            case TargetScale::unit:
                target_offset_.push_back(*low);
                target_scale_.push_back(constant ? 1.0 : *high - *low);
                break;
            case TargetScale::standard:
                target_offset_.push_back(mean_of(values));
                target_scale_.push_back(constant ? 1.0 : std::sqrt(variance));
                break;
        }
    }
}

std::unique_ptr<Evaluator> DataTask::make_evaluator() const { return std::make_unique<DataScorer>(scorer()); }

DataMeasures DataTask::measure(Network& network, const Dataset& rows) const {
    DataScorer scorer = this->scorer();
    scorer.run(network, rows);
    return scorer.measures(rows);
}

double DataTask::fitness_on(Network& network, const Dataset& rows) const {
    DataScorer scorer = this->scorer();
    scorer.run(network, rows);
    return scorer.fitness(rows);
}

std::optional<Verdict> DataTask::solves(Network& network, double /*fitness*/, const Deadline& /*deadline*/) const {
    if (!has_batches() || !params_.solved_fitness) return std::nullopt;
    const double fitness = fitness_on(network, data_.training);
    return Verdict{reaches(fitness, *params_.solved_fitness, traits_.direction),
                   {{"fitness on all training rows", fitness}}};
}

std::optional<double> DataTask::validate(Network& network) const {
    if (data_.validation.row_count() == 0) return std::nullopt;
    return fitness_on(network, data_.validation);
}

TaskReport DataTask::report(Network& network) const {
    TaskReport report;
    DataScorer scorer = this->scorer();
    const auto add_scores = [&](const std::string& part, const Dataset& rows) {
        if (rows.row_count() == 0) return;
        scorer.run(network, rows);
        scorer.add_scores(report, part, rows);
    };
    add_scores("training", data_.training);
    add_scores("validation", data_.validation);
    add_scores("test", data_.test);
    const bool tested = data_.test.row_count() > 0;
    const Dataset& unseen = tested ? data_.test : data_.validation;
    if (unseen.is_classification() && unseen.row_count() > 0) {
        add_confusion(report, scorer.run(network, unseen), unseen, tested ? "test" : "validation");
    }
    return report;
}

ModelInterface DataTask::interface() const {
    ModelInterface interface = Task::interface();
    const std::vector<std::string>& outputs = data_.training.outputs;
    DataInterface& data = interface.data.emplace();
    data.columns = data_.encodings;
    data.sharpness = params_.sharpness;
    data.steps = params_.steps;
    if (data_.training.is_classification()) {
        for (const LabelColumn& label : data_.training.labels) data.labels.push_back({label.name, label.classes});
    } else {
        for (std::size_t t = 0; t < outputs.size(); ++t) {
            data.targets.push_back({outputs[t], target_offset_[t], target_scale_[t]});
        }
    }
    return interface;
}

std::vector<TaskDefault> data_task_defaults() {
    return {
        {"task.test_fraction", "0.2"},
        {"task.output", "softmax"},
        {"task.target_scale", "standard"},
        {"genome.initial.hidden_nodes", "64"},
        {"genome.initial.route", "both"},
        {"genome.activation.initial", "relu"},
        {"genome.activation.output", "identity"},
        {"genome.weight.distribution", "normal"},
        {"genome.weight.deviation", "0.1"},
        {"genome.weight.perturb_power", "0.05"},
        {"genome.bias.distribution", "normal"},
        {"genome.bias.deviation", "0.1"},
        {"genome.bias.perturb_power", "0.05"},
        {"evolution.population_size", "10"},
        {"refine.method", "adam"},
        {"refine.genomes", "fraction"},
        {"refine.fraction", "0.3"},
        {"refine.evaluations", "10"},
        {"refine.learning_rate", "0.004"},
        {"stop.generations", "500"},
        {"stop.validation_stagnation", "25"},
    };
}

void visit_fields(DataTaskParams& params, FieldVisitor& field) {
    field("validation_fraction", params.validation_fraction, Range{.low = 0.0, .high = 1.0, .high_excluded = true},
          "Fraction of the rows that are not for the test that is held out for validation: the champion is the network "
          "of best fitness on them.");
    field("test_fraction", params.test_fraction, Range{.low = 0.0, .high = 1.0, .high_excluded = true},
          "Fraction of the rows that nothing in the run sees: their scores are the ones to report.");
    field("split", params.split,
          "Rows held out. random: by the run's seed, stratified by class; in_order: the last ones, and folds train on "
          "the "
          "rows before them; grouped: whole groups, by the seed; automatic: grouped for sequences, in_order for series "
          "(lags, rolling, horizon), else grouped where group is set, else random.");
    field("folds", params.folds, at_least(0),
          "Number of folds, as split says; 0 to split by test_fraction. The command cross-validate sets it.");
    field("fold", params.fold, at_least(0),
          "Fold for the test, the first is 0; the others are for training and validation.", {.needs = "folds: not 0"});
    field("batch_size", params.batch_size, at_least(0),
          "Training rows per generation, a random batch that is the same for all its genomes; 0 for all rows.");
    field("standardise", params.standardise,
          "Scale features to mean 0 and standard deviation 1, by the training rows.");
    field("target_scale", params.target_scale,
          "Scaling of regression targets: unit: outputs 0 to 1 cover the range of the training targets; standard: "
          "outputs are standard deviations from their mean; none: outputs are the targets.",
          {.needs = "label: \"\", labels: []"});
    field(
        "output", params.output,
        "From outputs to probabilities of the classes. sharpened: outputs of the network's own function x sharpness, "
        "then "
        "softmax; softmax: the softmax of plain sums (genome.activation.output: identity, set where it is empty), and "
        "automatic fitness is cross_entropy.");
    field("sharpness", params.sharpness, greater_than(0.0),
          "Factor of the outputs before the softmax (output: sharpened).", {.needs = "output: sharpened, targets: []"});
    field("class_weights", params.class_weights,
          "Weights in the fitness (classification): all rows equal (none), or all classes equal (balanced).");
    field("class_factors", params.class_factors, greater_than(0.0),
          "Additional weights of the classes, in the order of their names (classification); empty for all 1.");
    field("fitness", params.fitness, fitness_meaning());
    field("solved_fitness", params.solved_fitness, any_number(), "Fitness that solves the task; null for none.");
    field("steps", params.steps, at_least(1), "Steps of a recurrent network per row; feed-forward networks take one.",
          {.needs = "genome.network: recurrent"});
}

void check_params(const DataTaskParams& params, IssueSink& issues) {
    if (params.folds == 1) issues.add("folds", "must be 0 or at least 2, got 1");
    if (params.fold > 0 && params.fold >= params.folds) {
        issues.add("fold",
                   "must be less than folds, " + std::to_string(params.folds) + ", got " + std::to_string(params.fold));
    }
}

void check_output(const DataTaskParams& params, bool classification, IssueSink& issues) {
    if (params.output != ClassOutput::softmax || !classification) return;
    if (params.sharpness != DataTaskParams{}.sharpness) {
        issues.add("sharpness", "is for output: sharpened, and must be left out where output is softmax, got " +
                                    number_text(params.sharpness));
    }
}

TaskPage DataTask::page() const {
    const Dataset& rows = data_.training;
    const bool classification = rows.is_classification();
    TaskPage page;
    for (const std::string& name : rows.features) {
        page.inputs.push_back({.name = name, .unit = params_.standardise ? "standard deviations from the mean" : ""});
    }
    for (const std::string& name : rows.outputs) {
        page.outputs.push_back({.name = name, .unit = classification ? "evidence for the class" : ""});
    }
    page.reward = std::string(name_of(params_.fitness)) +
                  " on the training rows; the champion is the best on the validation rows.";
    page.termination = rows.has_sequences() ? "A row a step; each sequence begins without memory."
                                            : "One observation per row; rows are independent of each other.";
    page.solved = params_.solved_fitness ? "Fitness on the training rows reaches solved_fitness."
                                         : "Never, unless solved_fitness or stop.solved_fitness is set.";
    return page;
}

}  // namespace clade
