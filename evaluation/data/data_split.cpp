#include <clade/evaluation/data/data_split.hpp>

#include <clade/core/fields.hpp>
#include <clade/core/random/random.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <string>
#include <utility>

namespace clade {
namespace {

using Rows = std::vector<std::size_t>;

void shuffle(std::span<std::size_t> values, Stream stream) {
    for (std::size_t i = values.size(); i > 1; --i) {
        std::swap(values[i - 1], values[stream.below(static_cast<std::uint32_t>(i))]);
    }
}

/// The rows of each class, or all rows of a regression, each shuffled by `seed`.
std::vector<Rows> shuffled_classes(const DataTable& table, std::uint64_t seed) {
    std::vector<Rows> classes(table.is_classification() ? table.classes.size() : 1);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        classes[table.is_classification() ? table.label[row] : 0].push_back(row);
    }
    for (std::size_t c = 0; c < classes.size(); ++c) shuffle(classes[c], Stream({seed, 0, Purpose::data_split}, c));
    return classes;
}

/// The rows of each group, the groups shuffled by `seed`.
std::vector<Rows> shuffled_groups(const DataTable& table, std::uint64_t seed) {
    std::vector<Rows> groups(*std::ranges::max_element(table.group) + std::size_t{1});
    for (std::size_t row = 0; row < table.row_count(); ++row) groups[table.group[row]].push_back(row);
    Rows order(groups.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    shuffle(order, Stream({seed, 0, Purpose::data_split}, 0));
    std::vector<Rows> shuffled;
    for (const std::size_t group : order) shuffled.push_back(std::move(groups[group]));
    return shuffled;
}

void append(Rows& to, const Rows& rows) { to.insert(to.end(), rows.begin(), rows.end()); }

SplitKind kind_for(const DataTable& table, SplitKind kind) {
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

RowSplit sorted(RowSplit parts) {
    std::ranges::sort(parts.training);
    std::ranges::sort(parts.validation);
    return parts;
}

/// Throws FieldError for a class that is nowhere in the training rows: a network could not learn it.
void require_classes(const DataTable& table, const RowSplit& parts, const char* key) {
    if (!table.is_classification()) return;
    std::vector<bool> seen(table.classes.size(), false);
    for (const std::size_t row : parts.training) seen[table.label[row]] = true;
    std::string names;
    for (const std::size_t row : parts.validation) {
        if (seen[table.label[row]]) continue;
        seen[table.label[row]] = true;
        names += (names.empty() ? "'" : ", '") + table.classes[table.label[row]] + "'";
    }
    if (names.empty()) return;
    throw FieldError(key, "must leave a training row of every class, but leaves none of " + names +
                              "; take another split, or leave the class out of the data");
}

RowSplit split_randomly(const DataTable& table, double fraction, std::uint64_t seed) {
    RowSplit parts;
    for (const Rows& rows : shuffled_classes(table, seed)) {
        std::size_t aside = part_of(rows.size(), fraction);
        if (table.is_classification() && aside == rows.size() && aside > 1) --aside;
        const auto middle = rows.begin() + static_cast<std::ptrdiff_t>(aside);
        parts.validation.insert(parts.validation.end(), rows.begin(), middle);
        parts.training.insert(parts.training.end(), middle, rows.end());
    }
    return parts;
}

RowSplit split_groups(const DataTable& table, double fraction, std::uint64_t seed) {
    RowSplit parts;
    const std::size_t wanted = part_of(table.row_count(), fraction);
    for (const Rows& rows : shuffled_groups(table, seed)) {
        // A group goes where it brings the part nearer to the size wanted.
        const bool aside = parts.validation.size() + rows.size() / 2 < wanted;
        append(aside ? parts.validation : parts.training, rows);
    }
    return parts;
}

RowSplit split_in_order(std::size_t training, std::size_t end) {
    RowSplit parts;
    parts.training.resize(training);
    parts.validation.resize(end - training);
    std::iota(parts.training.begin(), parts.training.end(), std::size_t{0});
    std::iota(parts.validation.begin(), parts.validation.end(), training);
    return parts;
}

RowSplit deal(const std::vector<Rows>& classes, const Fold& fold) {
    RowSplit parts;
    std::size_t dealt = 0;  // on from class to class, so that the folds' sizes stay even too
    for (const Rows& rows : classes) {
        for (const std::size_t row : rows) {
            (dealt++ % fold.count == fold.index ? parts.validation : parts.training).push_back(row);
        }
    }
    return parts;
}

/// Each group goes to the fold that has the fewest rows so far.
RowSplit deal_groups(const std::vector<Rows>& groups, const Fold& fold) {
    if (fold.count > groups.size()) {
        throw FieldError("folds", "must be at most the number of groups, " + std::to_string(groups.size()) + ", got " +
                                      std::to_string(fold.count));
    }
    RowSplit parts;
    std::vector<std::size_t> sizes(fold.count, 0);
    for (const Rows& rows : groups) {
        const auto least = static_cast<std::size_t>(std::ranges::min_element(sizes) - sizes.begin());
        sizes[least] += rows.size();
        append(least == fold.index ? parts.validation : parts.training, rows);
    }
    return parts;
}

}  // namespace

RowSplit split(const DataTable& table, double validation_fraction, std::uint64_t seed, SplitKind kind) {
    RowSplit parts;
    const std::size_t rows = table.row_count();
    switch (kind_for(table, kind)) {
        case SplitKind::in_order:
            parts = split_in_order(rows - std::min(rows, part_of(rows, validation_fraction)), rows);
            break;
        case SplitKind::grouped:
            parts = split_groups(table, validation_fraction, seed);
            break;
        default:
            parts = split_randomly(table, validation_fraction, seed);
    }
    if (parts.training.empty()) {
        throw FieldError("validation_fraction", "must leave rows to train on, got " + number_text(validation_fraction) +
                                                    " of " + std::to_string(rows) + " rows");
    }
    require_classes(table, parts, "validation_fraction");
    return sorted(std::move(parts));
}

RowSplit split_fold(const DataTable& table, const Fold& fold, std::uint64_t seed, SplitKind kind) {
    const SplitKind known = kind_for(table, kind);
    const std::size_t most = table.row_count() - (known == SplitKind::in_order ? 1 : 0);
    if (fold.count > most) {
        throw FieldError("folds", "must be at most the number of rows, " + std::to_string(most) + ", got " +
                                      std::to_string(fold.count));
    }
    RowSplit parts;
    switch (known) {
        case SplitKind::in_order: {
            const auto block_end = [&](std::size_t block) {
                return table.row_count() * (block + 1) / (fold.count + 1);
            };
            parts = split_in_order(block_end(fold.index), block_end(fold.index + 1));
            break;
        }
        case SplitKind::grouped:
            parts = deal_groups(shuffled_groups(table, seed), fold);
            break;
        default:
            parts = deal(shuffled_classes(table, seed), fold);
    }
    require_classes(table, parts, "folds");
    return sorted(std::move(parts));
}

}  // namespace clade
