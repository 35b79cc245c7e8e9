#include "clade/output/live_line.hpp"

#include "terminal/safe_output.hpp"
#include "terminal/terminal.hpp"
#include "terminal/wrapping.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iostream>

namespace clade {
namespace {

constexpr double live_interval = 0.1;  // [seconds] often enough to look alive
constexpr std::string_view gap = "  ";

std::size_t width_of(const std::vector<LineField>& fields) {
    std::size_t width = fields.empty() ? 0 : gap.size() * (fields.size() - 1);
    for (const LineField& field : fields) width += display_width(field.text);
    return width;
}

std::string joined(const std::vector<LineField>& fields) {
    std::string line;
    for (const LineField& field : fields) {
        if (!line.empty()) line += gap;
        line += field.text;
    }
    return line;
}

}  // namespace

std::string fitted_line(std::vector<LineField> fields, std::size_t width) {
    std::erase_if(fields, [](const LineField& field) { return field.text.empty(); });
    while (width_of(fields) > width) {
        const auto least = std::min_element(fields.rbegin(), fields.rend(),
                                            [](const auto& a, const auto& b) { return a.importance < b.importance; });
        fields.erase(std::next(least).base());
    }
    return joined(fields);
}

double next_line_at(double elapsed) {
    constexpr std::array<double, 9> first{1, 2, 5, 10, 30, 60, 120, 300, 600};
    for (const double moment : first) {
        if (moment > elapsed) return moment;
    }
    return elapsed + first.back();
}

LiveLine::LiveLine(bool quiet, double least_interval)
    : next_(next_line_at(0.0)), least_interval_(least_interval), quiet_(quiet), live_(is_terminal(Output::err)) {}

double LiveLine::elapsed() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

bool LiveLine::is_due() const {
    if (quiet_) return false;
    const double now = elapsed();
    return live_ ? now - last_ >= live_interval : now >= next_ && now - last_ >= least_interval_;
}

void LiveLine::show(const std::vector<LineField>& fields) {
    if (quiet_) return;
    last_ = elapsed();
    next_ = next_line_at(last_);
    if (!live_) {
        std::cerr << joined(fields) << std::endl;  // at once, for those who follow a log file
        return;
    }
    // The last column stays free: a terminal may begin a new line there.
    const std::size_t width = std::max<std::size_t>(terminal_width(Output::err), 1) - 1;
    std::cerr << control_sequence("\r") + fitted_line(fields, width) + control_sequence("\x1b[K") << std::flush;
    shown_ = true;
}

void LiveLine::say(std::string_view message) {
    clear();
    std::cerr << for_reading(message, Output::err) << std::endl;
}

void LiveLine::clear() {
    if (shown_) std::cerr << control_sequence("\r\x1b[K") << std::flush;
    shown_ = false;
}

void LiveLine::finish(const std::vector<LineField>& fields) {
    clear();
    if (!live_) show(fields);
}

}  // namespace clade
