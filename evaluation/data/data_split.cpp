#include <clade/evaluation/data/data_split.hpp>

#include <clade/core/fields.hpp>
#include <clade/core/random/random.hpp>
#include <clade/evaluation/data/shuffle_internal.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <string>
#include <utility>

namespace clade {
namespace {

using Rows = std::vector<std::size_t>;

Rows all_rows(const DataTable& table) {
    Rows rows(table.row_count());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    return rows;
}

/// These rows by class, of the first label, or all of a regression, each shuffled by `seed`.
std::vector<Rows> shuffled_classes(const DataTable& table, const Rows& among, std::uint64_t seed) {
    std::vector<Rows> classes(table.is_classification() ? table.labels[0].classes.size() : 1);
    for (const std::size_t row : among) {
        classes[table.is_classification() ? table.labels[0].codes[row] : 0].push_back(row);
    }
    for (std::size_t c = 0; c < classes.size(); ++c) shuffle(classes[c], Stream({seed, 0, Purpose::data_split}, c));
    return classes;
}

/// These rows by group, the groups shuffled by `seed`.
std::vector<Rows> shuffled_groups(const DataTable& table, const Rows& among, std::uint64_t seed) {
    const std::vector<std::uint32_t>& group_of = table.whole();
    std::vector<Rows> groups(*std::ranges::max_element(group_of) + std::size_t{1});
    for (const std::size_t row : among) groups[group_of[row]].push_back(row);
    Rows order(groups.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    shuffle(order, Stream({seed, 0, Purpose::data_split}, 0));
    std::vector<Rows> shuffled;
    for (const std::size_t group : order) {
        if (!groups[group].empty()) shuffled.push_back(std::move(groups[group]));
    }
    return shuffled;
}

void append(Rows& to, const Rows& rows) { to.insert(to.end(), rows.begin(), rows.end()); }

SplitKind kind_for(const DataTable& table, SplitKind kind) {
    if (!table.sequence.empty()) {
        if (kind == SplitKind::automatic || kind == SplitKind::grouped) return SplitKind::grouped;
        throw FieldError("split",
                         "must be grouped or automatic where sequence.by is set: sequences are held out whole, got '" +
                             std::string(name_of(kind)) + "'");
    }
    if (kind == SplitKind::grouped && table.group.empty()) {
        throw FieldError("split",
                         "must be random or in_order where no column of groups is named, got 'grouped'; set group");
    }
    if (kind != SplitKind::automatic) return kind;
    if (table.is_series) return SplitKind::in_order;
    return table.group.empty() ? SplitKind::random : SplitKind::grouped;
}

std::size_t part_of(std::size_t rows, double fraction) {
    return static_cast<std::size_t>(std::floor(static_cast<double>(rows) * fraction + 0.5));
}

/// Rows that stay, and rows that are set aside.
struct Division {
    Rows kept{};
    Rows aside{};
};

/// Throws FieldError where all rows are of one sequence.
void require_sequences(const DataTable& table) {
    const std::vector<std::uint32_t>& group = table.whole();
    const bool one = std::ranges::all_of(group, [&](std::uint32_t row) { return row == group.front(); });
    if (table.sequence.empty() || !one) return;
    throw FieldError("sequence.by",
                     "must tell at least two sequences (and groups) apart, so that one can be held out, got 1; to "
                     "train on all rows: validation_fraction: 0 and test_fraction: 0");
}

/// Throws FieldError for a class that is nowhere in the training rows: a network could not learn it.
void require_classes(const LabelColumn& label, const RowSplit& parts, const char* key) {
    std::vector<bool> seen(label.classes.size(), false);
    for (const std::size_t row : parts.training) seen[label.codes[row]] = true;
    std::string names;
    Rows others = parts.validation;
    append(others, parts.test);
    for (const std::size_t row : others) {
        if (seen[label.codes[row]]) continue;
        seen[label.codes[row]] = true;
        names += (names.empty() ? "'" : ", '") + label.classes[label.codes[row]] + "'";
    }
    if (names.empty()) return;
    throw FieldError(key, "must leave a training row of every class, but leaves none of " + names +
                              "; take another split, or leave the class out of the data");
}

Division divide_randomly(const DataTable& table, const Rows& among, double fraction, std::uint64_t seed) {
    Division parts;
    for (const Rows& rows : shuffled_classes(table, among, seed)) {
        std::size_t aside = part_of(rows.size(), fraction);
        if (table.is_classification() && aside == rows.size() && aside > 1) --aside;
        const auto middle = rows.begin() + static_cast<std::ptrdiff_t>(aside);
        parts.aside.insert(parts.aside.end(), rows.begin(), middle);
        parts.kept.insert(parts.kept.end(), middle, rows.end());
    }
    return parts;
}

Division divide_groups(const DataTable& table, const Rows& among, double fraction, std::uint64_t seed) {
    Division parts;
    const std::size_t wanted = part_of(among.size(), fraction);
    for (const Rows& rows : shuffled_groups(table, among, seed)) {
        // A group goes where it brings the part nearer to the size wanted.
        const bool aside = parts.aside.size() + rows.size() / 2 < wanted;
        append(aside ? parts.aside : parts.kept, rows);
    }
    return parts;
}

/// @pre the rows are in order.
Division divide_in_order(const Rows& among, std::size_t kept, std::size_t end) {
    const auto at = [&](std::size_t row) { return among.begin() + static_cast<std::ptrdiff_t>(row); };
    return {Rows(at(0), at(kept)), Rows(at(kept), at(end))};
}

/// Sets about this part of rows aside that are in order.
Division divide(const DataTable& table, const Rows& among, double fraction, std::uint64_t seed, SplitKind kind) {
    Division parts;
    switch (kind_for(table, kind)) {
        case SplitKind::in_order:
            parts = divide_in_order(among, among.size() - part_of(among.size(), fraction), among.size());
            break;
        case SplitKind::grouped:
            parts = divide_groups(table, among, fraction, seed);
            break;
        default:
            parts = divide_randomly(table, among, fraction, seed);
    }
    std::ranges::sort(parts.kept);
    std::ranges::sort(parts.aside);
    return parts;
}

Division deal(const std::vector<Rows>& classes, const Fold& fold) {
    Division parts;
    std::size_t dealt = 0;  // on from class to class, so that the folds' sizes stay even too
    for (const Rows& rows : classes) {
        for (const std::size_t row : rows) {
            (dealt++ % fold.count == fold.index ? parts.aside : parts.kept).push_back(row);
        }
    }
    return parts;
}

/// Each group goes to the fold that has the fewest rows so far.
Division deal_groups(const std::vector<Rows>& groups, const Fold& fold) {
    if (fold.count > groups.size()) {
        throw FieldError("folds", "must be at most the number of groups, " + std::to_string(groups.size()) + ", got " +
                                      std::to_string(fold.count));
    }
    Division parts;
    std::vector<std::size_t> sizes(fold.count, 0);
    for (const Rows& rows : groups) {
        const auto least = static_cast<std::size_t>(std::ranges::min_element(sizes) - sizes.begin());
        sizes[least] += rows.size();
        append(least == fold.index ? parts.aside : parts.kept, rows);
    }
    return parts;
}

Division divide_by_fold(const DataTable& table, const Fold& fold, std::uint64_t seed, SplitKind kind) {
    const Rows rows = all_rows(table);
    Division parts;
    switch (kind) {
        case SplitKind::in_order: {
            const auto block_end = [&](std::size_t block) { return rows.size() * (block + 1) / (fold.count + 1); };
            parts = divide_in_order(rows, block_end(fold.index), block_end(fold.index + 1));
            break;
        }
        case SplitKind::grouped:
            parts = deal_groups(shuffled_groups(table, rows, seed), fold);
            break;
        default:
            parts = deal(shuffled_classes(table, rows, seed), fold);
    }
    std::ranges::sort(parts.kept);
    std::ranges::sort(parts.aside);
    return parts;
}

/// What is not for the test is divided again.
RowSplit with_validation(const DataTable& table, Division tested, double fraction, std::uint64_t seed, SplitKind kind) {
    Division rest = divide(table, tested.kept, fraction, seed, kind);
    return {std::move(rest.kept), std::move(rest.aside), std::move(tested.aside)};
}

}  // namespace

RowSplit split(const DataTable& table, const HeldOutFractions& fractions, std::uint64_t seed, SplitKind kind) {
    if (fractions.test > 0.0 || fractions.validation > 0.0) require_sequences(table);
    Division tested = divide(table, all_rows(table), fractions.test, seed, kind);
    RowSplit parts = with_validation(table, std::move(tested), fractions.validation, seed, kind);
    if (parts.training.empty()) {
        const bool by_test = parts.validation.empty();
        throw FieldError(by_test ? "test_fraction" : "validation_fraction",
                         "must leave rows to train on, got " +
                             number_text(by_test ? fractions.test : fractions.validation) + " of " +
                             std::to_string(parts.validation.size() + (by_test ? parts.test.size() : 0)) + " rows");
    }
    for (const LabelColumn& label : table.labels)
        require_classes(label, parts, parts.validation.empty() ? "test_fraction" : "validation_fraction");
    return parts;
}

RowSplit split_fold(const DataTable& table, const Fold& fold, std::uint64_t seed, SplitKind kind) {
    const SplitKind known = kind_for(table, kind);
    const std::size_t most = table.row_count() - (known == SplitKind::in_order ? 1 : 0);
    if (fold.count > most) {
        throw FieldError("folds", "must be at most the number of rows, " + std::to_string(most) + ", got " +
                                      std::to_string(fold.count));
    }
    RowSplit parts = with_validation(table, divide_by_fold(table, fold, seed, known), fold.validation, seed, known);
    for (const LabelColumn& label : table.labels) require_classes(label, parts, "folds");
    return parts;
}

}  // namespace clade
