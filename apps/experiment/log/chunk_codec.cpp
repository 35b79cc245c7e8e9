#include <clade/experiment/log/chunk_codec_internal.hpp>

#include <clade/core/error.hpp>

#include <zstd.h>

#include <new>
#include <string>

namespace clade {
namespace {

// A block of a frame holds at most 128 KiB and takes at least four bytes (RFC 8878, 3.1.1.2).
constexpr std::size_t largest_block = std::size_t{128} << 10U;
constexpr std::size_t smallest_block = 4;

}  // namespace

void ChunkCodec::Free::operator()(ZSTD_CCtx_s* context) const noexcept { ZSTD_freeCCtx(context); }
void ChunkCodec::Free::operator()(ZSTD_DCtx_s* context) const noexcept { ZSTD_freeDCtx(context); }

std::span<const std::byte> ChunkCodec::compress(std::span<const std::byte> content) {
    if (!compressor_) {
        compressor_.reset(ZSTD_createCCtx());
        if (!compressor_) throw std::bad_alloc();
        ZSTD_CCtx_setParameter(compressor_.get(), ZSTD_c_compressionLevel, level_);
        ZSTD_CCtx_setParameter(compressor_.get(), ZSTD_c_checksumFlag, 1);
    }
    const std::size_t bound = ZSTD_compressBound(content.size());
    if (frame_.size() < bound) frame_.resize(bound);
    const std::size_t size =
        ZSTD_compress2(compressor_.get(), frame_.data(), frame_.size(), content.data(), content.size());
    if (ZSTD_isError(size) != 0) throw Error(std::string("cannot compress: ") + ZSTD_getErrorName(size));
    return {frame_.data(), size};
}

std::span<const std::byte> ChunkCodec::compress_numbers(std::span<const std::byte> numbers, std::size_t width) {
    planes_.resize(numbers.size());
    to_planes(numbers, width, planes_);
    return compress(planes_);
}

std::size_t ChunkCodec::content_size(std::span<const std::byte> frame) {
    const unsigned long long stated = ZSTD_getFrameContentSize(frame.data(), frame.size());
    if (stated == ZSTD_CONTENTSIZE_ERROR) throw FormatError("is no zstd frame");
    if (stated / largest_block > frame.size() / smallest_block) throw FormatError("is too short for its length");
    return static_cast<std::size_t>(stated);
}

void ChunkCodec::check_size(std::span<const std::byte> frame, std::size_t size) {
    const unsigned long long stated = ZSTD_getFrameContentSize(frame.data(), frame.size());
    if (stated == ZSTD_CONTENTSIZE_ERROR) throw FormatError("is no zstd frame");
    if (stated != size) throw FormatError("has the wrong length");
    (void)content_size(frame);
}

void ChunkCodec::to_planes(std::span<const std::byte> numbers, std::size_t width,
                           std::span<std::byte> planes) noexcept {
    const std::size_t count = numbers.size() / width;
    for (std::size_t plane = 0; plane < width; ++plane) {
        for (std::size_t i = 0; i < count; ++i) planes[plane * count + i] = numbers[i * width + plane];
    }
}

void ChunkCodec::from_planes(std::span<const std::byte> planes, std::size_t width,
                             std::span<std::byte> numbers) noexcept {
    const std::size_t count = numbers.size() / width;
    for (std::size_t plane = 0; plane < width; ++plane) {
        for (std::size_t i = 0; i < count; ++i) numbers[i * width + plane] = planes[plane * count + i];
    }
}

void ChunkCodec::decompress(std::span<const std::byte> frame, std::span<std::byte> content) {
    check_size(frame, content.size());
    if (!decompressor_) {
        decompressor_.reset(ZSTD_createDCtx());
        if (!decompressor_) throw std::bad_alloc();
    }
    const std::size_t size =
        ZSTD_decompressDCtx(decompressor_.get(), content.data(), content.size(), frame.data(), frame.size());
    if (ZSTD_isError(size) != 0) throw FormatError(ZSTD_getErrorName(size));
    if (size != content.size()) throw FormatError("has the wrong length");
}

void ChunkCodec::decompress_numbers(std::span<const std::byte> frame, std::size_t width, std::span<std::byte> numbers) {
    check_size(frame, numbers.size());
    planes_.resize(numbers.size());
    decompress(frame, planes_);
    from_planes(planes_, width, numbers);
}

}  // namespace clade
