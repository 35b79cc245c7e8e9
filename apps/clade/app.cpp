// Reads the command line, calls one command, turns what goes wrong into a message and an exit code.
#include <clade/app/app.hpp>
#include <clade/evaluation/tasks/builtin_tasks.hpp>

#include "clade/commands/commands.hpp"
#include "clade/flags/bench_flags.hpp"
#include "clade/flags/flags.hpp"
#include "clade/flags/help_formatter.hpp"
#include "clade/flags/trials_flags.hpp"
#include "clade/program_name.hpp"
#include "terminal/terminal.hpp"

#include <clade/experiment/version.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <functional>
#include <iostream>
#include <limits>
#include <memory>
#include <new>
#include <optional>

namespace clade {
namespace {

constexpr int failed = 1;
constexpr int bad_input = 2;

/// Every mistake of the command line itself is bad input.
class CommandLine {
public:
    CommandLine(const Vocabulary& vocabulary, ProgramName& program)
        : vocabulary_(vocabulary),
          program_(program),
          app_("Clade evolves neural networks: topology and weights, after NEAT.", program.name()),
          trials_(vocabulary) {
        app_.formatter(std::make_shared<HelpFormatter>());  // commands added from here on have it too
        app_.require_subcommand(0, 1);
        app_.set_version_flag("--version", version_text());
        app_.footer(
            "Start here:\n"
            "  clade run configs/xor.yaml          evolve; prints where the run is\n"
            "  clade inspect runs                  look at the newest run\n"
            "  clade config reference              every key of a configuration\n"
            "\nExit codes: 0 done, 1 failed, 2 bad input (nothing was run), 130/143 stopped by a signal (resumable).");
        add_run();
        add_resume();
        add_inspect();
        add_replay();
        add_cross_validate();
        trials_.add_to(app_, action_);
        add_tasks();
        add_config();
        bench_.add_to(app_, action_);
        add_completion();
        name_program();
    }

    int run(int argc, char** argv) {
        try {
            app_.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            if (error.get_exit_code() == 0) return app_.exit(error, std::cout, std::cerr);  // help or version
            std::cerr << explain(error);
            return bad_input;
        }
        if (!action_) {
            std::cout << app_.help();
            return 0;
        }
        return action_();
    }

private:
    [[nodiscard]] std::string version_text() const {
        const std::string clade =
            fmt::format("clade {} ({}, {}, {})", version, build_type, compiler, name_of(best_simd_level()));
        return program_.name() == "clade" ? clade : program_.name() + " with " + clade;
    }

    /// Texts are written for `clade`; this program may have another name.
    void name_program() {
        program_.set_commands(command_names(app_));
        const std::function<void(CLI::App&)> rename = [&](CLI::App& command) {
            command.footer(program_.in(command.get_footer()));
            for (CLI::App* child : command.get_subcommands([](const CLI::App*) { return true; })) rename(*child);
        };
        rename(app_);
        run_.program = resume_.program = tasks_.program = config_.program = program_.as_typed();
        trials_.set_program(run_.program);
    }

    /// What is wrong with the command line: every word that does not belong there, or else the one broken rule.
    [[nodiscard]] std::string explain(const CLI::ParseError& error) const {
        std::string text;
        std::string path = app_.get_name();
        const CLI::App* command = &app_;
        for (;;) {
            const std::vector<CLI::App*> chosen = command->get_subcommands();
            const bool lacks_command = chosen.empty() && !all_commands_of(*command).empty();
            for (const std::string& word : command->remaining()) {
                text += path + ": " + stray(*command, word, lacks_command) + '\n';
                if (lacks_command) break;  // the words behind it are that command's
            }
            if (chosen.empty()) break;
            command = chosen.front();
            path += " " + command->get_name();
        }
        if (text.empty()) text = path + ": " + broken_rule(*command, error) + '\n';
        return text + "see '" + path + " --help'\n";
    }

    static std::vector<const CLI::App*> all_commands_of(const CLI::App& command) {
        return command.get_subcommands([](const CLI::App*) { return true; });
    }

    static std::vector<std::string> command_names(const CLI::App& command) {
        std::vector<std::string> names;
        for (const CLI::App* child : all_commands_of(command)) names.push_back(child->get_name());
        return names;
    }

    static std::vector<std::string> flag_names(const CLI::App& command) {
        std::vector<std::string> names;
        for (const CLI::Option* option : command.get_options()) {
            for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
        }
        return names;
    }

    /// The argument or command that is lacking, if one is; else what the parser says.
    static std::string broken_rule(const CLI::App& command, const CLI::ParseError& error) {
        const bool required = error.get_name() == "RequiredError";
        if (!required && error.get_name() != "ArgumentMismatch") return error.what();
        for (const CLI::Option* option : command.get_options()) {
            const auto needed = static_cast<std::size_t>(option->get_items_expected_min());
            if (!option->get_required() || option->count() >= needed) continue;
            return fmt::format("needs {}: {}", option->get_type_name(), option->get_description());
        }
        const std::vector<std::string> commands = command_names(command);
        if (!required || commands.empty()) return error.what();
        return fmt::format("needs a command; there are: {}", fmt::join(commands, " "));
    }

    static std::string stray(const CLI::App& command, const std::string& word, bool lacks_command) {
        const bool flag = word.starts_with('-');
        if (!flag && !lacks_command) return "unexpected argument '" + printable(word) + "'";
        const std::vector<std::string> names = flag ? flag_names(command) : command_names(command);
        std::string text = std::string(flag ? "unknown flag '" : "unknown command '") + printable(word) + "'";
        const std::vector<std::string_view> known(names.begin(), names.end());
        if (const auto nearest = nearest_name(word, known))
            return text + "; did you mean '" + std::string(*nearest) + "'?";
        return text + fmt::format("; there are: {}", fmt::join(known, " "));
    }

    template <class Number>
    static void add_number(CLI::App* command, const std::string& flag, std::optional<Number>& value,
                           const std::string& help, const std::string& type) {
        command->add_option(flag, value, help)->type_name(type)->check([](const std::string& text) {
            return number_problem(text, Number{0}, std::numeric_limits<Number>::max());
        });
    }

    void add_run() {
        CLI::App* command = app_.add_subcommand("run", "Run an experiment from a YAML file.");
        command->footer("Example:\n  clade run configs/xor.yaml --seed 7 --set evolution.population_size=300");
        command->add_option("config", run_.config, "The experiment's YAML file.")->required()->type_name("CONFIG");
        add_key_flag(command, "--seed", "seed", "Seed of all random numbers.", run_.overrides);
        add_key_flag(command, "--threads", "evaluation.threads", "Threads; 0 for all cores. Changes no result.",
                     run_.overrides);
        add_key_flag(command, "--simd", "evaluation.simd", "baseline, avx2 or avx512. Changes no result.",
                     run_.overrides);
        add_key_flag(command, "--name", "name", "Name of the run.", run_.overrides);
        command->add_option("--out", run_.out, "Folder in which the run's own folder is made.")
            ->type_name("DIR")
            ->capture_default_str();
        command->add_flag("--quiet", run_.quiet, "Print nothing but errors.");
        add_overrides(command, run_.overrides);
        command->callback([this] { action_ = [this] { return run_command(run_, vocabulary_); }; });
    }

    void add_resume() {
        CLI::App* command = app_.add_subcommand("resume", "Take up a run where it stopped.");
        command->footer("Example:\n  clade resume runs/xor-20260101-120000-42 --set stop.generations=500");
        command->add_option("run", resume_.run, "The run's folder, or a folder of runs for the newest.")
            ->required()
            ->type_name("RUN");
        add_key_flag(command, "--threads", "evaluation.threads", "Threads; 0 for all cores. Changes no result.",
                     resume_.overrides);
        command->add_flag("--quiet", resume_.quiet, "Print nothing but errors.");
        add_overrides(command, resume_.overrides);
        command->callback([this] { action_ = [this] { return resume_command(resume_, vocabulary_); }; });
    }

    void add_inspect() {
        CLI::App* command =
            app_.add_subcommand("inspect", "Look at a run: overview, a generation, a species, a genome.");
        command->footer(
            "Examples:\n"
            "  clade inspect RUN                     overview, chart of fitness, generations\n"
            "  clade inspect RUN --generation 12     its species and best genomes\n"
            "  clade inspect RUN --species 3         the history of a species\n"
            "  clade inspect RUN --genome 1834       a genome's genes and parents");
        command->add_option("run", inspect_.run, "The run's folder, or a folder of runs for the newest.")
            ->required()
            ->type_name("RUN");
        add_number(command, "--generation", inspect_.generation, "A generation, from 0 on.", "G");
        add_number(command, "--species", inspect_.species, "A species' id.", "S");
        add_number(command, "--genome", inspect_.genome, "A genome's id.", "ID");
        add_format(command, inspect_.format);
        command->callback([this] { action_ = [this] { return inspect_command(inspect_, vocabulary_); }; });
    }

    void add_replay() {
        CLI::App* command = app_.add_subcommand(
            "replay", "Rebuild a run's champion, score it again and check that the logged fitness comes out.");
        command->footer(
            "Examples:\n"
            "  clade replay RUN                        the champion's fitness, and its report\n"
            "  clade replay RUN --trace                an episode, kept in RUN as CSV and SVG\n"
            "  clade replay RUN --trace --format csv   every step of the episode as CSV");
        command->add_option("run", replay_.run, "The run's folder, or a folder of runs for the newest.")
            ->required()
            ->type_name("RUN");
        command->add_flag("--trace", replay_.trace, "Show an episode of the champion: what it saw and did.");
        add_number(command, "--episode", replay_.episode, "Which episode --trace shows: its seed, 0 by default.", "N");
        add_format(command, replay_.format);
        command->callback([this] { action_ = [this] { return replay_command(replay_, vocabulary_); }; });
    }

    void add_cross_validate() {
        CLI::App* command = app_.add_subcommand(
            "cross-validate", "Run an experiment once a fold of its data, and say how well the unseen rows are told.");
        command->footer("Example:\n  clade cross-validate configs/iris.yaml --folds 10 --seed 7");
        CrossValidateOptions& options = cross_validate_;
        command->add_option("config", options.config, "The experiment's YAML file, of a task with data.")
            ->required()
            ->type_name("CONFIG");
        command->add_option("--folds", options.folds, "Folds that the rows are dealt into, a run each.")
            ->check([](const std::string& text) { return number_problem(text, 2, 1'000); })
            ->type_name("K")
            ->capture_default_str();
        add_key_flag(command, "--seed", "seed", "Seed of all random numbers, the same for every fold.",
                     options.overrides);
        add_key_flag(command, "--threads", "evaluation.threads", "Threads; 0 for all cores. Changes no result.",
                     options.overrides);
        command->add_option("--out", options.out, "Folder in which the folder of the folds' runs is made.")
            ->type_name("DIR")
            ->capture_default_str();
        command->add_flag("--quiet", options.quiet, "Show no progress.");
        add_format(command, options.format);
        add_overrides(command, options.overrides);
        command->callback(
            [this] { action_ = [this] { return cross_validate_command(cross_validate_, vocabulary_); }; });
    }

    void add_tasks() {
        CLI::App* command = app_.add_subcommand("tasks", "List the tasks, or show one with its parameters.");
        command->add_option("task", tasks_.task, "A task's name.")->type_name("NAME");
        auto* check = command->add_flag("--check", tasks_.check, "Check that it keeps what every task promises.");
        command->add_option("--config", tasks_.config, "Check the task of this YAML file, with its parameters.")
            ->type_name("CONFIG")
            ->needs(check);
        add_format(command, tasks_.format);
        command->callback([this] {
            action_ = [this] { return (tasks_.check ? check_task_command : tasks_command)(tasks_, vocabulary_); };
        });
    }

    void add_config() {
        CLI::App* config = app_.add_subcommand("config", "Show or check a configuration, or list every key.");
        config->require_subcommand(1);
        using Command = int (*)(const ConfigOptions&, const Vocabulary&);
        const auto add = [&](const std::string& name, const std::string& help, Command call) {
            CLI::App* command = config->add_subcommand(name, help);
            command->callback([this, call] { action_ = [this, call] { return call(config_, vocabulary_); }; });
            return command;
        };
        for (CLI::App* command :
             {add("show", "Print the configuration with every default filled in.", config_show_command),
              add("check", "Say whether the configuration is sound; nothing is run.", config_check_command)}) {
            command->add_option("config", config_.file, "The experiment's YAML file.")->required()->type_name("CONFIG");
            add_overrides(command, config_.overrides);
        }
        CLI::App* reference =
            add("reference", "Every key with its default, range and meaning.", config_reference_command);
        reference->add_option("--task", config_.task, "A task, whose parameters are listed too.")->type_name("NAME");
        add_format(reference, config_.format);
    }

    void add_completion() {
        CLI::App* command = app_.add_subcommand("completion", "Print a completion script for your shell.");
        command->footer("Example:\n  source <(clade completion bash)");
        command->add_option("shell", shell_, "bash, zsh or fish")
            ->required()
            ->check(CLI::IsMember({"bash", "zsh", "fish"}))
            ->type_name("SHELL");
        command->callback(
            [this] { action_ = [this] { return completion_command(shell_, completion_entries(), program_.name()); }; });
    }

    [[nodiscard]] std::vector<CompletionEntry> completion_entries() const {
        std::vector<CompletionEntry> entries;
        const std::function<void(const CLI::App&, const std::string&)> walk = [&](const CLI::App& app,
                                                                                  const std::string& path) {
            entries.push_back({path, app.get_description(), flag_names(app), command_names(app)});
            for (const CLI::App* child : all_commands_of(app)) {
                walk(*child, path.empty() ? child->get_name() : path + " " + child->get_name());
            }
        };
        walk(app_, "");
        return entries;
    }

    const Vocabulary& vocabulary_;
    ProgramName& program_;
    CLI::App app_;
    RunOptions run_{};
    ResumeOptions resume_{};
    InspectOptions inspect_{};
    ReplayOptions replay_{};
    CrossValidateOptions cross_validate_{};
    TrialsCommandLine trials_;
    TasksOptions tasks_{};
    ConfigOptions config_{};
    BenchCommandLine bench_{};
    std::string shell_;
    std::function<int()> action_;
};

}  // namespace

int run_app(int argc, char** argv, const Registration& register_own) {
    ProgramName program(argc > 0 ? argv[0] : nullptr);
    const auto refuse = [&](const std::exception& error) {
        std::cerr << program.in(error.what()) << '\n';
        return bad_input;
    };
    const auto fail = [&](const char* why) {
        std::cerr << styled("error: ", Style::red, Output::err) << program.in(why) << '\n';
        return failed;
    };
    try {
        Vocabulary vocabulary{builtin_tasks(), {}};
        if (register_own) register_own(vocabulary);
        const int code = CommandLine(vocabulary, program).run(argc, argv);
        std::cout.flush();
        if (!std::cout) throw Error("the output could not be written");
        return code;
    } catch (const ConfigError& error) {
        return refuse(error);
    } catch (const InputError& error) {
        return refuse(error);
    } catch (const std::bad_alloc&) {
        return fail("not enough memory");
    } catch (const std::exception& error) {
        return fail(error.what());
    }
}

}  // namespace clade
