// Results of a benchmark, and how they are printed and saved.
#pragma once

#include "terminal/figure.hpp"
#include "terminal/format.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace clade::bench {

using Json = nlohmann::ordered_json;

struct Report {
    std::string benchmark;
    Json rows = Json::array();    ///< an object a measurement
    Json facts = Json::object();  ///< beside the machine's: versions, what is absent, ratios
    std::string text;             ///< the same for people
    Figure figure{};
};

struct ReportOptions {
    Format format = Format::table;
    std::string svg{};  ///< file to draw the figure to; empty: none
    std::string out{};  ///< folder in which bench/<benchmark>-<time> is made for all of it; empty: none
};

/// Throws InputError where the files asked for could not be written: to be found out before anything is measured.
void check_files(const ReportOptions& options);

/// Prints the report and writes what files are asked for. A figure for the folder `out` is left out, and said to be,
/// where gnuplot is not installed; one that is asked for by name is an Error then.
void show(const Report& report, const ReportOptions& options);

/// Rows of equal keys as CSV with a header.
[[nodiscard]] std::string rows_csv(const Json& rows);

}  // namespace clade::bench
