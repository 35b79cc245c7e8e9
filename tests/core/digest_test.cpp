#include <clade/core/digest.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace clade {
namespace {

TEST(Digest, IsXxh3) {
    EXPECT_EQ(digest_bytes({}), 0x2d06800538d394c2ULL);  // the published answer for no bytes and seed 0
}

TEST(Digest, DependsOnEveryByteAndOnTheOrder) {
    const std::array<std::uint32_t, 3> values{1, 2, 3};
    const std::array<std::uint32_t, 3> swapped{1, 3, 2};
    const std::span<const std::uint32_t> all(values);
    EXPECT_EQ(digest_of(all), digest_of(all));
    EXPECT_NE(digest_of(all), digest_of(std::span<const std::uint32_t>(swapped)));
    EXPECT_NE(digest_of(all), digest_of(all.first(2)));
    EXPECT_NE(digest_of(all.first(1), digest_of(all.last(1))), digest_of(all.last(1), digest_of(all.first(1))));
}

TEST(Digest, OfPartsIsThatOfAllBytesInARow) {
    std::vector<std::byte> bytes(100'000);
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(i * i % 251);
    const std::span<const std::byte> all(bytes);
    for (const std::size_t size : {std::size_t{1}, std::size_t{100}, std::size_t{8191}, std::size_t{20'000}}) {
        DigestOfParts digest;
        std::size_t at = 0;
        for (; at + size <= all.size(); at += size) digest.add(all.subspan(at, size));
        if (at < all.size()) {
            EXPECT_NE(digest.value(), digest_bytes(all)) << "a part is missing";
        }
        digest.add(all.subspan(at));
        EXPECT_EQ(digest.value(), digest_bytes(all)) << size;
    }
    EXPECT_EQ(DigestOfParts().value(), digest_bytes({}));
}

TEST(Digest, PrintsSixteenHexadecimalDigits) {
    EXPECT_EQ(to_hex(0x0123456789abcdefULL), "0123456789abcdef");
    EXPECT_EQ(to_hex(0), "0000000000000000");
}

}  // namespace
}  // namespace clade
