#include <clade/evaluation/data/column_options.hpp>

#include <clade/evaluation/data/column_encoding.hpp>
#include <clade/evaluation/data/column_names_internal.hpp>

#include <algorithm>
#include <cmath>

namespace clade {

ColumnKind order_kind(const ColumnOptions& options) {
    return matches_any(options.time, options.sequence.order) ? ColumnKind::time : ColumnKind::number;
}

void visit_fields(SequenceColumns& sequence, FieldVisitor& field) {
    field("by", sequence.by,
          "Column whose equal values make a sequence: a recurrent network is fed its rows one a step, and begins each "
          "sequence without memory. Empty: rows are independent of each other.");
    field("order", sequence.order,
          "Column of numbers, or of times (time), that the rows of a sequence are sorted by; empty for the order of "
          "the file.");
}

void visit_fields(ColumnOptions& options, FieldVisitor& field) {
    field("exclude", options.exclude, "Columns to leave out; names may have * and ?. '' is a column without a name.");
    field("categorical", options.categorical,
          "Columns of categories, one input each (one-hot); names may have * and ?, here and in the next lists.");
    field("ordinal", options.ordinal, "Columns of ranked categories with their order, e.g. 'size=small<medium<large'.");
    field("boolean", options.boolean, "Columns of true/false, yes/no, t/f, y/n, on/off or 1/0.");
    field("time", options.time, "Columns of ISO 8601 dates or times; without a zone they count as UTC.");
    field("time_parts", options.time_parts,
          "Inputs of each time: seconds (since 1970), year, month, day, weekday, hour; month, weekday and hour as sine "
          "and cosine. Empty for seconds.",
          {.needs = "time: not []"});
    field("fill", options.fill,
          "Replacement of missing inputs, from the training rows: mean, median or most_frequent; category: one of its "
          "own; drop_row leaves the row out; refuse is an error. Missing labels and targets are refused, or dropped.");
    field("column_fill", options.column_fill,
          "The same for single columns, e.g. 'age=median', and 'species=drop_row' for a label; the first that fits.");
    field("indicator", options.indicator, "Columns with a further input that is 1 where the value is missing.");
    field("group", options.group, "Column of groups for split: grouped, and of series for lags; empty for none.");
    field("lags", options.lags, at_least(0.0),
          "Further inputs of a series: numbers and targets this many rows earlier. Rows without them are left out.");
    field("rolling", options.rolling, at_least(2.0),
          "Further inputs of a series: means of numbers and targets over this many rows before the row.");
    field("horizon", options.horizon, at_least(0), "Targets or labels are those of this many rows later (series).");
    field.block("sequence", options.sequence, "Sequences of rows, for recurrent networks.");
}

void check_params(const ColumnOptions& options, IssueSink& issues) {
    const auto known = known_time_parts();
    for (const std::string& part : options.time_parts) {
        if (std::ranges::find(known, part) == known.end()) issues.add("time_parts", unknown_name("part", part, known));
    }
    for (const std::string& text : options.ordinal) {
        if (ranked_categories(text).size() < 2) {
            issues.add("ordinal",
                       "must name a column and at least two categories, like 'size=small<large', got '" + text + "'");
        }
    }
    std::string choices;
    for (const std::string_view name : EnumNames<MissingValues>::names) {
        choices += (choices.empty() ? "" : ", ") + std::string(name);
    }
    for (const std::string& text : options.column_fill) {
        if (!fill_choice(text)) {
            issues.add("column_fill",
                       "must name a column and one of " + choices + ", like 'age=median', got '" + text + "'");
        }
    }
    if (options.sequence.by.empty() && !options.sequence.order.empty()) {
        issues.add("sequence.by", "must name a column where sequence.order does: which rows are a sequence");
    }
    if (!options.group.empty() && options.group == options.sequence.by) {
        issues.add("group", "must be left out where it is sequence.by: whole sequences are held out anyway");
    }
    for (const auto* numbers : {&options.lags, &options.rolling}) {
        if (std::ranges::all_of(*numbers, [](double n) { return n == std::floor(n) && n <= 1e6; })) continue;
        issues.add(numbers == &options.lags ? "lags" : "rolling", "must be whole numbers of rows, at most 1000000");
    }
    if (options.horizon == 0 && std::ranges::find(options.lags, 0.0) != options.lags.end()) {
        issues.add("lags", "must be at least 1 where horizon is 0: the row's own target is what is to be learnt");
    }
}

}  // namespace clade
