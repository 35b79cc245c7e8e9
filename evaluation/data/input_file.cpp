#include <clade/evaluation/data/input_file.hpp>

#include <clade/core/error.hpp>

#include <array>
#include <fstream>
#include <span>

namespace clade {

InputFile input_file(const std::filesystem::path& path) {
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
