// Classification or regression of the rows of a CSV file.
#pragma once

#include <clade/evaluation/data/column_options.hpp>
#include <clade/evaluation/data/csv_format.hpp>
#include <clade/evaluation/tasks/data/data_task.hpp>

#include <string>
#include <vector>

namespace clade {

/// Automatic: classification, unless `targets` are named.
enum class SupervisedKind { classification, regression, automatic };
template <>
struct EnumNames<SupervisedKind> {
    static constexpr std::array<std::string_view, 3> names{"classification", "regression", "automatic"};
};

class SupervisedTask final : public DataTask {
public:
    struct Params {
        std::string file;
        CsvFormat format;
        SupervisedKind kind = SupervisedKind::automatic;
        std::string label;                  ///< for classification
        std::vector<std::string> labels;    ///< likewise, where there are several
        std::vector<std::string> targets;   ///< for regression
        std::vector<std::string> features;  ///< empty: all other columns
        std::string row_weights;            ///< a column; empty: all 1
        ColumnOptions columns;
        DataTaskParams data;
    };

    /// Throws Error if the file cannot be read or is not what the parameters say.
    SupervisedTask(const Params& params, const TaskContext& context);

    /// Sequences have others: small recurrent networks, which evolve without a gradient.
    static std::vector<TaskDefault> defaults();

    [[nodiscard]] TaskPage page() const override;
    [[nodiscard]] ModelInterface interface() const override;

private:
    Params params_;
};

void visit_fields(SupervisedTask::Params& params, FieldVisitor& field);
void check_params(const SupervisedTask::Params& params, IssueSink& issues);

}  // namespace clade
