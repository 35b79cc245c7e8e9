#include "clade/export/protobuf.hpp"

namespace clade::exported {
namespace {

constexpr std::uint32_t varint_type = 0;
constexpr std::uint32_t bytes_type = 2;

}  // namespace

ProtoMessage& ProtoMessage::add(std::uint32_t field, std::int64_t number) {
    add_varint(field << 3U | varint_type);
    add_varint(static_cast<std::uint64_t>(number));
    return *this;
}

ProtoMessage& ProtoMessage::add(std::uint32_t field, std::string_view bytes) {
    add_varint(field << 3U | bytes_type);
    add_varint(bytes.size());
    bytes_.append(bytes);
    return *this;
}

/// Seven bits a byte, the lowest first; the eighth says that more follow.
void ProtoMessage::add_varint(std::uint64_t number) {
    for (; number >= 0x80; number >>= 7U) bytes_ += static_cast<char>(number | 0x80U);
    bytes_ += static_cast<char>(number);
}

}  // namespace clade::exported
