// Turns what goes wrong into a message and an exit code.
#include <clade/app/app.hpp>
#include <clade/evaluation/tasks/builtin_tasks.hpp>
#include <clade/experiment/process/process_task.hpp>

#include "clade/flags/command_line.hpp"
#include "clade/flags/program_name.hpp"
#include "clade/rank_job.hpp"
#include "terminal/safe_output.hpp"
#include "terminal/terminal.hpp"
#include "terminal/wrapping.hpp"

#include <csignal>
#include <iostream>
#include <new>

namespace clade {
namespace {

constexpr int failed = 1;
constexpr int bad_input = 2;

/// What the process does in its job; whatever is thrown becomes a message and an exit code.
int run_part(int argc, char** argv, const Registration& register_own, RankJob& job) {
    ProgramName program(argc > 0 ? argv[0] : nullptr);
    const auto refuse = [&](const std::exception& error) {
        std::cerr << for_reading(program.in(error.what()), Output::err) << '\n';
        return bad_input;
    };
    const auto fail = [&](const char* why) {
        std::cerr << for_reading(styled("error: ", Style::red, Output::err) + program.in(why), Output::err) << '\n';
        return failed;
    };
    try {
        Vocabulary vocabulary{builtin_tasks(), {}};
        add_process_task(vocabulary.tasks);
        vocabulary.program = quoted(program.as_typed());
        if (register_own) register_own(vocabulary);
        job.begin();
        if (job.is_worker()) return job.serve(vocabulary);
        const int code = run_command_line(argc, argv, vocabulary, job.team(), program);
        std::cout.flush();
        const bool terminal_may_be_gone = code > 128;  // stopped by a signal
        if (!std::cout && !terminal_may_be_gone) throw Error("the output could not be written");
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

}  // namespace

int run_app(int argc, char** argv, const Registration& register_own) {
    const SafeOutput safe;
    ::signal(SIGXFSZ, SIG_IGN);  // a file at the limit of ulimit -f: writing fails, with a reason to print
    RankJob job;
    return job.end(run_part(argc, argv, register_own, job));
}

}  // namespace clade
