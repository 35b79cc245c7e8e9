// Messages in the wire format of protocol buffers (protobuf.dev, Encoding): a list of fields, each a number and a value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace clade::exported {

class ProtoMessage {
public:
    ProtoMessage& add(std::uint32_t field, std::int64_t number);
    ProtoMessage& add(std::uint32_t field, std::string_view bytes);
    ProtoMessage& add(std::uint32_t field, const ProtoMessage& message) { return add(field, message.bytes_); }

    [[nodiscard]] const std::string& bytes() const noexcept { return bytes_; }

private:
    void add_varint(std::uint64_t number);

    std::string bytes_;
};

}  // namespace clade::exported
