// A line chart made of text.
//
//   16.0 |            ....****
//        |     *******    ..
//    8.2 |*****  .........
//        +--------------------
//         0       50       99
//         generation    * best  . mean
#pragma once

#include "terminal/terminal.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace clade {

/// One line of the chart, its values from left to right. A value that is not finite leaves a gap.
struct ChartSeries {
    std::string name;
    std::vector<double> values{};
    Style style = Style::plain;  ///< on a terminal
};

struct ChartFrame {
    std::size_t width = 80;           ///< [characters] of the whole chart, labels included
    std::size_t height = 9;           ///< [lines] of the plot, without axis and legend
    std::string axis = "generation";  ///< what grows from left to right
    double first = 0.0;               ///< its number at the first value
    double step = 1.0;                ///< how much it grows from one value to the next
    bool unicode = false;             ///< braille dots: twice the resolution across, four times upwards
};

/// The series in one plot, the first one solid and on top, the others dotted. A line of words if no value is finite.
/// Linear in the number of values; of many values at one place the lowest and highest are seen.
[[nodiscard]] std::string line_chart(std::span<const ChartSeries> series, const ChartFrame& frame);

/// Whether the locale of the environment says that text is UTF-8.
[[nodiscard]] bool locale_is_utf8();

}  // namespace clade
