// The subcommands of the clade program: what each is asked for, and the function that does it.
//
// A command prints its result to stdout, throws Error for what goes wrong, and returns the exit code: 0 done, 1 a
// failed run, 2 bad input, 130/143 stopped by SIGINT/SIGTERM.
#pragma once

#include "terminal/format.hpp"

#include <clade/experiment/run/experiment.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace clade {

struct RunOptions {
    std::string config;                    ///< YAML file
    std::vector<std::string> overrides{};  ///< "key=value", from --set and the flags that stand for a key
    std::string out = "runs";              ///< folder in which the run's folder is made
    bool quiet = false;
    std::string program = "clade";  ///< as the user called it, for the commands to try next
};

struct ResumeOptions {
    std::string run;  ///< a run's folder, or a folder of runs
    std::vector<std::string> overrides{};
    bool quiet = false;
    std::string program = "clade";
};

struct InspectOptions {
    std::string run;
    std::optional<std::uint32_t> generation{};
    std::optional<std::uint32_t> species{};
    std::optional<std::uint64_t> genome{};
    Format format = Format::table;
};

struct ReplayOptions {
    std::string run;
    Format format = Format::table;
    bool trace = false;                      ///< also an episode of the champion, step by step
    std::optional<std::uint64_t> episode{};  ///< which one; 0 by default
};

struct CrossValidateOptions {
    std::string config;                    ///< YAML file
    std::vector<std::string> overrides{};  ///< as of a run; the folds' own come after them
    int folds = 5;                         ///< at least 2
    std::string out = "runs";              ///< folder in which the folder of all folds is made
    bool quiet = false;
    Format format = Format::table;
};

/// What all commands take that run sets of trials.
struct TrialsOptions {
    std::vector<std::string> overrides{};  ///< of every set
    std::optional<std::size_t> trials{};   ///< runs of a set; 100, or as many as an existing set has
    std::string out = "runs";              ///< folder in which new sets are made
    bool quiet = false;
    Format format = Format::table;
    std::string program = "clade";  ///< as the user called it, for the command that goes on
};

/// `clade trials`: a configuration, or the folder of a set to go on with or to look at.
struct TrialsCommandOptions : TrialsOptions {
    std::string set{};
};

/// `clade compare`: two or more configurations or folders of sets.
struct CompareOptions : TrialsOptions {
    std::vector<std::string> sets{};
};

/// `clade sweep`: a configuration with what to vary, or the folder of a sweep to go on with or to look at.
struct SweepOptions : TrialsOptions {
    std::string sweep{};
    std::vector<std::string> vary{};      ///< "key=a,b,c" or "key=low..high[:log]"
    std::optional<std::size_t> random{};  ///< so many combinations, drawn; empty: all
};

struct TasksOptions {
    std::string task{};    ///< empty: list all
    bool check = false;    ///< whether it keeps what every task promises
    std::string config{};  ///< YAML file whose task is checked; empty: `task` as it is by default
    Format format = Format::table;
    std::string program = "clade";  ///< as the user called it
};

struct ConfigOptions {
    std::string file{};
    std::vector<std::string> overrides{};
    std::string task{};  ///< of the reference
    Format format = Format::table;
    std::string program = "clade";  ///< as the user called it
};

/// What all benchmarks take.
struct BenchOptions {
    SimdLevel simd = best_simd_level();
    Format format = Format::table;
    std::string svg{};  ///< file for the figure
    std::string out{};  ///< folder in which bench/<benchmark>-<time> is made for all results
    bool quiet = false;
};

struct BenchNodesOptions {
    BenchOptions bench{};
    int threads = 0;                                    ///< 0: all cores
    std::vector<std::size_t> counts{};                  ///< numbers of nodes; empty: the seed document's
    int repetitions = 10;                               ///< the first is not counted
    std::optional<std::vector<std::string>> against{};  ///< other systems; empty: all of them
};

struct BenchGenerationOptions {
    BenchOptions bench{};
    std::vector<std::size_t> genomes{};      ///< empty: as many as memory allows, up to a million
    std::vector<std::size_t> connections{};  ///< a genome; empty: 25 and 200
    std::vector<int> threads{};              ///< 0: all cores; empty: 1 and all
};

struct BenchNetworkOptions {
    BenchOptions bench{};
};

struct BenchRunOptions {
    BenchOptions bench{};
    std::size_t seeds = 100;  ///< the first is 1
    int threads = 1;          ///< 0: all cores
};

int run_command(const RunOptions& options, const Vocabulary& vocabulary);
int resume_command(const ResumeOptions& options, const Vocabulary& vocabulary);
int inspect_command(const InspectOptions& options, const Vocabulary& vocabulary);
int replay_command(const ReplayOptions& options, const Vocabulary& vocabulary);
int cross_validate_command(const CrossValidateOptions& options, const Vocabulary& vocabulary);
int compare_command(const CompareOptions& options, const Vocabulary& vocabulary);
int sweep_command(const SweepOptions& options, const Vocabulary& vocabulary);
int trials_command(const TrialsCommandOptions& options, const Vocabulary& vocabulary);
int tasks_command(const TasksOptions& options, const Vocabulary& vocabulary);
int check_task_command(const TasksOptions& options, const Vocabulary& vocabulary);
int config_show_command(const ConfigOptions& options, const Vocabulary& vocabulary);
int config_check_command(const ConfigOptions& options, const Vocabulary& vocabulary);
int config_reference_command(const ConfigOptions& options, const Vocabulary& vocabulary);

int bench_nodes_command(const BenchNodesOptions& options);
int bench_generation_command(const BenchGenerationOptions& options);
int bench_network_command(const BenchNetworkOptions& options);
int bench_run_command(const BenchRunOptions& options);
int bench_signature_command();

/// One command or flag of the command line, as the shells' completion needs it.
struct CompletionEntry {
    std::string command;  ///< "inspect", "config show"; empty for the program itself
    std::string summary;
    std::vector<std::string> flags;  ///< "--seed"
    std::vector<std::string> children;
};

/// Prints the completion script of "bash", "zsh" or "fish" for a program of this name.
int completion_command(const std::string& shell, const std::vector<CompletionEntry>& entries,
                       const std::string& program);

}  // namespace clade
