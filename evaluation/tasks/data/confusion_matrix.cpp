#include <clade/evaluation/tasks/data/confusion_matrix.hpp>

#include <clade/evaluation/data/dataset.hpp>
#include <clade/evaluation/task.hpp>

namespace clade {
namespace {

constexpr std::size_t widest_header = 56;  // [bytes] of all columns but the first: fits a terminal of 80 characters

}  // namespace

ConfusionMatrix confusion_matrix(std::span<const float> outputs, std::span<const std::uint32_t> label) {
    const std::size_t rows = label.size();
    const std::size_t classes = rows == 0 ? 0 : outputs.size() / rows;
    ConfusionMatrix matrix{std::vector<std::size_t>(classes * classes), classes};
    for (std::size_t row = 0; row < rows; ++row) {
        std::size_t said = 0;
        for (std::size_t c = 1; c < classes; ++c) {
            if (outputs[c * rows + row] > outputs[said * rows + row]) said = c;
        }
        ++matrix.count[label[row] * classes + said];
    }
    return matrix;
}

void add_table(TaskReport& report, const ConfusionMatrix& matrix, const std::vector<std::string>& classes,
               const std::string& part) {
    std::size_t width = 0;
    for (const std::string& name : classes) width += name.size() + 2;
    const bool numbered = width > widest_header;
    report.header = {part + ": true \\ said"};
    report.rows.clear();
    for (std::size_t wanted = 0; wanted < matrix.class_count; ++wanted) {
        const std::string number = std::to_string(wanted + 1);
        report.header.push_back(numbered ? number : classes[wanted]);
        report.rows.push_back({numbered ? number + " " + classes[wanted] : classes[wanted]});
        for (std::size_t said = 0; said < matrix.class_count; ++said) {
            report.rows.back().push_back(std::to_string(matrix.at(wanted, said)));
        }
    }
}

void add_confusion(TaskReport& report, std::span<const float> outputs, const Dataset& rows, const std::string& part) {
    const auto matrix_of = [&](std::size_t l) {
        const std::size_t classes = rows.labels[l].classes.size();
        return confusion_matrix(outputs.subspan(rows.first_output(l) * rows.row_count(), classes * rows.row_count()),
                                rows.labels[l].codes);
    };
    if (rows.labels.size() == 1) return add_table(report, matrix_of(0), rows.labels[0].classes, part);
    report.header = {part + ": label", "true", "said", "rows"};
    report.rows.clear();
    for (std::size_t l = 0; l < rows.labels.size(); ++l) {
        const ConfusionMatrix matrix = matrix_of(l);
        const LabelColumn& label = rows.labels[l];
        for (std::size_t wanted = 0; wanted < matrix.class_count; ++wanted) {
            for (std::size_t said = 0; said < matrix.class_count; ++said) {
                const std::size_t count = matrix.at(wanted, said);
                if (count == 0) continue;
                report.rows.push_back({label.name, label.classes[wanted], label.classes[said], std::to_string(count)});
            }
        }
    }
}

}  // namespace clade
