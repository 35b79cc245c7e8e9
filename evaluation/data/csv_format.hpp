// How a file of rows is written: separator, header, numbers, markers of missing values.
#pragma once

#include <clade/core/fields.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

enum class CsvSeparator { automatic, comma, semicolon, tab, pipe, blanks };
template <>
struct EnumNames<CsvSeparator> {
    static constexpr std::array<std::string_view, 6> names{"automatic", "comma", "semicolon", "tab", "pipe", "blanks"};
};

/// Whether the first row has the names of the columns. `automatic`: it has, and a first row that looks like data is an
/// error.
enum class CsvHeader { automatic, yes, no };
template <>
struct EnumNames<CsvHeader> {
    static constexpr std::array<std::string_view, 3> names{"automatic", "true", "false"};
};

enum class DecimalMark { point, comma };
template <>
struct EnumNames<DecimalMark> {
    static constexpr std::array<std::string_view, 2> names{"point", "comma"};
};

struct CsvFormat {
    CsvSeparator separator = CsvSeparator::automatic;
    CsvHeader header = CsvHeader::automatic;
    std::vector<std::string> names{};  ///< [column_count], instead of the header's; empty: the header's, or c1, c2, ...
    std::string comment{};             ///< lines that begin with it are left out; empty: none
    DecimalMark decimal = DecimalMark::point;
    std::string thousands{};           ///< between groups of digits, e.g. "," or " "; empty: nothing
    std::vector<std::string> strip{};  ///< texts beside a number that are no part of it, e.g. "%"
    std::vector<std::string> missing{"?", "NA", "N/A", "NaN", "null"};  ///< beside empty fields; in any case
};

void visit_fields(CsvFormat& format, FieldVisitor& field);
void check_params(const CsvFormat& format, IssueSink& issues);

}  // namespace clade
