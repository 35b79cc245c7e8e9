#include "clade/output/output_file.hpp"

#include <clade/core/error.hpp>

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <string>
#include <system_error>

namespace clade {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& file, const std::string& reason) {
    throw Error(file.string() + ": cannot be written: " + reason);
}

void write_to(const fs::path& place, std::string_view content, const fs::path& file) {
    errno = 0;
    std::ofstream out(place, std::ios::binary | std::ios::trunc);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    out.close();
    if (!out) refuse(file, errno == 0 ? "writing failed" : std::strerror(errno));
}

/// A name beside the file that nothing has.
fs::path unused_name(const fs::path& file) {
    const std::string prefix = file.string() + "." + std::to_string(::getpid());
    for (int count = 0;; ++count) {
        fs::path name = prefix + "-" + std::to_string(count) + ".tmp";
        if (!fs::exists(fs::symlink_status(name))) return name;
    }
}

}  // namespace

void write_output_file(const fs::path& file, std::string_view content) {
    std::error_code missing;  // is no problem: the file is new
    std::error_code problem;
    const fs::path target = fs::is_symlink(file, missing) ? fs::weakly_canonical(file, problem) : file;
    if (problem) refuse(file, problem.message());
    if (fs::exists(target, missing) && !fs::is_regular_file(target, missing)) return write_to(target, content, file);
    const fs::path temporary = unused_name(target);
    try {
        write_to(temporary, content, file);
        fs::rename(temporary, target, problem);
        if (problem) refuse(file, problem.message());
    } catch (...) {
        fs::remove(temporary, problem);
        throw;
    }
}

void write_or_print(const std::string& file, std::string_view content) {
    if (file == "-") {
        std::cout << content;
        return;
    }
    write_output_file(file, content);
    std::cout << file << '\n';
}

}  // namespace clade
