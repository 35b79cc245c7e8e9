// The inputs of an encoding one by one, for what computes them elsewhere (apps/clade/export).
#pragma once

#include <clade/evaluation/data/column_encoding.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// One of the inputs that a column becomes.
struct InputPart {
    std::string suffix;  ///< of its name
    bool scaled = false;
    enum { as_is, is_category, part_of_time, sine, cosine, missing } what = as_is;
    std::size_t category = 0;
    std::string_view time_part = "seconds";
};

/// In the order of the inputs. @pre check_encoding().
[[nodiscard]] std::vector<InputPart> parts_of(const ColumnEncoding& encoding);

/// The input of a row that nothing was learnt from; `row` is its index, for messages. Throws Error as append_new_inputs()
/// does. @pre `part` is parts_of(encoding)[p].
[[nodiscard]] float new_input(const ColumnEncoding& encoding, const InputPart& part, std::size_t p, double value,
                              std::size_t row);

/// 2 pi, by which a part of a time that goes round (0..1) is multiplied.
inline constexpr double full_turn = 6.283185307179586;

}  // namespace clade
