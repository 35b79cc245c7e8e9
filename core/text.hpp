// Checks for UTF-8, and text made printable for messages.
#pragma once

#include <clade/core/language_standard.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// Length of the UTF-8 character at the beginning of `text`, or 0 if it is not valid UTF-8 (overlong, surrogate, cut).
[[nodiscard]] std::size_t utf8_length(std::string_view text) noexcept;

/// `text` on one line, without anything that could steer a terminal: control characters (C0, DEL and C1), separators of
/// lines and marks that turn the direction of text become escapes as in JSON, such as `\n` or `\u001b`; bytes that are not
/// UTF-8 become escapes such as `\xff`.
[[nodiscard]] std::string escaped(std::string_view text);

/// escaped(), shortened to about `limit` bytes of `text` for a message.
[[nodiscard]] std::string printable(std::string_view text, std::size_t limit = 80);

/// Names with a separator between them; of more than `most`, the first ones "and 3 more".
[[nodiscard]] std::string listed(const std::vector<std::string>& names, std::string_view separator, std::size_t most);

/// A word of a command to type: in quotes where a shell would take it apart.
[[nodiscard]] std::string quoted(const std::string& text);

}  // namespace clade
