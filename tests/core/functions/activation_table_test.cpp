#include <clade/core/functions/activation.hpp>
#include <clade/core/functions/activation_internal.hpp>

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace clade {
namespace {

TEST(ActivationTable, HasAnEntryOfItsOwnForEveryName) {
    std::set<std::string_view> formulas;
    for (std::size_t number = 0; number < activation_count; ++number) {
        const auto activation = static_cast<Activation>(number);
        int entries = 0;
        with_activation(activation, [&](auto entry) {
            ++entries;
            EXPECT_EQ(activate(activation, 0.3F), entry.value(0.3F)) << name_of(activation);
            EXPECT_EQ(activation_slope(activation, 0.3F), entry.slope(0.3F, entry.value(0.3F))) << name_of(activation);
            formulas.insert(entry.formula);
        });
        EXPECT_EQ(entries, 1) << name_of(activation);
        EXPECT_NE(activation_formula(activation), "");
    }
    EXPECT_EQ(formulas.size(), activation_count) << "two activations have one formula";
}

TEST(ActivationTable, HasNoEntryForAFunctionThatAUserAdds) {
    for (std::size_t number = activation_count; number < 256; ++number) {
        with_activation(static_cast<Activation>(number), [](auto) { ADD_FAILURE(); });
    }
}

}  // namespace
}  // namespace clade
