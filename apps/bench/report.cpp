#include "bench/report.hpp"

#include "bench/machine_facts.hpp"
#include "clade/output/json_text.hpp"
#include "terminal/text_table.hpp"

#include <clade/core/error.hpp>
#include <clade/core/text.hpp>
#include <clade/experiment/run/run_folder.hpp>

#include <unistd.h>
#include <filesystem>
#include <iostream>

namespace clade::bench {
namespace {

namespace fs = std::filesystem;

Json as_json(const Report& report) {
    Json json{{"benchmark", report.benchmark}, {"machine", machine_facts()}};
    json.update(report.facts);
    json["rows"] = report.rows;
    return json;
}

bool can_make_files_in(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_directory(folder, ignored) && ::access(folder.c_str(), W_OK) == 0;
}

/// The folder itself if it is there, else the one in which it would have to be made.
fs::path nearest_existing(fs::path folder) {
    std::error_code ignored;
    folder = fs::absolute(folder);
    while (!fs::exists(folder, ignored) && folder.has_relative_path()) folder = folder.parent_path();
    return folder;
}

void keep(const Report& report, const fs::path& out) {
    const auto folder = create_run_folder(out / "bench", report.benchmark);
    replace_file(folder.path / "results.json", json_text(as_json(report)));
    replace_file(folder.path / "results.csv", rows_csv(report.rows));
    replace_file(folder.path / "results.txt", report.text);
    if (can_draw()) {
        draw_svg(report.figure, folder.path / "figure.svg");
    } else {
        std::cerr << "no figure: gnuplot, which draws it, is not installed (Debian: gnuplot-nox)\n";
    }
    std::cerr << "kept in " << folder.path.string() << '\n';
}

}  // namespace

std::string rows_csv(const Json& rows) {
    if (rows.empty()) return {};
    const auto line = [](const Json& row, const auto& cell) {
        std::string text;
        for (const auto& item : row.items()) text += (text.empty() ? "" : ",") + csv_cell(cell(item));
        return text + '\n';
    };
    std::string text = line(rows.front(), [](const auto& item) { return item.key(); });
    for (const Json& row : rows) {
        text += line(row, [](const auto& item) {
            return item.value().is_string() ? item.value().template get<std::string>() : item.value().dump();
        });
    }
    return text;
}

void check_files(const ReportOptions& options) {
    std::error_code ignored;
    if (!options.svg.empty()) {
        check_can_draw();
        const fs::path file = fs::absolute(options.svg);
        if (!can_make_files_in(file.parent_path()) || fs::is_directory(file, ignored)) {
            throw InputError("--svg: must be a file in a folder that can be written to, got '" +
                             printable(options.svg, 200) + "'");
        }
    }
    if (!options.out.empty() && !can_make_files_in(nearest_existing(fs::path(options.out) / "bench"))) {
        throw InputError("--out: must be a folder that can be written to, got '" + printable(options.out, 200) + "'");
    }
}

void show(const Report& report, const ReportOptions& options) {
    if (options.format == Format::json) {
        std::cout << json_text(as_json(report));
    } else if (options.format == Format::csv) {
        std::cout << rows_csv(report.rows);
    } else {
        std::cout << report.text;
    }
    std::cout.flush();
    if (!options.svg.empty()) draw_svg(report.figure, options.svg);
    if (!options.out.empty()) keep(report, options.out);
}

}  // namespace clade::bench
