// All that is written as code of a model: calculations, and how they follow each other. The same for every language.
//
//   activate:  inputs -> step, so many times -> outputs                  the network; of a recurrent one with its state
//   predict:   row -> prepare -> activate, so many times -> finish       of a data task; begins without state
//   act:       observation -> prepare -> activate -> finish              of a control task
#pragma once

#include "clade/export/calculation.hpp"
#include "clade/export/exported_model.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace clade::exported {

struct ExportedCode {
    /// A function of one number, which calculations call.
    struct Function {
        std::string name{};
        Calculation calculation{};
    };

    /// What the numbers of an array, or of a category, are called.
    struct NameList {
        std::string what{};  ///< "input names"
        std::vector<std::string> names{};
    };

    /// The function that does more than the network.
    struct Entry {
        std::string name{};  ///< "predict" or "act"
        Calculation prepare{};
        Calculation finish{};
        int calls = 1;             ///< of activate()
        bool keeps_state = false;  ///< of a recurrent network, from call to call; else each call begins anew

        [[nodiscard]] const Calculation::Array& taken() const { return prepare.inputs.front(); }
        [[nodiscard]] const Calculation::Array& given() const { return finish.outputs.front(); }
    };

    std::string name{};
    std::vector<std::string> comment{};  ///< what it is and where it comes from
    std::vector<NameList> name_lists{};
    std::map<std::uint64_t, Function> functions{};  ///< by the numbers of calls
    Calculation network{};
    std::size_t input_count = 0;
    std::size_t output_count = 0;
    std::size_t state_size = 0;    ///< 0: feed-forward
    int steps = 1;                 ///< of a recurrent network, a call of activate()
    std::optional<Entry> entry{};  ///< none where no task says what inputs and outputs mean

    [[nodiscard]] bool is_recurrent() const noexcept { return state_size > 0; }

    /// Whether the caller of `entry` passes a state, or it makes one for itself.
    [[nodiscard]] bool passes_state() const { return is_recurrent() && entry->keeps_state; }
    [[nodiscard]] bool makes_state() const { return is_recurrent() && !entry->keeps_state; }
};

/// @pre require_expressible(exported).
[[nodiscard]] ExportedCode code_of(const ExportedModel& exported);

}  // namespace clade::exported
