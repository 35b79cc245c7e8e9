// The bytes of columns of numbers, compressed: a zstd frame with its checksum and the length of its content.
//
// Numbers are little-endian and keep their bits, every NaN too. They stand in byte planes: the first byte of each number,
// then the second of each, and so on. Bytes of one place resemble each other, which compresses better.
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
    static constexpr int fast = 1;       ///< for what every generation writes
    static constexpr int thorough = 12;  ///< for what is written seldom

    explicit ChunkCodec(int level = fast) noexcept : level_(level) {}

    /// The frame is valid until the next call.
    [[nodiscard]] std::span<const std::byte> compress(std::span<const std::byte> content);

    /// The same for numbers of `width` bytes, in byte planes.
    [[nodiscard]] std::span<const std::byte> compress_numbers(std::span<const std::byte> numbers, std::size_t width);

    /// Fills `content`, whose size must be that of the frame's content. Throws FormatError if the frame is damaged.
    void decompress(std::span<const std::byte> frame, std::span<std::byte> content);

    /// The same for numbers of `width` bytes.
    void decompress_numbers(std::span<const std::byte> frame, std::size_t width, std::span<std::byte> numbers);

    /// The size of a frame's content. Throws FormatError unless the frame is long enough for it.
    [[nodiscard]] static std::size_t content_size(std::span<const std::byte> frame);

    /// Throws FormatError unless the frame says that it holds `size` bytes and is long enough to do so. To be asked
    /// before making room, so that a damaged length never asks for more memory than the file warrants.
    static void check_size(std::span<const std::byte> frame, std::size_t size);

    /// Numbers of `width` bytes as byte planes, and back. @pre equal sizes, a multiple of the width.
    static void to_planes(std::span<const std::byte> numbers, std::size_t width, std::span<std::byte> planes) noexcept;
    static void from_planes(std::span<const std::byte> planes, std::size_t width,
                            std::span<std::byte> numbers) noexcept;

private:
    struct Free {
        void operator()(ZSTD_CCtx_s* context) const noexcept;
        void operator()(ZSTD_DCtx_s* context) const noexcept;
    };

    int level_;
    std::unique_ptr<ZSTD_CCtx_s, Free> compressor_;
    std::unique_ptr<ZSTD_DCtx_s, Free> decompressor_;
    std::vector<std::byte> frame_;
    std::vector<std::byte> planes_;
};

}  // namespace clade
