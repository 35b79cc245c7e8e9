// What the programs of a task print, kept in a file of the run's folder that does not grow beyond a limit.
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <string>
#include <string_view>

namespace clade {

/// For several threads.
class TaskOutput {
public:
    static constexpr std::size_t most_bytes = std::size_t{1} << 20;  ///< of the file

    /// Adds a line. What does not fit is dropped, which the file's last line says.
    void add(std::string_view line);

    /// From now on lines are appended to this file, which is made with the first one; those from before come first. A file
    /// that cannot be written is given up: the run goes on.
    void keep_in(const std::filesystem::path& file);

private:
    void write(std::string_view line);

    std::mutex mutex_;
    std::filesystem::path file_;
    std::ofstream stream_;
    std::string before_;     // lines from before there was a file
    std::size_t bytes_ = 0;  // in the file, or before it
    bool full_ = false;
};

}  // namespace clade
