// Wraps text into lines that fit the terminal.
#pragma once

#include "terminal/terminal.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// Characters a UTF-8 text takes on a terminal: each code point counts as one, a style (styled()) as none.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// That of its widest line.
[[nodiscard]] std::size_t widest_line(std::string_view text);

/// The text in lines of at most `width` characters, broken at its line breaks, between words, and only then within one.
[[nodiscard]] std::vector<std::string> wrapped_lines(std::string_view text, std::size_t width);

/// Those lines as one text.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t width);

/// The text in lines of at most `width` characters, broken between words alone: paths and numbers stay whole. A line that
/// begins with a space is a command to copy or part of a drawing, and stays as it is.
[[nodiscard]] std::string paragraphs(std::string_view text, std::size_t width);

/// The text as paragraphs that fit a terminal; as it is where the output goes elsewhere: programs read lines.
[[nodiscard]] std::string for_reading(std::string_view text, Output output);

/// How wide a text may be beside a margin: what is left of the width, but never too little to read.
[[nodiscard]] std::size_t room_beside(std::size_t margin, std::size_t width);

}  // namespace clade
