// The rows of a text, one after the other, each as its fields. Holds a part of the text only.
//
// Fields may be quoted ("a ""b"" c", also with line ends); lines end in LF, CR LF, CR CR LF or CR; the text is UTF-8.
// Blank lines and comments are no rows.
#pragma once

#include <clade/evaluation/data/csv_format.hpp>
#include <clade/evaluation/data/csv_problems.hpp>
#include <clade/evaluation/data/text_bytes_internal.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

struct CsvField {
    std::string_view text{};  ///< without quotes and the blanks around it
    std::size_t offset = 0;   ///< where it begins, from the beginning of its row on [bytes]
};

class CsvRows {
public:
    /// `name` is the file's, for messages. What is wrong with quotes is added to `problems`.
    CsvRows(TextReader text, std::string name, const CsvFormat& format, CsvProblems& problems);

    /// Goes to the next row; false at the end. Throws Error for what is no text, or a row of more than 16 MiB.
    bool next();

    /// The next next() gives the same row again.
    void hold() noexcept { held_ = true; }

    /// Of the row, valid until next().
    [[nodiscard]] std::span<const CsvField> fields() const noexcept { return fields_; }
    [[nodiscard]] int line() const noexcept { return line_; }
    [[nodiscard]] CsvPlace place(const CsvField& field) const { return place_at(field.offset); }
    [[nodiscard]] char separator() const noexcept { return separator_; }

private:
    struct Part;

    bool read_part();
    std::size_t find_feed(std::size_t start);
    bool find_line(std::size_t offset);
    bool skip_line();
    void set_end(std::size_t text_end, std::size_t next);
    void require_text() const;
    void split_bare();
    void split_quoted();
    void read_bare(std::size_t& at, Part& part);
    void read_quoted(std::size_t& at, Part& part);
    [[nodiscard]] bool at_blank(std::size_t at) const;
    [[nodiscard]] bool at_field_end(std::size_t at) const;
    [[nodiscard]] std::string_view trimmed(std::string_view text) const;
    [[nodiscard]] CsvPlace place_at(std::size_t offset) const;

    TextReader text_;
    std::string name_;
    std::string comment_;
    CsvProblems& problems_;
    std::string buffer_;        // a part of the text
    std::size_t row_ = 0;       // where the row begins in it
    std::size_t end_ = 0;       // where its text ends
    std::size_t after_ = 0;     // where the next row begins
    std::size_t gone_ = 0;      // bytes of the text before the buffer
    std::size_t searched_ = 0;  // from the row up to here there is no line feed, from the beginning of the text on
    std::size_t feed_ = std::string::npos;
    bool ended_ = false;  // the buffer has the last of the text
    bool held_ = false;
    char separator_ = ',';
    int line_ = 1;
    int next_line_ = 1;
    std::string unquoted_;  // texts of quoted fields that have quotes in them
    std::vector<CsvField> fields_;
};

}  // namespace clade
