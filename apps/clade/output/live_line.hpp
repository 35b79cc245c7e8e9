// A progress line: rewritten in place on a terminal, printed from time to time elsewhere. On stderr, so that stdout
// holds the result alone.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// A part of the line. Where a terminal is too narrow for all, the least important are left out.
struct LineField {
    std::string text;
    int importance = 0;
};

/// The fields with two spaces between them, in at most `width` characters. Of equally important ones the last goes first;
/// empty if not even one fits.
[[nodiscard]] std::string fitted_line(std::vector<LineField> fields, std::size_t width);

/// Where there is no terminal: when the line after one at `elapsed` is due. The lines come after 1, 2, 5, 10 and 30
/// seconds, 1, 2, 5 and 10 minutes, then every ten minutes. [seconds since the beginning]
[[nodiscard]] double next_line_at(double elapsed);

/// For one thread at a time.
class LiveLine {
public:
    /// `least_interval` holds where there is no terminal. [seconds]
    LiveLine(bool quiet, double least_interval);
    ~LiveLine() { clear(); }
    LiveLine(const LiveLine&) = delete;
    LiveLine& operator=(const LiveLine&) = delete;

    /// Since the line was made. [seconds]
    [[nodiscard]] double elapsed() const;

    /// Whether it is time for the next line.
    [[nodiscard]] bool is_due() const;

    /// Shows it now, due or not.
    void show(const std::vector<LineField>& fields);

    /// A message in lines of its own, also if quiet.
    void say(std::string_view message);

    /// Clears the line of a terminal, so that what follows starts on an empty one.
    void clear();

    /// Clears the line of a terminal; elsewhere shows the fields as the last line.
    void finish(const std::vector<LineField>& fields);

private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    double last_ = 0.0;      // when a line was last shown [seconds since the beginning]
    double next_;            // when the next one is due
    double least_interval_;  // [seconds]
    bool quiet_;
    bool live_;
    bool shown_ = false;
};

}  // namespace clade
