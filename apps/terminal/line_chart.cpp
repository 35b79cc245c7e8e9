// A plot is a grid of dots: one a character in ASCII, two by four a character in braille. Each series is first reduced
// to one span of values a column of dots, then drawn.
#include "terminal/line_chart.hpp"

#include "terminal/wrapping.hpp"

#include <clade/core/fields.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>

namespace clade {
namespace {

constexpr std::size_t smallest_plot = 2;  // [characters] across and upwards

/// From the lowest to the highest finite value.
struct Scale {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void include(double value) {
        if (!std::isfinite(value)) return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    [[nodiscard]] bool empty() const { return !(low <= high); }

    // Halved, because the difference of two doubles may be too large for one.
    [[nodiscard]] double half_range() const { return high / 2 - low / 2; }
    [[nodiscard]] bool flat() const { return !(half_range() > 0.0); }
    [[nodiscard]] double fraction(double value) const { return flat() ? 0.5 : (value / 2 - low / 2) / half_range(); }
    [[nodiscard]] double value(double fraction) const {
        return low + fraction * half_range() + fraction * half_range();
    }
};

/// The values that fall into each column of dots.
using Columns = std::vector<Scale>;

/// `places` numbers, which the longest series has, are spread over `dots` columns; what lies between is interpolated.
Columns columns_of(const std::vector<double>& values, std::size_t places, std::size_t dots) {
    Columns columns(dots);
    const double step = places < 2 ? 0.0 : static_cast<double>(dots - 1) / static_cast<double>(places - 1);
    const auto column_of = [&](std::size_t i) {
        return static_cast<std::size_t>(std::lround(step * static_cast<double>(i)));
    };
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::size_t begin = column_of(i);
        columns[begin].include(values[i]);
        if (i + 1 == values.size() || !std::isfinite(values[i]) || !std::isfinite(values[i + 1])) continue;
        const std::size_t end = column_of(i + 1);
        for (std::size_t c = begin + 1; c < end; ++c) {
            const double part = static_cast<double>(c - begin) / static_cast<double>(end - begin);
            columns[c].include(values[i] * (1 - part) + values[i + 1] * part);
        }
    }
    return columns;
}

/// The characters of the plot, and which series each belongs to.
class Canvas {
public:
    Canvas(std::size_t width, std::size_t height, bool unicode)
        : width_(width), height_(height), unicode_(unicode), dots_(width * height), owner_(width * height) {}

    [[nodiscard]] std::size_t dots_a_character() const { return unicode_ ? 2 : 1; }
    [[nodiscard]] std::size_t dots_across() const { return width_ * dots_a_character(); }
    [[nodiscard]] std::size_t dots_upwards() const { return height_ * (unicode_ ? 4 : 1); }

    /// `x` from the left, `y` from the bottom. Who draws last owns the character.
    void dot(std::size_t x, std::size_t y, std::size_t series) {
        // A braille character's dots are numbered down the left column, then the right; the lowest two came later.
        constexpr std::array<std::array<unsigned, 4>, 2> bits{{{0x40, 0x04, 0x02, 0x01}, {0x80, 0x20, 0x10, 0x08}}};
        const std::size_t row = height_ - 1 - (unicode_ ? y / 4 : y);
        const std::size_t cell = row * width_ + (unicode_ ? x / 2 : x);
        dots_[cell] |= unicode_ ? bits[x % 2][y % 4] : 1U;
        owner_[cell] = series;
    }

    [[nodiscard]] std::string line(std::size_t row, std::span<const ChartSeries> series) const {
        std::string text;
        std::size_t end = width_;
        while (end > 0 && dots_[row * width_ + end - 1] == 0) --end;
        for (std::size_t begin = 0; begin < end;) {
            const std::size_t owner = owner_[row * width_ + begin];
            std::string run;
            for (; begin < end && owner_[row * width_ + begin] == owner; ++begin)
                run += character(row * width_ + begin);
            text += styled(run, series[owner].style, Output::out);
        }
        return text;
    }

    /// How a series looks, for the legend.
    [[nodiscard]] std::string sample(std::size_t series) const {
        if (!unicode_) return mark(series);
        return series == 0 ? "\u2812\u2812" : "\u2802\u2802";
    }

private:
    static std::string mark(std::size_t series) {
        constexpr std::array marks{"*", ".", "+", "o", "x"};
        return marks[series % marks.size()];
    }

    [[nodiscard]] std::string character(std::size_t cell) const {
        if (dots_[cell] == 0) return " ";
        if (!unicode_) return mark(owner_[cell]);
        const unsigned code = 0x2800U + dots_[cell];
        return {static_cast<char>(0xE0U | (code >> 12U)), static_cast<char>(0x80U | ((code >> 6U) & 0x3FU)),
                static_cast<char>(0x80U | (code & 0x3FU))};
    }

    std::size_t width_;
    std::size_t height_;
    bool unicode_;
    std::vector<unsigned> dots_;      // [height x width], bits of a braille character
    std::vector<std::size_t> owner_;  // [height x width], a series
};

std::size_t dot_of(double value, const Scale& scale, std::size_t dots) {
    return static_cast<std::size_t>(std::lround(scale.fraction(value) * static_cast<double>(dots - 1)));
}

/// A solid line: a column's span, made long enough to meet the one before.
void draw_solid(Canvas& canvas, const Columns& columns, const Scale& scale, std::size_t series) {
    std::optional<std::pair<std::size_t, std::size_t>> before;
    for (std::size_t x = 0; x < columns.size(); ++x) {
        if (columns[x].empty()) {
            before.reset();
            continue;
        }
        const std::size_t low = dot_of(columns[x].low, scale, canvas.dots_upwards());
        const std::size_t high = dot_of(columns[x].high, scale, canvas.dots_upwards());
        std::size_t begin = low;
        std::size_t end = high;
        if (before && before->second < low) begin = before->second + 1;
        if (before && before->first > high) end = before->first - 1;
        for (std::size_t y = begin; y <= end; ++y) canvas.dot(x, y, series);
        before = {low, high};
    }
}

/// A dotted line: in braille every other column, in the middle of its span.
void draw_dotted(Canvas& canvas, const Columns& columns, const Scale& scale, std::size_t series) {
    for (std::size_t x = 0; x < columns.size(); x += canvas.dots_a_character()) {
        if (columns[x].empty()) continue;
        canvas.dot(x, dot_of(columns[x].value(0.5), scale, canvas.dots_upwards()), series);
    }
}

/// The last series first, so that the first one is on top.
void draw(Canvas& canvas, std::span<const ChartSeries> series, const Scale& scale, std::size_t places) {
    for (std::size_t s = series.size(); s-- > 0;) {
        const Columns columns = columns_of(series[s].values, places, canvas.dots_across());
        if (s == 0) {
            draw_solid(canvas, columns, scale, s);
        } else {
            draw_dotted(canvas, columns, scale, s);
        }
    }
}

/// The label of each line of the plot, empty for most; with as many digits as tell the labels apart.
std::vector<std::string> value_labels(const Scale& scale, std::size_t height) {
    std::vector<std::string> labels(height);
    const std::size_t middle = height / 2;
    if (scale.flat()) {
        labels[height - 1 - (height - 1) / 2] = fmt::format("{:.6g}", scale.low);
        return labels;
    }
    const bool three = height % 2 == 1 && height >= 5;
    for (int digits = 4; digits <= std::numeric_limits<double>::max_digits10; ++digits) {
        labels.front() = fmt::format("{:.{}g}", scale.high, digits);
        labels.back() = fmt::format("{:.{}g}", scale.low, digits);
        if (three) labels[middle] = fmt::format("{:.{}g}", scale.value(0.5), digits);
        const bool distinct = labels.front() != labels.back() &&
                              (!three || (labels[middle] != labels.front() && labels[middle] != labels.back()));
        if (distinct) break;
    }
    return labels;
}

/// First, middle and last number under the axis, as far as there is room.
std::string axis_labels(std::size_t count, std::size_t width, const ChartFrame& frame) {
    const auto number = [&](std::size_t i) { return number_text(frame.first + frame.step * static_cast<double>(i)); };
    std::string text = number(0);
    if (count < 2) return text;
    const std::string last = number(count - 1);
    const std::string middle = number((count - 1) / 2);
    const auto place = [&](const std::string& label, std::size_t at) {
        if (at < text.size() + 2) return;
        text.resize(at, ' ');
        text += label;
    };
    const std::size_t last_at = width > last.size() ? width - last.size() : 0;
    const std::size_t middle_at = (width - 1) / 2 - std::min((width - 1) / 2, middle.size() / 2);
    if (count > 2 && middle_at + middle.size() + 2 <= last_at) place(middle, middle_at);
    place(last, last_at);
    return text;
}

/// What the axis and the series mean, in one line behind the margin or, where that is too wide, in a line each.
std::string legend(const Canvas& canvas, std::span<const ChartSeries> series, const std::string& axis,
                   const std::string& margin, std::size_t width) {
    std::string line = margin + axis + "   ";
    std::string lines = margin + axis;
    for (std::size_t s = 0; s < series.size(); ++s) {
        const std::string entry = styled(canvas.sample(s), series[s].style, Output::out) + " " + series[s].name;
        line.append("  ").append(entry);
        lines.append("\n").append(margin).append(entry);
    }
    return display_width(line) <= width ? line : lines;
}

}  // namespace

std::string line_chart(std::span<const ChartSeries> series, const ChartFrame& frame) {
    Scale scale;
    std::size_t count = 0;
    for (const ChartSeries& one : series) {
        count = std::max(count, one.values.size());
        for (const double value : one.values) scale.include(value);
    }
    if (scale.empty()) return "no finite value to draw\n";

    const std::size_t height = std::max(frame.height, smallest_plot);
    const std::vector<std::string> labels = value_labels(scale, height);
    std::size_t margin = 0;
    for (const std::string& label : labels) margin = std::max(margin, label.size());
    const std::size_t taken = margin + 2;
    const std::size_t width = frame.width > taken + smallest_plot ? frame.width - taken : smallest_plot;
    Canvas canvas(width, height, frame.unicode);
    draw(canvas, series, scale, count);

    std::string text;
    for (std::size_t row = 0; row < height; ++row) {
        const bool labelled = !labels[row].empty();
        const char* axis = frame.unicode ? (labelled ? "\u2524" : "\u2502") : "|";
        text += fmt::format("{:>{}} {}{}\n", labels[row], margin, axis, canvas.line(row, series));
    }
    const std::string left(margin + 1, ' ');
    text += left + (frame.unicode ? "\u2514" : "+");
    for (std::size_t x = 0; x < width; ++x) text += frame.unicode ? "\u2500" : "-";
    return text + fmt::format("\n{} {}\n{}\n", left, axis_labels(count, width, frame),
                              legend(canvas, series, frame.axis, left + " ", frame.width));
}

bool locale_is_utf8() {
    for (const char* variable : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const char* value = std::getenv(variable);
        if (value == nullptr || *value == '\0') continue;
        std::string name;
        for (const char* at = value; *at != '\0'; ++at) {
            if (std::isalnum(static_cast<unsigned char>(*at)) != 0) {
                name += static_cast<char>(std::tolower(static_cast<unsigned char>(*at)));
            }
        }
        return name.find("utf8") != std::string::npos;
    }
    return false;
}

}  // namespace clade
