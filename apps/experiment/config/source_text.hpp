// The text of a configuration file, with lines and columns as editors count them, from 1. Reports bytes that are not
// text (invalid UTF-8, NUL, control characters) before parsing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// A place in a text; 1-based.
struct TextPosition {
    int line = 1;
    int column = 1;  ///< in characters, not bytes
};

/// Why a text cannot be a configuration.
struct TextFault {
    TextPosition position;
    std::string message;
};

/// A text with an index of its lines. Owns a copy, without the byte order mark.
class SourceText {
public:
    explicit SourceText(std::string_view text);

    [[nodiscard]] const std::string& text() const noexcept { return text_; }

    /// The byte at this 0-based line and 0-based byte column, or the end of the text where there is none.
    [[nodiscard]] std::size_t offset(int line, int byte_column) const noexcept;

    /// @pre offset <= text().size().
    [[nodiscard]] TextPosition position(std::size_t offset) const noexcept;

    /// The first byte that is not UTF-8, is NUL or another control character.
    [[nodiscard]] std::optional<TextFault> fault() const;

    /// Whether the quoted text that opens at `offset` closes again; true if nothing opens there.
    [[nodiscard]] bool quote_closes(std::size_t offset) const noexcept;

    /// Where the value behind "&anchor " begins; `offset` itself if there is no anchor.
    [[nodiscard]] std::size_t behind_anchor(std::size_t offset) const noexcept;

private:
    std::string text_;
    std::vector<std::size_t> line_begin_;
    std::vector<std::uint32_t> continuation_count_;  // [text_.size() + 1] UTF-8 continuation bytes before an offset
};

}  // namespace clade
