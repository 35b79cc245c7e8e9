#include "bench/other_systems.hpp"

#include "bench/system_scripts.hpp"
#include "terminal/shell.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace clade::bench {
namespace {

struct System {
    std::string_view name;
    std::string_view script;
    std::vector<std::string> interpreters;  // the first that can do `probe` is taken
    std::string probe;                      // arguments with which it says that it has what the script needs
    std::string needs;
};

const std::array<System, 4>& systems() {
    static const std::array<System, 4> all{{
        {"python", python_script, {"python3", "/usr/bin/python3"}, "-c 'import numpy'", "Python with NumPy"},
        {"numba", numba_script, {"python3", "/usr/bin/python3"}, "-c 'import numba'", "Python with Numba"},
        {"julia", julia_script, {"julia"}, "-e 0", "Julia"},
        {"numpy", numpy_script, {"python3", "/usr/bin/python3"}, "-c 'import numpy'", "Python with NumPy"},
    }};
    return all;
}

constexpr std::array<std::string_view, 4> names{"python", "numba", "julia", "numpy"};

/// Times as they come in: a line a repetition.
class Collector {
public:
    Collector(std::string system, const NodesProgress& progress) : system_(std::move(system)), progress_(progress) {}

    void take(const std::string& line) {
        const auto json = nlohmann::json::parse(line, nullptr, false);
        if (json.is_discarded()) return;
        if (json.contains("versions")) result_.versions = json["versions"].get<std::map<std::string, std::string>>();
        if (!json.contains("seconds")) return;
        const auto n = json["n"].get<std::size_t>();
        if (counts_.empty() || counts_.back() != n) {
            counts_.push_back(n);
            seconds_.emplace_back();
        }
        seconds_.back().push_back(json["seconds"].get<double>());
        progress_(system_, n);
    }

    /// Without the first repetition of each count.
    OtherSystemResult finish() {
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            std::vector<double>& seconds = seconds_[i];
            seconds.erase(seconds.begin());
            if (!seconds.empty()) result_.rows.push_back({system_, counts_[i], 1, timing_of(seconds)});
        }
        return result_;
    }

private:
    std::string system_;
    const NodesProgress& progress_;
    std::vector<std::size_t> counts_;
    std::vector<std::vector<double>> seconds_;  // [counts_][repetitions]
    OtherSystemResult result_;
};

}  // namespace

std::span<const std::string_view> other_systems() { return names; }

OtherSystemResult time_other_system(std::string_view name, const NodesOptions& options, const NodesProgress& progress) {
    const auto* const system =
        std::find_if(systems().begin(), systems().end(), [&](const System& s) { return s.name == name; });
    const auto interpreter = std::find_if(system->interpreters.begin(), system->interpreters.end(),
                                          [&](const std::string& i) { return succeeds(i + " " + system->probe); });
    OtherSystemResult absent;
    absent.absent = system->needs + " is not installed";
    if (interpreter == system->interpreters.end()) return absent;

    const nlohmann::json request{{"counts", options.counts},
                                 {"repetitions", options.repetitions},
                                 {"rate", nodes_mutate_rate},
                                 {"values", nodes_value_count}};
    const TemporaryFile script(system->script);
    Collector collector(std::string(name), progress);
    progress(std::string(name), options.counts.front());
    const bool done = run_lines(*interpreter + " " + shell_word(script.path()) + " " + shell_word(request.dump()),
                                [&](const std::string& line) { collector.take(line); });
    if (done) return collector.finish();
    absent.absent = "its program failed";
    return absent;
}

}  // namespace clade::bench
