#include "bench/machine_facts.hpp"

#include <clade/core/parallel.hpp>
#include <clade/experiment/version.hpp>

#include <sys/utsname.h>
#include <unistd.h>
#include <ctime>
#include <fstream>
#include <string>

namespace clade::bench {
namespace {

/// The value behind "key :" in a file of such lines, or nothing.
std::string value_in(const char* file, std::string_view key) {
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(key)) continue;
        const std::size_t colon = line.find(':');
        const std::size_t begin = colon == std::string::npos ? colon : line.find_first_not_of(" \t", colon + 1);
        if (begin != std::string::npos) return line.substr(begin);
    }
    return {};
}

/// "madvise" of "always [madvise] never".
std::string chosen_in(const char* file) {
    std::string line;
    std::getline(std::ifstream(file), line);
    const std::size_t begin = line.find('[');
    const std::size_t end = line.find(']');
    return begin == std::string::npos || end == std::string::npos ? std::string()
                                                                  : line.substr(begin + 1, end - begin - 1);
}

std::string today() {
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    gmtime_r(&now, &utc);
    std::array<char, 16> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d", &utc)};
}

}  // namespace

nlohmann::ordered_json machine_facts() {
    nlohmann::ordered_json facts;
    facts["date"] = today();
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) facts[name] = value;
    };
    add("processor", value_in("/proc/cpuinfo", "model name"));
    facts["cores"] = Parallel(0).threads();
    facts["simd"] = name_of(best_simd_level());
    for (const auto& [name, key] :
         {std::pair("l2_bytes", _SC_LEVEL2_CACHE_SIZE), std::pair("l3_bytes", _SC_LEVEL3_CACHE_SIZE)}) {
        if (const long bytes = sysconf(key); bytes > 0) facts[name] = bytes;
    }
    add("memory", value_in("/proc/meminfo", "MemTotal"));
    add("huge_pages", chosen_in("/sys/kernel/mm/transparent_hugepage/enabled"));
    if (utsname system{}; uname(&system) == 0) add("kernel", std::string(system.sysname) + " " + system.release);
    facts["clade"] = version;
    facts["build"] = std::string(build_type) + ", " + std::string(compiler);
    return facts;
}

std::string machine_text() {
    const nlohmann::ordered_json facts = machine_facts();
    return facts.value("processor", "processor unknown") + ", " + std::to_string(facts["cores"].get<int>()) +
           " cores, " + facts["simd"].get<std::string>() + ", " + facts["date"].get<std::string>() + "\n";
}

}  // namespace clade::bench
