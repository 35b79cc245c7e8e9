#include "clade/export/interface_calculation.hpp"

#include "clade/export/recorded_number.hpp"

#include <clade/core/functions/activation.hpp>
#include <clade/core/functions/float_math_internal.hpp>
#include <clade/core/special_values_internal.hpp>
#include <clade/evaluation/data/column_encoding_internal.hpp>

#include <span>

namespace clade::exported {
namespace {

struct Date {
    Real year, month, day;
};

/// Year, month and day of the day of this number since 1970, of the proleptic Gregorian calendar; after Hinnant,
/// "chrono-Compatible Low-Level Date Algorithms" (2021). Quotients of whole numbers that far from 2^53 are floored rightly.
Date date_of(Real day) {
    const Real shifted = day + 719468.0;  // since 1 March of the year 0
    const Real era = floor(shifted / 146097.0);
    const Real day_of_era = shifted - era * 146097.0;
    const Real leaps = floor(day_of_era / 1460.0) - floor(day_of_era / 36524.0) + floor(day_of_era / Real(146096.0));
    const Real year_of_era = floor((day_of_era - leaps) / 365.0);
    const Real day_of_year = day_of_era - (year_of_era * 365.0 + floor(year_of_era / 4.0) - floor(year_of_era / 100.0));
    const Real march = floor((day_of_year * 5.0 + 2.0) / 153.0);  // months since March
    const Truth same_year = march < 10.0;
    return {era * 400.0 + year_of_era + select(same_year, Real(0.0), Real(1.0)),
            select(same_year, march + 3.0, march - 9.0), day_of_year - floor((march * 153.0 + 2.0) / 5.0) + 1.0};
}

/// As time_part() in column_encoding.cpp.
Real time_part_of(std::string_view part, Real seconds) {
    if (part == "seconds") return seconds;
    const Real day = floor(seconds / 86400.0);
    if (part == "hour") return (seconds - day * 86400.0) / 86400.0;
    if (part == "weekday") {  // Monday 1 to Sunday 7; the day 0 was a Thursday
        const Real since_monday = day + 3.0;
        return (since_monday - floor(since_monday / 7.0) * 7.0 + 1.0) / 7.0;
    }
    const Date date = date_of(day);
    if (part == "year") return date.year;
    if (part == "month") return (date.month - 1.0) / 12.0;
    return date.day;
}

/// Of a value that is no position of a category, NaN: it is refused.
Real known_position(const ColumnEncoding& column, Real value) {
    Truth known(false);
    for (std::size_t i = 0; i < column.categories.size(); ++i) known = known || value == Real(static_cast<double>(i));
    return select(known, value, Real(nan));
}

/// A column's value as its encoding takes it: filled in where it is missing.
Real taken_value(const ColumnEncoding& column, Real value) {
    if (column.fill) value = select(value != value, Real(*column.fill), value);
    const bool ranked = column.kind == ColumnKind::category || column.kind == ColumnKind::ordinal;
    return ranked ? known_position(column, value) : value;
}

Real number_of_part(const InputPart& part, Real value, Real taken) {
    const auto sine_of = [](Real turns) { return to_real(sin_float(to_single(Real(full_turn) * turns))); };
    switch (part.what) {
        case InputPart::missing:
            return select(value != value, Real(1.0), Real(0.0));
        case InputPart::is_category: {
            const Real place(static_cast<double>(part.category));
            return select(taken != taken, taken, select(taken == place, Real(1.0), Real(0.0)));
        }
        case InputPart::part_of_time:
            return time_part_of(part.time_part, taken);
        case InputPart::sine:
            return sine_of(time_part_of(part.time_part, taken));
        case InputPart::cosine:
            return sine_of(time_part_of(part.time_part, taken) + 0.25);
        default:
            return taken;
    }
}

Truth is_finite(Real x) { return x - x == Real(0.0); }

/// NaN where any of the numbers is not finite.
Real nan_unless_finite(std::span<const Single> numbers) {
    Real sum(0.0);
    for (const Single& number : numbers) sum = sum + (to_real(number) - to_real(number));
    return sum;
}

std::vector<Single> singles(Calculation& calculation, std::size_t array, std::size_t count) {
    std::vector<Single> numbers;
    for (std::size_t i = 0; i < count; ++i) numbers.push_back(input<float>(calculation, array, i));
    return numbers;
}

/// As class_probability().
std::vector<Real> probabilities_of(std::span<const Single> outputs, double sharpness) {
    std::vector<Real> evidence;
    for (const Single& output : outputs) evidence.push_back(Real(sharpness) * to_real(output));
    Real largest = evidence.front();
    for (std::size_t c = 1; c < evidence.size(); ++c) largest = select(largest < evidence[c], evidence[c], largest);
    Real total(0.0);
    for (const Real& one : evidence) total = total + exp_double(one - largest);
    const Real all = largest + log_double(total);
    std::vector<Real> probabilities;
    for (const Real& one : evidence) probabilities.push_back(exp_double(one - all));
    return probabilities;
}

/// As clipped() in action_space.cpp.
Single clipped(Single x, Single low, Single high) { return select(low < x, select(high < x, high, x), low); }

Single index_of_largest(const std::vector<Single>& outputs) {
    Single largest = outputs.front();
    Single index(0.0F);
    for (std::size_t c = 1; c < outputs.size(); ++c) {
        const auto if_larger = [&, before = largest](Single yes, Single no) {
            return select(before != before, select(outputs[c] == outputs[c], yes, no),
                          select(before < outputs[c], yes, no));
        };
        largest = if_larger(outputs[c], largest);
        index = if_larger(Single(static_cast<float>(c)), index);
    }
    return index;
}

Single control_value(ActionMapping mapping, const Signal& control, Single output) {
    const auto low = static_cast<float>(control.low);
    const auto high = static_cast<float>(control.high);
    Single part = output;
    if (mapping == ActionMapping::scaled_tanh) {  // the activation is tanh(2.5 x)
        const Single tanh =
            called(first_activation + static_cast<std::uint64_t>(Activation::tanh), output / Single(2.5F));
        part = Single(0.5F) + Single(0.5F) * tanh;
    }
    return clipped(Single(low) + Single(high - low) * part, low, high);
}

}  // namespace

Calculation encode_calculation(const DataInterface& data) {
    Calculation calculation{.inputs = {{"row", NumberType::real, data.columns.size()}},
                            .outputs = {{"inputs", NumberType::single}}};
    std::size_t next = 0;
    for (std::size_t c = 0; c < data.columns.size(); ++c) {
        const ColumnEncoding& column = data.columns[c];
        const Real value = input<double>(calculation, 0, c);
        const Real taken = taken_value(column, value);
        std::size_t p = 0;
        for (const InputPart& part : parts_of(column)) {
            const Real number = number_of_part(part, value, taken);
            give(calculation, 0, next++, to_single((number - Real(column.mean[p])) / Real(column.deviation[p])));
            ++p;
        }
    }
    calculation.outputs[0].size = next;
    return calculation;
}

Calculation predict_calculation(const DataInterface& data, std::size_t input_count) {
    std::size_t output_count = data.targets.size();
    for (const LabelOutput& label : data.labels) output_count += label.classes.size();
    Calculation calculation{
        .inputs = {{"inputs", NumberType::single, input_count}, {"outputs", NumberType::single, output_count}},
        .outputs = {{"predictions", NumberType::real, output_count}}};
    const std::vector<Single> inputs = singles(calculation, 0, input_count);
    const std::vector<Single> outputs = singles(calculation, 1, output_count);
    const Real sound = nan_unless_finite(inputs);
    if (data.is_classification()) {
        std::size_t next = 0;
        for (const LabelOutput& label : data.labels) {
            const auto of_label = std::span(outputs).subspan(next, label.classes.size());
            const Truth all_finite = is_finite(sound + nan_unless_finite(of_label));
            for (const Real& probability : probabilities_of(of_label, data.sharpness)) {
                give(calculation, 0, next++, select(all_finite, probability, Real(nan)));
            }
        }
        return calculation;
    }
    for (std::size_t t = 0; t < output_count; ++t) {
        const Real said = Real(data.targets[t].offset) + Real(data.targets[t].scale) * to_real(outputs[t]);
        const Real finite = sound + nan_unless_finite(std::span(outputs).subspan(t, 1));
        give(calculation, 0, t, select(is_finite(finite), said, Real(nan)));
    }
    return calculation;
}

Calculation scale_calculation(const std::vector<Signal>& inputs) {
    Calculation calculation{.inputs = {{"observation", NumberType::single, inputs.size()}},
                            .outputs = {{"inputs", NumberType::single, inputs.size()}}};
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        give(calculation, 0, i, input<float>(calculation, 0, i) * Single(static_cast<float>(inputs[i].scale)));
    }
    return calculation;
}

Calculation act_calculation(const ControlInterface& control) {
    const ActionMapping mapping = mapping_of(control.mapping, control.actions);
    const std::size_t output_count = output_count_of(control.mapping, control.actions);
    Calculation calculation{.inputs = {{"outputs", NumberType::single, output_count}},
                            .outputs = {{"action", NumberType::single, control.actions.size()}}};
    const std::vector<Single> outputs = singles(calculation, 0, output_count);
    if (mapping == ActionMapping::argmax) {
        give(calculation, 0, 0, index_of_largest(outputs));
    } else if (mapping == ActionMapping::threshold) {
        const auto count = static_cast<float>(control.actions.choices.size());
        const Single part = clipped(outputs.front() * Single(count), 0.0F, count - 1.0F);
        give(calculation, 0, 0, to_single(floor(to_real(part))));
    } else {
        for (std::size_t c = 0; c < output_count; ++c) {
            give(calculation, 0, c, control_value(mapping, control.actions.controls[c], outputs[c]));
        }
    }
    return calculation;
}

}  // namespace clade::exported
