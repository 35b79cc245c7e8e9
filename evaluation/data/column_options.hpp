// What the columns of a file are for, and how they are read.
#pragma once

#include <clade/core/fields.hpp>
#include <clade/evaluation/data/data_table.hpp>

#include <string>
#include <vector>

namespace clade {

/// The columns that make sequences of rows.
struct SequenceColumns {
    std::string by{};     ///< equal values: rows of one sequence; empty: rows are independent of each other
    std::string order{};  ///< numbers or times, ascending; empty: the order of the file

    bool operator==(const SequenceColumns&) const = default;
};

void visit_fields(SequenceColumns& sequence, FieldVisitor& field);

/// Names may have * for any text and ? for any character.
struct ColumnOptions {
    std::vector<std::string> exclude{};
    std::vector<std::string> categorical{};
    std::vector<std::string> ordinal{};  ///< "NAME=first<second<third"
    std::vector<std::string> boolean{};
    std::vector<std::string> time{};
    std::vector<std::string> time_parts{};
    MissingValues fill = MissingValues::refuse;
    std::vector<std::string> column_fill{};  ///< "NAME=median"
    std::vector<std::string> indicator{};
    std::string group{};            ///< a column; empty: none
    std::vector<double> lags{};     ///< [rows]
    std::vector<double> rolling{};  ///< [rows]
    int horizon = 0;                ///< [rows]
    SequenceColumns sequence{};
};

/// The roles of a file's columns.
struct DatasetColumns {
    std::vector<std::string> features{};  ///< empty: every column that has no other role
    std::vector<std::string> targets{};   ///< for regression
    std::vector<std::string> labels{};    ///< for classification
    std::string weight{};                 ///< of the rows; empty: all count the same
    ColumnOptions options{};
};

/// What the column sequence.order holds: times, if `time` names it, else numbers.
[[nodiscard]] ColumnKind order_kind(const ColumnOptions& options);

void visit_fields(ColumnOptions& options, FieldVisitor& field);
void check_params(const ColumnOptions& options, IssueSink& issues);

}  // namespace clade
