#include "clade/plot/svg.hpp"

#include <clade/core/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace clade::plot {
namespace {

/// Round numbers of an interval: about `count` of 1, 2 or 5 times a power of ten.
std::vector<double> ticks(double low, double high, int count) {
    const double raw_step = (high - low) / count;
    if (!(raw_step > 0.0) || !std::isfinite(raw_step)) return {low};
    const double power = std::pow(10.0, std::floor(std::log10(raw_step)));
    double step = 10.0 * power;
    for (const double factor : {5.0, 2.0, 1.0}) {
        if (factor * power >= raw_step) step = factor * power;
    }
    std::vector<double> all;
    for (double i = std::ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; ++i)
        all.push_back(i * step + 0.0);  // + 0: never "-0"
    return all;
}

}  // namespace

std::string xml_text(std::string_view text) {
    std::string xml;
    for (const char c : escaped(text)) {
        switch (c) {
            case '&':
                xml += "&amp;";
                break;
            case '<':
                xml += "&lt;";
                break;
            case '>':
                xml += "&gt;";
                break;
            case '"':
                xml += "&quot;";
                break;
            default:
                xml += c;
        }
    }
    return xml;
}

std::string svg_page(double width, double height, std::string_view body) {
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} "
        "{1:.0f}\" "
        "font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" "
        "fill=\"white\"/>\n{2}</svg>\n",
        width, height, body);
}

std::string svg_text(double x, double y, std::string_view text, std::string_view anchor) {
    return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>\n", x, y, anchor, xml_text(text));
}

double PlotArea::x(double value) const {
    return x_high > x_low ? left + (value - x_low) / (x_high - x_low) * width : left + width / 2;
}

double PlotArea::y(double value) const {
    // Halved, because the difference of two doubles may be too large for one.
    return y_high > y_low ? top + height - (value / 2 - y_low / 2) / (y_high / 2 - y_low / 2) * height
                          : top + height / 2;
}

std::string PlotArea::axes(std::string_view title, std::string_view x_label, std::string_view y_label) const {
    const double bottom = top + height;
    std::string svg = svg_text(left, top - 16.0, title);
    for (const double value : ticks(y_low, y_high, 5)) {
        svg += fmt::format("<path d=\"M{:.1f} {:.1f}h{:.1f}\" stroke=\"#ddd\"/>\n", left, y(value), width);
        svg += svg_text(left - 8.0, y(value) + 4.0, fmt::format("{:.4g}", value), "end");
    }
    for (const double value : ticks(x_low, x_high, 8)) {
        svg += fmt::format("<path d=\"M{:.1f} {:.1f}v5\" stroke=\"black\"/>\n", x(value), bottom);
        svg += svg_text(x(value), bottom + 18.0, fmt::format("{:.6g}", value), "middle");
    }
    svg += fmt::format("<path d=\"M{:.1f} {:.1f}V{:.1f}H{:.1f}\" fill=\"none\" stroke=\"black\"/>\n", left, top, bottom,
                       left + width);
    svg += svg_text(left + width / 2, bottom + 40.0, x_label, "middle");
    svg += fmt::format("<text transform=\"translate(18,{:.1f}) rotate(-90)\" text-anchor=\"middle\">{}</text>\n",
                       top + height / 2, xml_text(y_label));
    return svg;
}

}  // namespace clade::plot
