#include <clade/experiment/process/worker_internal.hpp>

#include <clade/core/error.hpp>
#include <clade/experiment/process/binary_dialect_internal.hpp>
#include <clade/experiment/process/json_dialect_internal.hpp>

namespace clade {
namespace {

constexpr std::size_t longest_line = 4096;  // [bytes] of stderr

}  // namespace

Worker::Worker(const WorkerSetup& setup, std::size_t number)
    : setup_(setup), name_("worker " + std::to_string(number)) {
    named([&] {
        process_ = std::make_unique<ChildProcess>(ChildSetup{.command = setup_.params.command,
                                                             .directory = setup_.directory,
                                                             .on_stderr = [this](auto text) { keep_lines(text); }});
        try {
            hello_ = read_hello(process_->read_line({setup_.params.start_seconds, "task.start_seconds"}));
        } catch (...) {
            process_->kill_at_once();
            throw;
        }
    });
    name_ += " (" + hello_.name + ")";
    dialect_ = hello_.framing == WorkerFraming::json ? make_json_dialect(hello_) : make_binary_dialect(hello_);
}

Worker::~Worker() {
    if (!sound_) process_->kill_at_once();
    process_.reset();  // gives its last lines
    if (!line_.empty()) keep_lines("\n");
}

/// Whole lines, each with the worker's name in front.
void Worker::keep_lines(std::string_view text) {
    if (!setup_.on_output) return;
    for (const char c : text) {
        if (c != '\n' && line_.size() < longest_line) line_ += c;
        if (c != '\n') continue;
        setup_.on_output(name_ + ": " + line_);
        line_.clear();
    }
}

/// Puts the worker's name in front of what goes wrong.
template <class Action>
void Worker::named(const Action& action) const {
    try {
        action();
    } catch (const Cancelled&) {
        throw;
    } catch (const TimeLimitError& error) {
        throw TimeLimitError(name_ + ": " + error.what());
    } catch (const FormatError& error) {
        throw FormatError(name_ + ": " + error.what());
    } catch (const Error& error) {
        throw Error(name_ + ": " + error.what());
    }
}

template <class Read>
void Worker::ask(const std::string& request, const Read& read) {
    sound_ = false;
    named([&] {
        if (process_->has_more()) throw Error("it said more than it was asked for");
        process_->send(request);
        read(dialect_->receive(*process_, {setup_.params.reply_seconds, "task.reply_seconds", deadline_}));
    });
    sound_ = true;
    has_replied_ = true;
}

void Worker::score(std::span<const WorkerGenome> genomes, std::span<WorkerResult> results) {
    ask(dialect_->genomes(genomes), [&](const std::string& reply) { dialect_->read_results(reply, results); });
}

void Worker::reset(std::span<const std::uint64_t> seeds, std::span<float> observations) {
    ask(dialect_->reset(seeds), [&](const std::string& reply) { dialect_->read_observations(reply, observations); });
}

void Worker::step(std::span<const std::uint32_t> lanes, std::span<const float> actions, WorkerSteps& steps) {
    steps.resize(lanes.size(), hello_);
    ask(dialect_->step(lanes, actions), [&](const std::string& reply) { dialect_->read_steps(reply, steps); });
}

}  // namespace clade
