// Confusion matrix: how often each class was predicted for rows of each class.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace clade {

struct Dataset;
struct TaskReport;

struct ConfusionMatrix {
    std::vector<std::size_t> count;  ///< [true class][said class], row by row
    std::size_t class_count = 0;

    [[nodiscard]] std::size_t at(std::size_t wanted, std::size_t said) const noexcept {
        return count[wanted * class_count + said];
    }
};

/// `outputs` is [class_count x label.size()], class by class; said is the largest output, the first of equal ones.
[[nodiscard]] ConfusionMatrix confusion_matrix(std::span<const float> outputs, std::span<const std::uint32_t> label);

/// Makes it the report's table: a row a true class, a column a said one, `part` ("validation") named in the corner.
/// Where the classes' names are too long to stand side by side, columns have the classes' positions, from 1 on, which
/// then precede the names of the rows.
void add_table(TaskReport& report, const ConfusionMatrix& matrix, const std::vector<std::string>& classes,
               const std::string& part);

/// Makes the confusion matrix of some rows the report's table, as above; of several labels a row for each label, true and
/// said class that occur together. `outputs` are [output_count x row_count].
void add_confusion(TaskReport& report, std::span<const float> outputs, const Dataset& rows, const std::string& part);

}  // namespace clade
