#include <clade/evaluation/data/series_internal.hpp>

#include <clade/core/error.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <numeric>
#include <string>
#include <utility>

namespace clade {
namespace {

using Rows = std::vector<std::size_t>;

/// The rows of each series, in order.
std::vector<Rows> series_of(const DataTable& table) {
    const std::vector<std::uint32_t>& key = table.sequence.empty() ? table.group : table.sequence;
    std::vector<Rows> series(key.empty() ? 1 : *std::ranges::max_element(key) + std::size_t{1});
    for (std::size_t row = 0; row < table.row_count(); ++row) series[key.empty() ? 0 : key[row]].push_back(row);
    if (table.order.empty()) return series;
    for (Rows& rows : series) std::ranges::stable_sort(rows, {}, [&](std::size_t row) { return table.order[row]; });
    return series;
}

/// Where the history of a row comes from: `at` is its position in the series.
struct Moment {
    const Rows* series;
    std::size_t at;
};

double mean_before(const std::vector<double>& values, const Moment& moment, std::size_t window, bool with_own) {
    const std::size_t end = moment.at + (with_own ? 1 : 0);
    double sum = 0.0;
    for (std::size_t i = end - window; i < end; ++i) sum += values[(*moment.series)[i]];
    return sum / static_cast<double>(window);
}

template <class Value>
void keep(std::vector<Value>& values, const Rows& rows) {
    if (values.empty()) return;
    std::vector<Value> kept;
    kept.reserve(rows.size());
    for (const std::size_t row : rows) kept.push_back(values[row]);
    values = std::move(kept);
}

/// Keeps the rows `own`, with the targets, labels and weights of the rows `later`.
void keep_rows(DataTable& table, const Rows& own, const Rows& later) {
    for (DataColumn& column : table.inputs) keep(column.values, own);
    for (DataColumn& column : table.targets) keep(column.values, later);
    for (LabelColumn& label : table.labels) keep(label.codes, later);
    keep(table.weight, later);
    keep(table.group, own);
    keep(table.sequence, own);
    keep(table.order, own);
}

/// The rows that have enough rows before and behind them, in the order of the table.
std::vector<Moment> moments_of(const std::vector<Rows>& all, std::size_t history, std::size_t horizon) {
    std::vector<Moment> moments;
    for (const Rows& series : all) {
        for (std::size_t at = history; at + horizon < series.size(); ++at) moments.push_back({&series, at});
    }
    std::ranges::sort(moments, {}, [](const Moment& moment) { return (*moment.series)[moment.at]; });
    return moments;
}

}  // namespace

std::vector<std::size_t> make_series(DataTable& table, const ColumnOptions& options, SeriesUse use) {
    if (options.lags.empty() && options.rolling.empty() && options.horizon == 0) {
        std::vector<std::size_t> all(table.row_count());
        std::iota(all.begin(), all.end(), std::size_t{0});
        return all;
    }
    const auto horizon = static_cast<std::size_t>(options.horizon);
    const std::size_t ahead = use == SeriesUse::learn ? horizon : 0;
    std::size_t history = 0;  // rows before
    for (const double lag : options.lags) history = std::max(history, static_cast<std::size_t>(lag));
    for (const double window : options.rolling) {
        history = std::max(history, static_cast<std::size_t>(window) - (horizon > 0 ? 1 : 0));
    }
    const std::vector<Rows> all = series_of(table);
    const std::vector<Moment> moments = moments_of(all, history, ahead);
    if (moments.empty()) {
        throw Error("the data must have more rows in a series than lags, rolling and horizon need, " +
                    std::to_string(history + ahead) + ", got " + std::to_string(table.row_count()) + " rows");
    }

    std::vector<DataColumn> added;
    const auto add = [&](const DataColumn& from, const std::string& suffix, auto&& value) {
        DataColumn column{.name = from.name + suffix, .fill = from.fill, .derived = true};
        for (const Moment& moment : moments) column.values.push_back(value(moment));
        added.push_back(std::move(column));
    };
    const auto add_history = [&](const DataColumn& from, bool is_target) {
        for (const double lag : options.lags) {
            if (lag == 0.0 && !is_target) continue;  // the input itself
            const auto back = static_cast<std::size_t>(lag);
            add(from, " lag " + std::to_string(back),
                [&](const Moment& m) { return from.values[(*m.series)[m.at - back]]; });
        }
        for (const double rows : options.rolling) {
            const auto window = static_cast<std::size_t>(rows);
            add(from, " mean " + std::to_string(window),
                [&](const Moment& m) { return mean_before(from.values, m, window, horizon > 0); });
        }
    };
    for (const DataColumn& column : table.inputs) {
        if (column.kind == ColumnKind::number) add_history(column, false);
    }
    for (const DataColumn& column : table.targets) add_history(column, true);

    Rows own;
    Rows later;
    for (const Moment& moment : moments) {
        own.push_back((*moment.series)[moment.at]);
        later.push_back((*moment.series)[moment.at + ahead]);
    }
    keep_rows(table, own, later);
    std::ranges::move(added, std::back_inserter(table.inputs));
    table.is_series = true;
    return own;
}

}  // namespace clade
