#include <clade/evaluation/data/csv_rows_internal.hpp>

#include <clade/core/error.hpp>
#include <clade/core/text.hpp>
#include <clade/evaluation/data/csv_separator_internal.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>

namespace clade {
namespace {

constexpr std::size_t part_of_text = std::size_t{1} << 20;
constexpr std::size_t most_row_bytes = std::size_t{1} << 24;

const char* find_char(std::string_view text, char c) {
    return text.empty() ? nullptr : static_cast<const char*>(std::memchr(text.data(), c, text.size()));
}

/// Whether the text is ASCII without NUL: then there is no more to check.
bool is_plain(std::string_view text) {
    while (text.size() >= 8) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text.data(), 8);
        // A byte's high bit: set in it, or borrowed by a byte 0.
        if (((eight | (eight - 0x0101010101010101U)) & 0x8080808080808080U) != 0) break;
        text.remove_prefix(8);
    }
    return std::ranges::all_of(text, [](char c) { return static_cast<signed char>(c) > 0; });
}

}  // namespace

CsvRows::CsvRows(TextReader text, std::string name, const CsvFormat& format, CsvProblems& problems)
    : text_(std::move(text)), name_(std::move(name)), comment_(format.comment), problems_(problems) {
    read_part();
    separator_ = separator_of(format, buffer_);  // NOLINT(cppcoreguidelines-prefer-member-initializer): read by now
}

/// Appends a part of the text; what is before the row goes. False at the end.
bool CsvRows::read_part() {
    if (ended_) return false;
    buffer_.erase(0, row_);
    gone_ += row_;
    end_ -= std::min(end_, row_);
    after_ -= std::min(after_, row_);
    row_ = 0;
    if (buffer_.size() > most_row_bytes) {
        throw Error(name_ + ":" + std::to_string(line_) +
                    ":1: a row must be at most 16 MiB long, got more; is a quote not closed?");
    }
    const std::size_t before = buffer_.size();
    buffer_.resize(before + part_of_text);
    std::size_t size = before;
    while (size < buffer_.size()) {
        const std::size_t count = text_(std::span(buffer_).subspan(size));
        if (count == 0) ended_ = true;
        if (count == 0) break;
        size += count;
    }
    buffer_.resize(size);
    return size > before;
}

void CsvRows::set_end(std::size_t text_end, std::size_t next) {
    end_ = text_end;
    after_ = next;
}

/// Where the first line feed from `start` on is; npos: none in the buffer. Looks at no character twice.
std::size_t CsvRows::find_feed(std::size_t start) {
    if (feed_ != std::string::npos && feed_ >= gone_ + start) return feed_ - gone_;
    const std::size_t from = std::max(start, searched_ > gone_ ? searched_ - gone_ : 0);
    const std::size_t found = buffer_.find('\n', from);
    feed_ = found == std::string::npos ? found : gone_ + found;
    searched_ = found == std::string::npos ? gone_ + buffer_.size() : feed_;
    return found;
}

/// Finds the end of the line that begins so far from the row's beginning; false at the end of the text.
bool CsvRows::find_line(std::size_t offset) {
    for (;;) {
        const std::size_t start = row_ + offset;
        const std::size_t feed = find_feed(start);
        const std::size_t limit = std::min(feed, buffer_.size());
        const std::string_view seen = std::string_view(buffer_).substr(0, limit);
        const char* carriage = find_char(seen.substr(start), '\r');
        if (carriage != nullptr) {
            const auto at = static_cast<std::size_t>(carriage - buffer_.data());
            const bool of_the_feed = seen.find_first_not_of('\r', at) == std::string_view::npos;
            if (of_the_feed && feed == std::string::npos && read_part()) continue;  // a line feed may follow
            set_end(at, of_the_feed && feed != std::string::npos ? feed + 1 : at + 1);
            return true;
        }
        if (feed != std::string::npos) {
            set_end(feed, feed + 1);
            return true;
        }
        if (read_part()) continue;
        set_end(buffer_.size(), buffer_.size());
        return buffer_.size() > row_ + offset;
    }
}

void CsvRows::require_text() const {
    std::string_view text = std::string_view(buffer_).substr(row_, end_ - row_);
    if (is_plain(text)) return;
    while (!text.empty()) {
        const std::size_t length = text.front() == '\0' ? 0 : utf8_length(text);
        if (length == 0) {
            const CsvPlace at = place_at(static_cast<std::size_t>(text.data() - buffer_.data()) - row_);
            throw Error(name_ + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) +
                        ": the file must be UTF-8 text, got binary data or another encoding; save it as UTF-8");
        }
        text.remove_prefix(length);
    }
}

/// Whether the line at row_ is no row.
bool CsvRows::skip_line() {
    const std::string_view line = std::string_view(buffer_).substr(row_, end_ - row_);
    return line.find_first_not_of(" \t") == std::string_view::npos || (!comment_.empty() && line.starts_with(comment_));
}

bool CsvRows::next() {
    if (std::exchange(held_, false)) return true;
    for (;;) {
        row_ = after_;
        line_ = next_line_;
        if (!find_line(0)) return false;
        next_line_ = line_ + 1;
        if (!skip_line()) break;
    }
    fields_.clear();
    const std::string_view line = std::string_view(buffer_).substr(row_, end_ - row_);
    if (find_char(line, '"') == nullptr) {
        require_text();
        split_bare();
    } else {
        split_quoted();
    }
    return true;
}

std::string_view CsvRows::trimmed(std::string_view text) const {
    const auto blank = [&](char c) { return c == ' ' || (c == '\t' && separator_ != '\t'); };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

void CsvRows::split_bare() {
    std::string_view rest = std::string_view(buffer_).substr(row_, end_ - row_);
    const char* const begin = rest.data();
    const auto add = [&](std::string_view field) {
        const bool has_blanks = !field.empty() && (field.front() <= ' ' || field.back() <= ' ');
        if (has_blanks) field = trimmed(field);
        fields_.push_back({field, static_cast<std::size_t>(field.data() - begin)});
    };
    if (separator_ == ' ') {
        for (rest = trimmed(rest); !rest.empty(); rest = trimmed(rest)) {
            const std::size_t length = std::min(rest.find_first_of(" \t"), rest.size());
            add(rest.substr(0, length));
            rest.remove_prefix(length);
        }
        return;
    }
    const char* const end = begin + rest.size();
    const char* start = begin;
    const char separator = separator_;
    for (const char* at = begin; at != end; ++at) {
        if (*at != separator) continue;
        add({start, static_cast<std::size_t>(at - start)});
        start = at + 1;
    }
    add({start, static_cast<std::size_t>(end - start)});
}

bool CsvRows::at_blank(std::size_t at) const {
    if (row_ + at >= end_) return false;
    const char c = buffer_[row_ + at];
    return c == ' ' || (c == '\t' && separator_ != '\t');
}

bool CsvRows::at_field_end(std::size_t at) const {
    return row_ + at == end_ || buffer_[row_ + at] == separator_ || (separator_ == ' ' && at_blank(at));
}

/// A field of a row whose text may still move: within the row, or within `unquoted_`.
struct CsvRows::Part {
    std::size_t offset = 0;  // of the field, from the row's beginning on
    std::size_t begin = 0;
    std::size_t end = 0;
    bool has_quotes = false;  // so its text is in unquoted_
};

/// Splits a row that has quotes.
void CsvRows::split_quoted() {
    std::vector<Part> parts;
    unquoted_.clear();
    for (std::size_t at = 0;; ++at) {
        while (at_blank(at)) ++at;
        if (separator_ == ' ' && !parts.empty() && row_ + at == end_) break;
        Part part{.offset = at};
        if (row_ + at < end_ && buffer_[row_ + at] == '"') {
            read_quoted(at, part);
        } else {
            read_bare(at, part);
        }
        parts.push_back(part);
        if (row_ + at == end_) break;
    }
    require_text();
    for (const Part& part : parts) {
        const std::string_view from =
            part.has_quotes ? std::string_view(unquoted_) : std::string_view(buffer_).substr(row_);
        const std::string_view text = from.substr(part.begin, part.end - part.begin);
        fields_.push_back({part.has_quotes ? text : trimmed(text), part.offset});
    }
}

void CsvRows::read_bare(std::size_t& at, Part& part) {
    part.begin = at;
    for (; !at_field_end(at); ++at) {
        if (buffer_[row_ + at] == '"') {
            problems_.add({place_at(at), "a quote must enclose the whole field, got one within it", ""}, "quote");
        }
    }
    part.end = at;
}

/// Reads the field whose quote stands at `at`; it may go on over several lines.
void CsvRows::read_quoted(std::size_t& at, Part& part) {
    part.begin = ++at;
    const std::size_t unquoted = unquoted_.size();
    std::size_t copied = at;  // the text before it is in unquoted_, if there are quotes in it
    for (;; ++at) {
        if (row_ + at == end_) {
            const std::size_t next = after_ - row_;
            if (!find_line(next)) {
                set_end(row_ + next, row_ + next);
                problems_.add({place_at(part.offset), "a quoted field must be closed, got the end of the file", ""});
                part.end = at;
                at = next;
                return;
            }
            at = next - 1;
            ++next_line_;
            continue;
        }
        if (buffer_[row_ + at] != '"') continue;
        if (row_ + at + 1 == end_ || buffer_[row_ + at + 1] != '"') break;
        part.has_quotes = true;
        unquoted_.append(buffer_, row_ + copied, at + 1 - copied);
        copied = at + 2;
        ++at;
    }
    part.end = at;
    if (part.has_quotes) {
        unquoted_.append(buffer_, row_ + copied, at - copied);
        part.begin = unquoted;
        part.end = unquoted_.size();
    }
    ++at;
    while (at_blank(at) && !at_field_end(at)) ++at;
    if (at_field_end(at)) return;
    problems_.add({place_at(at), "a separator must follow a quoted field, got other text", ""}, "after quote");
    while (!at_field_end(at)) ++at;
}

CsvPlace CsvRows::place_at(std::size_t offset) const {
    const std::string_view row = std::string_view(buffer_).substr(row_);
    CsvPlace place{line_, 1};
    for (std::size_t i = 0; i < offset; ++i) {
        const char next = i + 1 < row.size() ? row[i + 1] : ' ';
        const bool ends = row[i] == '\n' || (row[i] == '\r' && next != '\n' && next != '\r');
        if (ends) {
            ++place.line;
            place.column = 1;
        } else if ((static_cast<unsigned char>(row[i]) & 0xC0U) != 0x80U) {  // not within a UTF-8 character
            ++place.column;
        }
    }
    return place;
}

}  // namespace clade
