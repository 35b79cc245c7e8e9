#include "terminal/river_chart.hpp"

#include "terminal/wrapping.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace clade {
namespace {

double amount_at(const RiverStream& stream, std::size_t place) {
    if (place < stream.begin || place - stream.begin >= stream.amounts.size()) return 0.0;
    return stream.amounts[place - stream.begin];
}

/// The marks of one place, from the bottom up: each line shows the stream that its middle lies in.
std::string column_of(const std::vector<RiverStream>& streams, std::size_t place, std::size_t height) {
    double total = 0.0;
    for (const RiverStream& stream : streams) total += amount_at(stream, place);
    std::string column(height, ' ');
    if (!(total > 0.0)) return column;
    for (std::size_t line = 0; line < height; ++line) {
        const double level = (static_cast<double>(line) + 0.5) / static_cast<double>(height) * total;
        double sum = 0.0;
        for (const RiverStream& stream : streams) {
            sum += amount_at(stream, place);
            if (level >= sum) continue;
            column[line] = stream.mark;
            break;
        }
    }
    return column;
}

}  // namespace

std::string river_chart(const std::vector<RiverStream>& streams, const RiverFrame& frame) {
    std::size_t places = 0;
    for (const RiverStream& stream : streams) places = std::max(places, stream.begin + stream.amounts.size());
    if (places == 0) return "";
    const std::size_t across = frame.width > 4 ? frame.width - 1 : 3;
    const std::size_t stretch = std::max<std::size_t>(1, across / places);  // columns per place of a short run
    const std::size_t columns = std::min(across, places * stretch);
    std::vector<std::string> drawn;
    for (std::size_t c = 0; c < columns; ++c) {
        const std::size_t place = places * stretch <= across ? c / stretch : c * (places - 1) / (columns - 1);
        drawn.push_back(column_of(streams, place, frame.height));
    }
    std::string text;
    for (std::size_t line = frame.height; line-- > 0;) {
        std::string row = "|";
        for (const std::string& column : drawn) row += column[line];
        text += row + '\n';
    }
    const std::string last = std::to_string(places - 1);
    std::string labels = " 0";
    if (columns + 1 > labels.size() + last.size() + 1) labels += fmt::format("{:>{}}", last, columns - 1);
    return text + "+" + std::string(columns, '-') + "\n" + labels + "\n" + wrapped(frame.axis, frame.width) + "\n";
}

}  // namespace clade
