#include <clade/core/functions/activation.hpp>
#include <clade/core/functions/aggregation.hpp>
#include <clade/core/functions/enumerator_names_internal.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstdint>

namespace clade {

enum class Sound : std::uint8_t { low, high };
enum class Swapped : std::uint8_t { low, high };
enum class Unnamed : std::uint8_t { low, high };
enum class Forgotten : std::uint8_t { low, high };
enum class Surplus : std::uint8_t { low, high };

template <>
struct EnumNames<Sound> {
    static constexpr std::array<std::string_view, 2> names{"low", "high"};
};
template <>
struct EnumNames<Swapped> {
    static constexpr std::array<std::string_view, 2> names{"high", "low"};
};
template <>
struct EnumNames<Unnamed> {
    static constexpr std::array<std::string_view, 2> names{"low"};
};
template <>
struct EnumNames<Forgotten> {
    static constexpr std::array<std::string_view, 1> names{"low"};
};
template <>
struct EnumNames<Surplus> {
    static constexpr std::array<std::string_view, 3> names{"low", "high", "middle"};
};

namespace {

TEST(EnumeratorNames, AreThoseInTheSource) {
    EXPECT_EQ(enumerator_name<Activation::steepened_sigmoid>(), "steepened_sigmoid");
    EXPECT_EQ(enumerator_name<Aggregation::sum>(), "sum");
    EXPECT_EQ(enumerator_name<Activation{200}>(), "");
}

TEST(EnumeratorNames, MustBeAllInTheOrderOfTheValues) {
    EXPECT_TRUE(names_are_enumerators<Sound>());
    EXPECT_FALSE(names_are_enumerators<Swapped>());
    EXPECT_FALSE(names_are_enumerators<Unnamed>());
    EXPECT_FALSE(names_are_enumerators<Forgotten>());
    EXPECT_FALSE(names_are_enumerators<Surplus>());
}

}  // namespace
}  // namespace clade
