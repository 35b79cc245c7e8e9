#include <clade/evaluation/data/csv_format.hpp>

#include <algorithm>

namespace clade {

void visit_fields(CsvFormat& format, FieldVisitor& field) {
    field(
        "separator", format.separator,
        "Field separator; automatic: the one by which header and rows have equally many fields. blanks: any number of "
        "blanks and tabs.");
    field("header", format.header,
          "Whether the first row has the column names; automatic: true, but a first row that looks like data is an "
          "error. Without a header, columns are called c1, c2, ...");
    field("names", format.names, "Column names, instead of those of the file; empty for those of the file.");
    field("comment", format.comment, "Beginning of lines to ignore, e.g. '#'; empty for none.");
    field("decimal", format.decimal, "Decimal mark of numbers.");
    field("thousands", format.thousands, "Mark between groups of digits, e.g. ',' or '.' or ' '; empty for none.");
    field("strip", format.strip, "Texts to remove before or after numbers, e.g. ['$', '%'].");
    field("missing", format.missing,
          "Fields that mean a missing value, in upper or lower case; empty fields always do.");
}

void check_params(const CsvFormat& format, IssueSink& issues) {
    const std::string mark = format.decimal == DecimalMark::comma ? "," : ".";
    if (format.thousands == mark) issues.add("thousands", "must not be the decimal mark, got '" + mark + "'");
    if (format.thousands.find_first_of("0123456789+-") != std::string::npos) {
        issues.add("thousands", "must have no digits or signs, got '" + format.thousands + "'");
    }
    if (format.comment.find_first_of("\n\r\"") != std::string::npos) {
        issues.add("comment", "must have no line end and no quote");
    }
    if (std::ranges::any_of(format.strip, &std::string::empty)) issues.add("strip", "must have no empty text");
    for (std::size_t i = 0; i < format.names.size(); ++i) {
        const auto first = std::find(format.names.begin(), format.names.end(), format.names[i]);
        if (static_cast<std::size_t>(first - format.names.begin()) != i) {
            issues.add("names", "must be unique, got '" + format.names[i] + "' again");
        }
    }
}

}  // namespace clade
