#include "terminal/terminal.hpp"

#include "terminal/safe_output.hpp"

#include <fmt/format.h>

#include <sys/ioctl.h>
#include <unistd.h>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace clade {
namespace {

int descriptor(Output output) { return output == Output::out ? STDOUT_FILENO : STDERR_FILENO; }

bool colours_wanted(Output output) {
    const char* no_colour = std::getenv("NO_COLOR");
    if (no_colour != nullptr && *no_colour != '\0') return false;
    const char* term = std::getenv("TERM");
    if (term == nullptr || std::string_view(term) == "dumb") return false;
    return is_terminal(output);
}

}  // namespace

bool is_terminal(Output output) { return ::isatty(descriptor(output)) == 1; }

std::size_t terminal_width(Output output) {
    winsize size{};
    if (::ioctl(descriptor(output), TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    constexpr std::size_t usual = 100;
    const char* columns = std::getenv("COLUMNS");
    if (columns == nullptr) return usual;
    const std::string_view text(columns);
    std::size_t width = usual;
    std::from_chars(text.data(), text.data() + text.size(), width);
    return width < 20 ? usual : width;
}

std::string styled(std::string_view text, Style style, Output output) {
    constexpr std::array codes{"", "1", "2", "32", "33", "31"};
    if (style == Style::plain || !colours_wanted(output)) return std::string(text);
    return fmt::format("{}{}{}", control_sequence(fmt::format("\x1b[{}m", codes[static_cast<std::size_t>(style)])),
                       text, control_sequence("\x1b[0m"));
}

std::string short_number(double value) {
    if (std::fabs(value) < 10000.0) return fmt::format("{:.4g}", value);
    if (std::fabs(value) < 1e6) return fmt::format("{:.1f} k", value / 1e3);
    if (std::fabs(value) < 1e9) return fmt::format("{:.1f} M", value / 1e6);
    return fmt::format("{:.1f} G", value / 1e9);
}

std::string counted(std::uint64_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string short_time(double seconds) {
    if (seconds < 0.001) return fmt::format("{:.0f} us", seconds * 1e6);
    if (seconds < 1.0) return fmt::format("{:.0f} ms", seconds * 1e3);
    if (seconds < 60.0) return fmt::format("{:.1f} s", seconds);
    if (seconds < 3600.0)
        return fmt::format("{} min {} s", static_cast<int>(seconds / 60), static_cast<int>(seconds) % 60);
    return fmt::format("{} h {} min", static_cast<int>(seconds / 3600), static_cast<int>(seconds / 60) % 60);
}

std::string grouped(double value) {
    if (!std::isfinite(value)) return fmt::format("{}", value);
    std::string digits = fmt::format("{:.0f}", value);
    const std::size_t first = digits.front() == '-' ? 1 : 0;
    for (std::size_t at = digits.size(); at > first + 3;) digits.insert(at -= 3, 1, ',');
    return digits;
}

std::string short_fitness(double fitness) {
    if (std::isnan(fitness)) return "failed";
    return fmt::format("{:.6g}", fitness);
}

}  // namespace clade
