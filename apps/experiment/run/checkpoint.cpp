#include <clade/experiment/run/checkpoint.hpp>

#include <clade/core/byte_stream.hpp>
#include <clade/core/digest.hpp>
#include <clade/experiment/log/posix_file_internal.hpp>
#include <clade/experiment/run/run_folder.hpp>

#include <fcntl.h>

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <string>
#include <type_traits>

namespace clade {
namespace {

static_assert(std::endian::native == std::endian::little, "checkpoints are stored as they are in memory");

constexpr std::string_view signature = "CLADECKP";
constexpr std::uint32_t checkpoint_version = 4;

/// As it stands in the file.
struct Header {
    std::array<char, signature.size()> magic{};
    std::uint32_t version = checkpoint_version;
    std::uint32_t zero = 0;
    std::uint64_t identity_digest = 0;
    std::uint64_t size = 0;  // [bytes] of the state
    std::uint64_t state_digest = 0;
    std::uint64_t header_digest = 0;  // of what stands before it
};
static_assert(sizeof(Header) == 48 && std::has_unique_object_representations_v<Header>);

std::uint64_t digest_of_text(std::string_view text) { return digest_of(std::span(text)); }

std::uint64_t digest_of_header(const Header& header) {
    return digest_bytes(std::as_bytes(std::span(&header, 1)).first(offsetof(Header, header_digest)));
}

/// Reads and checks all but the digest of the identity. `size` is that of the file.
Header read_header(PosixFile& file, std::uint64_t size) {
    if (size == 0) throw FormatError("is empty, so no checkpoint");
    Header header;
    const std::size_t got = file.read(std::as_writable_bytes(std::span(&header, 1)));
    const std::size_t compared = got < signature.size() ? got : signature.size();
    if (std::memcmp(header.magic.data(), signature.data(), compared) != 0)
        throw FormatError("is no checkpoint of Clade");
    if (got < sizeof header)
        throw FormatError("is cut off within its first " + std::to_string(sizeof header) + " bytes");
    if (header.version != checkpoint_version) {
        throw FormatError("has checkpoint version " + std::to_string(header.version) +
                          "; this version of Clade knows version " + std::to_string(checkpoint_version));
    }
    if (header.header_digest != digest_of_header(header)) throw FormatError("is damaged in its first bytes");
    const std::uint64_t held = size - sizeof header;
    if (held < header.size) {
        throw FormatError("is cut off: it holds " + std::to_string(held) + " of " + std::to_string(header.size) +
                          " bytes of state");
    }
    if (held > header.size) throw FormatError("is damaged: it has data after its end");
    return header;
}

std::vector<std::byte> read_checked(PosixFile& file, std::string_view identity) {
    const Header header = read_header(file, file.size());
    std::vector<std::byte> state(static_cast<std::size_t>(header.size));
    if (file.read(state) != state.size()) throw FormatError("is cut off");
    if (digest_bytes(state) != header.state_digest) throw FormatError("is damaged: its digest does not fit");
    if (digest_of_text(identity) != header.identity_digest) {
        throw FormatError("belongs to another run");
    }
    return state;
}

}  // namespace

void write_checkpoint(const std::filesystem::path& file, std::string_view identity, std::span<const std::byte> state) {
    Header header;
    std::memcpy(header.magic.data(), signature.data(), signature.size());
    header.identity_digest = digest_of_text(identity);
    header.size = state.size();
    header.state_digest = digest_bytes(state);
    header.header_digest = digest_of_header(header);
    replace_file_by_parts(file, {std::as_bytes(std::span(&header, 1)), state});
}

std::vector<std::byte> read_checkpoint(const std::filesystem::path& file, std::string_view identity) {
    PosixFile content(file, O_RDONLY);
    try {
        return read_checked(content, identity);
    } catch (const FormatError& error) {
        throw FormatError(file.string() + ": " + error.what());
    }
}

}  // namespace clade
