#include <clade/evaluation/data/text_bytes_internal.hpp>

#include <clade/core/error.hpp>
#include <clade/evaluation/data/input_file.hpp>

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <memory>
#include <string>
#include <utility>

namespace clade {
namespace {

constexpr std::size_t part_bytes = std::size_t{1} << 16;

/// Reads until the span is full or the reader is at its end.
std::size_t fill(const TextReader& reader, std::span<char> to) {
    std::size_t count = 0;
    while (count < to.size()) {
        const std::size_t more = reader(to.subspan(count));
        if (more == 0) break;
        count += more;
    }
    return count;
}

/// What was read ahead, then the rest.
TextReader after(std::string ahead, TextReader rest) {
    return [ahead = std::move(ahead), at = std::size_t{0}, rest = std::move(rest)](std::span<char> to) mutable {
        if (at == ahead.size()) return rest(to);
        const std::size_t count = std::min(to.size(), ahead.size() - at);
        std::memcpy(to.data(), ahead.data() + at, count);
        at += count;
        return count;
    };
}

/// Packed bytes as they are handed to a library, part by part.
struct PackedBytes {
    TextReader reader;
    std::string name;
    std::string part = std::string(part_bytes, '\0');

    /// The next part; empty at the end.
    std::span<char> next() { return std::span(part).first(reader(part)); }

    [[noreturn]] void damaged(const char* format) const {
        throw Error(name + ": must be a whole " + format + " file, got one that is damaged or cut off");
    }
};

class Gunzip {
public:
    Gunzip(TextReader reader, std::string name) : packed_{std::move(reader), std::move(name)} {
        if (inflateInit2(&stream_, 15 + 16) != Z_OK) throw Error(packed_.name + ": no memory to unpack it");
    }
    Gunzip(const Gunzip&) = delete;
    Gunzip& operator=(const Gunzip&) = delete;
    ~Gunzip() { inflateEnd(&stream_); }

    std::size_t read(std::span<char> to) {
        stream_.next_out = reinterpret_cast<Bytef*>(to.data());
        stream_.avail_out = static_cast<uInt>(to.size());
        while (stream_.avail_out == to.size()) {
            if (stream_.avail_in == 0 && !refill()) {
                if (inside_) packed_.damaged("gzip");
                return 0;
            }
            inside_ = true;
            const int state = inflate(&stream_, Z_NO_FLUSH);
            if (state != Z_OK && state != Z_STREAM_END) packed_.damaged("gzip");
            if (state == Z_STREAM_END) {  // another member may follow
                inside_ = false;
                inflateReset(&stream_);
            }
        }
        return to.size() - stream_.avail_out;
    }

private:
    bool refill() {
        const std::span<char> part = packed_.next();
        stream_.next_in = reinterpret_cast<Bytef*>(part.data());
        stream_.avail_in = static_cast<uInt>(part.size());
        return !part.empty();
    }

    PackedBytes packed_;
    z_stream stream_{};
    bool inside_ = false;  // a member
};

class Unzstd {
public:
    Unzstd(TextReader reader, std::string name) : packed_{std::move(reader), std::move(name)} {
        if (stream_ == nullptr) throw Error(packed_.name + ": no memory to unpack it");
    }

    std::size_t read(std::span<char> to) {
        ZSTD_outBuffer out{to.data(), to.size(), 0};
        while (out.pos == 0) {
            if (in_.pos == in_.size) {
                const std::span<char> part = packed_.next();
                in_ = {part.data(), part.size(), 0};
                if (part.empty() && !inside_) return 0;
                if (part.empty() && !flushes(out)) packed_.damaged("zstd");
                if (part.empty()) continue;
            }
            step(out);
        }
        return out.pos;
    }

private:
    void step(ZSTD_outBuffer& out) {
        const std::size_t state = ZSTD_decompressStream(stream_.get(), &out, &in_);
        if (ZSTD_isError(state) != 0U) packed_.damaged("zstd");
        inside_ = state != 0;
    }

    /// Whether the library held text back.
    bool flushes(ZSTD_outBuffer& out) {
        step(out);
        return out.pos > 0 || !inside_;
    }

    struct Free {
        void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
    };

    PackedBytes packed_;
    std::unique_ptr<ZSTD_DStream, Free> stream_{ZSTD_createDStream()};
    ZSTD_inBuffer in_{};
    bool inside_ = false;  // a frame
};

/// UTF-16 as UTF-8; what is no character becomes a byte that is no UTF-8, which is told with its place later.
class Utf16Text {
public:
    Utf16Text(TextReader reader, bool big_endian) : reader_(std::move(reader)), big_endian_(big_endian) {}

    std::size_t read(std::span<char> to) {
        while (ready_.empty()) {
            std::string part(part_bytes, '\0');
            part.resize(fill(reader_, part));
            if (part.empty()) {
                if (std::exchange(high_, 0U) != 0U) ready_ += '\xFF';
                if (ready_.empty()) return 0;
                break;
            }
            for (std::size_t i = 0; i + 1 < part.size(); i += 2) append_unit(unit_at(part, i));
            if (part.size() % 2 != 0) ready_ += '\xFF';
        }
        const std::size_t count = std::min(to.size(), ready_.size());
        std::memcpy(to.data(), ready_.data(), count);
        ready_.erase(0, count);
        return count;
    }

private:
    [[nodiscard]] unsigned unit_at(const std::string& part, std::size_t i) const {
        const auto first = static_cast<unsigned char>(part[i]);
        const auto second = static_cast<unsigned char>(part[i + 1]);
        return big_endian_ ? first * 256U + second : second * 256U + first;
    }

    void append_unit(unsigned unit) {
        const unsigned high = std::exchange(high_, 0U);
        const bool is_high = unit >= 0xD800U && unit < 0xDC00U;
        const bool is_low = unit >= 0xDC00U && unit < 0xE000U;
        if (high != 0U && is_low) return append(0x10000U + (high - 0xD800U) * 0x400U + (unit - 0xDC00U));
        if (high != 0U || is_low) ready_ += '\xFF';
        if (is_high) high_ = unit;
        if (!is_high && !is_low) append(unit);
    }

    void append(unsigned character) {
        const auto rest = [&](unsigned shift) { return static_cast<char>(0x80U | (character >> shift & 0x3FU)); };
        if (character < 0x80U) {
            ready_ += static_cast<char>(character);
        } else if (character < 0x800U) {
            ready_ += {static_cast<char>(0xC0U | character >> 6U), rest(0)};
        } else if (character < 0x10000U) {
            ready_ += {static_cast<char>(0xE0U | character >> 12U), rest(6), rest(0)};
        } else {
            ready_ += {static_cast<char>(0xF0U | character >> 18U), rest(12), rest(6), rest(0)};
        }
    }

    TextReader reader_;
    bool big_endian_;
    unsigned high_ = 0;  // the first half of a pair; 0: none
    std::string ready_;
};

template <class Reader>
TextReader reader_of(std::shared_ptr<Reader> reader) {
    return [reader = std::move(reader)](std::span<char> to) { return to.empty() ? 0 : reader->read(to); };
}

TextReader unpacked(TextReader bytes, const std::string& name) {
    std::string ahead(4, '\0');
    ahead.resize(fill(bytes, ahead));
    const bool is_gzip = ahead.starts_with("\x1F\x8B");
    const bool is_zstd = ahead.starts_with("\x28\xB5\x2F\xFD");
    TextReader all = after(ahead, std::move(bytes));
    if (is_gzip) return reader_of(std::make_shared<Gunzip>(std::move(all), name));
    if (is_zstd) return reader_of(std::make_shared<Unzstd>(std::move(all), name));
    return all;
}

TextReader decoded(TextReader bytes) {
    std::string ahead(3, '\0');
    ahead.resize(fill(bytes, ahead));
    if (ahead == "\xEF\xBB\xBF") return bytes;
    const bool little = ahead.starts_with("\xFF\xFE");
    const bool big = ahead.starts_with("\xFE\xFF");
    if (little || big) ahead.erase(0, 2);
    TextReader all = after(std::move(ahead), std::move(bytes));
    return little || big ? reader_of(std::make_shared<Utf16Text>(std::move(all), big)) : all;
}

/// Fills each span whole, but the last.
TextReader whole_parts(TextReader reader) {
    return [reader = std::move(reader)](std::span<char> to) { return fill(reader, to); };
}

}  // namespace

TextReader text_of_file(const std::filesystem::path& file) {
    require_regular_file(file);
    const auto stream = std::make_shared<std::ifstream>();
    stream->rdbuf()->pubsetbuf(nullptr, 0);  // parts are large already
    stream->open(file, std::ios::binary);
    if (!*stream) throw Error(file.string() + ": must be a file that can be read");
    const std::string name = file.string();
    return whole_parts(decoded(unpacked(
        [stream, name](std::span<char> to) {
            stream->read(to.data(), static_cast<std::streamsize>(to.size()));
            if (stream->bad()) throw Error(name + ": reading failed");
            return static_cast<std::size_t>(stream->gcount());
        },
        name)));
}

TextReader text_of_bytes(std::string_view bytes, const std::string& name) {
    const auto rest = std::make_shared<std::string_view>(bytes);
    return whole_parts(decoded(unpacked(
        [rest](std::span<char> to) {
            const std::size_t count = rest->copy(to.data(), to.size());
            rest->remove_prefix(count);
            return count;
        },
        name)));
}

}  // namespace clade
