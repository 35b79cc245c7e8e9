#include <clade/evaluation/data/input_file.hpp>

#include <clade/core/error.hpp>

#include <array>
#include <fstream>
#include <span>
#include <system_error>

namespace clade {

std::string_view kind_of_special_file(const std::filesystem::path& path) {
    using Type = std::filesystem::file_type;
    std::error_code unknown;
    switch (std::filesystem::status(path, unknown).type()) {
        case Type::directory:
            return "a directory";
        case Type::fifo:
            return "a FIFO";
        case Type::socket:
            return "a socket";
        case Type::block:
        case Type::character:
            return "a device";
        default:
            return "";
    }
}

void require_regular_file(const std::filesystem::path& path) {
    const std::string_view kind = kind_of_special_file(path);
    if (!kind.empty()) throw Error(path.string() + ": must be a regular file, got " + std::string(kind));
}

InputFile input_file(const std::filesystem::path& path) {
    require_regular_file(path);
    InputFile file{path.string()};
    std::ifstream stream(path, std::ios::binary);
    std::array<char, 65536> part{};
    std::uint64_t digest = 0;
    while (stream) {
        stream.read(part.data(), part.size());
        const auto count = static_cast<std::size_t>(stream.gcount());
        if (count == 0) break;
        digest = digest_of(std::span<const char>(part).first(count), digest);
        file.bytes += count;
    }
    if (!stream.eof()) throw Error(file.path + ": must be a file that can be read");
    file.digest = Digest{digest};
    return file;
}

}  // namespace clade
