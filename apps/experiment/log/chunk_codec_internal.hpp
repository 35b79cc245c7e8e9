// The bytes of one column of a generation, compressed: a zstd frame with its checksum and the length of its content.
//
// Numbers are little-endian and stand as they are in memory, so every NaN keeps its bits.
#pragma once

#include <bit>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

namespace clade {

static_assert(std::endian::native == std::endian::little, "chunks are stored as they are in memory");

/// Keeps its memory from chunk to chunk. For one thread at a time.
class ChunkCodec {
public:
    static constexpr std::string_view name = "zstd";

    /// The frame is valid until the next call.
    [[nodiscard]] std::span<const std::byte> compress(std::span<const std::byte> content);

    /// Fills `content`, whose size must be that of the frame's content. Throws FormatError if the frame is damaged.
    void decompress(std::span<const std::byte> frame, std::span<std::byte> content);

    /// Throws FormatError unless the frame says that it holds `size` bytes and is long enough to do so. To be asked
    /// before making room, so that a damaged length never asks for more memory than the file warrants.
    static void check_size(std::span<const std::byte> frame, std::size_t size);

private:
    struct Free {
        void operator()(ZSTD_CCtx_s* context) const noexcept;
        void operator()(ZSTD_DCtx_s* context) const noexcept;
    };

    std::unique_ptr<ZSTD_CCtx_s, Free> compressor_;
    std::unique_ptr<ZSTD_DCtx_s, Free> decompressor_;
    std::vector<std::byte> frame_;
};

}  // namespace clade
