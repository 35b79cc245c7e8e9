// The command line of `clade bench` and its benchmarks.
#pragma once

#include "clade/commands/commands.hpp"

#include <functional>

namespace CLI {
class App;
}

namespace clade {

/// Holds what the command line says of benchmarks: must live where it is, as long as the app.
class BenchCommandLine {
public:
    /// Adds `bench` with its benchmarks; the one that is called becomes `action`.
    void add_to(CLI::App& app, std::function<int()>& action);

private:
    void add_nodes(CLI::App* bench, std::function<int()>& action);
    void add_generation(CLI::App* bench, std::function<int()>& action);
    void add_network(CLI::App* bench, std::function<int()>& action);
    void add_run(CLI::App* bench, std::function<int()>& action);

    BenchNodesOptions nodes_{};
    BenchGenerationOptions generation_{};
    BenchNetworkOptions network_{};
    BenchRunOptions run_{};
    bool signature_ = false;
};

}  // namespace clade
