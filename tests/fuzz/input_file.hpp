// A file that holds the input of a fuzz target.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace clade::fuzz {

/// A file of this content, alone in a folder of its own that is removed at the end.
class InputFile {
public:
    explicit InputFile(std::string_view content) {
        std::string pattern = (std::filesystem::temp_directory_path() / "clade-fuzz-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder for temporary files");
        folder_ = pattern;
        std::ofstream(path(), std::ios::binary) << content;
    }
    ~InputFile() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    [[nodiscard]] std::string path() const { return (folder_ / "input").string(); }

private:
    std::filesystem::path folder_;
};

}  // namespace clade::fuzz
