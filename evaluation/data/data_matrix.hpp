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

template <class Number>
class ColumnMatrix {
public:
    ColumnMatrix() = default;

    /// All zero.
    ColumnMatrix(std::size_t rows, std::size_t columns) : rows_(rows), columns_(columns), values_(rows * columns) {}

    [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
    [[nodiscard]] std::size_t columns() const noexcept { return columns_; }

    /// Room for so many columns in all: they do not move then.
    void reserve(std::size_t columns) { values_.reserve(columns * rows_); }

    /// Appends a column, all zero, and returns it.
    std::span<Number> add_column() {
        values_.resize(values_.size() + rows_);
        return column(columns_++);
    }

    /// @pre row < rows(), column < columns().
    [[nodiscard]] Number& operator()(std::size_t row, std::size_t column) noexcept {
        return values_[column * rows_ + row];
    }
    [[nodiscard]] Number operator()(std::size_t row, std::size_t column) const noexcept {
        return values_[column * rows_ + row];
    }

    /// One column: [rows()]. @pre column < columns().
    [[nodiscard]] std::span<Number> column(std::size_t column) noexcept {
        return std::span(values_).subspan(column * rows_, rows_);
    }
    [[nodiscard]] std::span<const Number> column(std::size_t column) const noexcept {
        return std::span(values_).subspan(column * rows_, rows_);
    }

    /// All numbers: [columns() * rows()].
    [[nodiscard]] std::span<const Number> values() const noexcept { return values_; }

    bool operator==(const ColumnMatrix&) const = default;

private:
    std::size_t rows_ = 0;
    std::size_t columns_ = 0;
    std::vector<Number> values_;
};

using DataMatrix = ColumnMatrix<float>;     ///< what networks read
using TargetMatrix = ColumnMatrix<double>;  ///< what they are compared with

}  // namespace clade
