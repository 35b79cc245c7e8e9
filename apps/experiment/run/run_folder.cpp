#include <clade/experiment/run/run_folder.hpp>

#include <clade/core/error.hpp>
#include <clade/core/text.hpp>
#include <clade/experiment/log/posix_file_internal.hpp>

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <ctime>
#include <optional>
#include <system_error>
#include <tuple>

namespace clade {
namespace {

namespace fs = std::filesystem;

constexpr const char* lock_name = "lock";
constexpr std::size_t longest_name = 128;  // [bytes]; time, seed and number must fit into a file name, too

bool may_stand_in_a_name(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '-' || character == '_' || character == '.';
}

/// One - for each character that may not stand in the name: UTF-8's continuation bytes are none of their own.
std::string as_file_name(std::string_view name) {
    std::string result;
    for (const char character : name.substr(0, longest_name)) {
        const bool continues = (static_cast<unsigned char>(character) & 0xC0U) == 0x80U;
        if (may_stand_in_a_name(character)) {
            result += character;
        } else if (!continues) {
            result += '-';
        }
    }
    if (result.starts_with('.')) result.front() = '-';
    return result.empty() ? "run" : result;
}

std::string local_time_as_text() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    ::localtime_r(&now, &local);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y%m%d-%H%M%S", &local)};
}

bool is_run(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_regular_file(RunFolder{folder}.log(), ignored);
}

/// What tells which of two runs was started later. The configuration is written once, at the start.
struct Start {
    fs::file_time_type time;
    std::size_t name_length = 0;  // of folders begun in one moment, the longer name is the later: -10 after -9
    std::string name;

    bool operator<(const Start& other) const {
        return std::tie(time, name_length, name) < std::tie(other.time, other.name_length, other.name);
    }
};

Start start_of(const RunFolder& run) {
    std::error_code code;
    fs::file_time_type time = fs::last_write_time(run.config(), code);
    if (code) time = fs::last_write_time(run.log(), code);
    const std::string name = run.path.filename().string();
    return {time, name.size(), name};
}

std::optional<RunFolder> newest_below(const fs::path& folder) {
    std::optional<RunFolder> newest;
    Start newest_start;
    std::error_code code;
    for (auto entry = fs::directory_iterator(folder, code); !code && entry != fs::directory_iterator();
         entry.increment(code)) {
        if (!is_run(entry->path())) continue;
        RunFolder run{entry->path()};
        Start start = start_of(run);
        if (newest && start < newest_start) continue;
        newest = std::move(run);
        newest_start = std::move(start);
    }
    if (code) throw Error(folder.string() + ": cannot be read: " + code.message());
    return newest;
}

}  // namespace

RunLock::RunLock(const RunFolder& folder)
    : file_(std::make_unique<PosixFile>(folder.path / lock_name, O_RDWR | O_CREAT | O_CLOEXEC)) {
    if (!file_->try_lock()) throw InputError(folder.path.string() + ": somebody else is writing to this run");
}

void RunLock::require_in_place() const {
    if (file_->is_at_its_path()) return;
    throw Error(
        file_->path().parent_path().string() +
        ": the folder of this run was deleted, moved or replaced while the run went on, so nothing can be saved");
}

RunLock::~RunLock() = default;
RunLock::RunLock(RunLock&& other) noexcept = default;
RunLock& RunLock::operator=(RunLock&& other) noexcept = default;

RunFolder create_run_folder(const fs::path& parent, std::string_view name, std::optional<std::uint64_t> seed) {
    std::error_code code;
    fs::create_directories(parent, code);
    if (std::error_code ignored; !fs::is_directory(parent, ignored)) {
        const std::string reason = code ? code.message() : "there is a file of that name";
        throw InputError(printable(parent.empty() ? "''" : parent.string(), 200) +
                         ": runs cannot be created there: " + reason);
    }
    const std::string base =
        as_file_name(name) + "-" + local_time_as_text() + (seed ? "-" + std::to_string(*seed) : std::string());
    for (int number = 1;; ++number) {
        RunFolder run{parent / (number == 1 ? base : base + "-" + std::to_string(number))};
        // mkdir is the claim: of two who ask for one name, one gets it.
        if (::mkdir(run.path.c_str(), 0777) == 0) return run;
        if (errno != EEXIST) fail_errno(run.path, "made");
    }
}

RunFolder find_run(const fs::path& path) {
    std::error_code ignored;
    if (is_run(path)) return {path};
    RunFolder around{path.has_parent_path() ? path.parent_path() : "."};
    if (fs::is_regular_file(path, ignored) && path.filename() == around.log().filename()) return around;
    const std::string name = path.empty() ? "." : printable(path.string(), 200);
    if (!fs::exists(path, ignored)) throw InputError(name + ": there is no such run");
    if (!fs::is_directory(path, ignored)) throw InputError(name + ": is no run: a run is a folder with a run.sqlite");
    if (fs::exists(RunFolder{path}.config(), ignored) && fs::exists(RunFolder{path}.path / lock_name, ignored)) {
        throw InputError(name +
                         ": this run was killed while it started, so there is nothing in it yet: start it again");
    }
    if (std::optional<RunFolder> newest = newest_below(path)) return *newest;
    throw InputError(name + ": no run there: neither it nor a folder in it has a run.sqlite");
}

void replace_file(const fs::path& file, std::span<const std::byte> content) { replace_file_by_parts(file, {content}); }

void replace_file(const fs::path& file, std::string_view content) {
    replace_file(file, std::as_bytes(std::span(content)));
}

std::string read_file(const fs::path& file) {
    PosixFile from(file, O_RDONLY);
    std::string content(static_cast<std::size_t>(from.size()), '\0');
    std::size_t count = 0;
    while (true) {  // a file may grow, or not know its size beforehand
        count += from.read(std::as_writable_bytes(std::span(content)).subspan(count));
        if (count < content.size()) break;
        content.resize(count + count / 2 + 1);
    }
    content.resize(count);
    return content;
}

std::string replay_command(const std::string& program, const RunFolder& folder, GenomeId genome) {
    return program + " replay " + quoted(folder.path.string()) + " --genome " + std::to_string(raw(genome));
}

}  // namespace clade
