// Properties of stdout and stderr (terminal, width, colour), and text styled for them.
#pragma once

#include <clade/core/text.hpp>  // quoted()

#include <cstddef>
#include <string>
#include <string_view>

namespace clade {

enum class Output { out, err };

/// Whether a person looks at it.
[[nodiscard]] bool is_terminal(Output output);

/// Columns of the terminal; COLUMNS, or 100 where there is none.
[[nodiscard]] std::size_t terminal_width(Output output);

enum class Style { plain, bold, dim, green, yellow, red };

/// The text in this style on a terminal, unless NO_COLOR is set or TERM is dumb; else the text as it is.
[[nodiscard]] std::string styled(std::string_view text, Style style, Output output);

/// "3", "12.4 k", "3.2 M": for people.
[[nodiscard]] std::string short_number(double value);

/// "1 genome", "2 genomes".
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view noun);

/// "0.42 s", "3 min 12 s".
[[nodiscard]] std::string short_time(double seconds);

/// Rounded to a whole number, with its digits in groups: "4,404".
[[nodiscard]] std::string grouped(double value);

/// A fitness with as many digits as one wants to read; "failed" for NaN.
[[nodiscard]] std::string short_fitness(double fitness);

}  // namespace clade
