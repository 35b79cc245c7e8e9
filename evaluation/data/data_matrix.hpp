// A table of numbers, column by column:
//
//   data()   | column 0: rows() numbers | column 1 | ...
//
// A column is contiguous, which is what Network::activate_batch() takes: a row an observation, a column a feature.
#pragma once

#include <clade/core/language_standard.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace clade {

class DataMatrix {
public:
    DataMatrix() = default;

    /// All zero.
    DataMatrix(std::size_t rows, std::size_t columns) : rows_(rows), columns_(columns), values_(rows * columns) {}

    [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
    [[nodiscard]] std::size_t columns() const noexcept { return columns_; }

    /// @pre row < rows(), column < columns().
    [[nodiscard]] float& operator()(std::size_t row, std::size_t column) noexcept {
        return values_[column * rows_ + row];
    }
    [[nodiscard]] float operator()(std::size_t row, std::size_t column) const noexcept {
        return values_[column * rows_ + row];
    }

    /// One column: [rows()]. @pre column < columns().
    [[nodiscard]] std::span<float> column(std::size_t column) noexcept {
        return std::span(values_).subspan(column * rows_, rows_);
    }
    [[nodiscard]] std::span<const float> column(std::size_t column) const noexcept {
        return std::span(values_).subspan(column * rows_, rows_);
    }

    /// All numbers: [columns() * rows()].
    [[nodiscard]] std::span<const float> values() const noexcept { return values_; }

    bool operator==(const DataMatrix&) const = default;

private:
    std::size_t rows_ = 0;
    std::size_t columns_ = 0;
    std::vector<float> values_;
};

}  // namespace clade
