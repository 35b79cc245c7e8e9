#include <clade/evaluation/tasks/data/confusion_matrix.hpp>

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

}  // namespace clade
