#include <clade/experiment/process/process_params.hpp>

namespace clade {

void visit_fields(ProcessParams& params, FieldVisitor& field) {
    field("command", params.command,
          "Program and arguments of a worker, e.g. [python3, worker.py]; it runs in the folder of the configuration.");
    field("start_seconds", params.start_seconds, greater_than(0.0),
          "Maximum time from the start of a worker to its hello. [s]", {.changes_results = false});
    field("reply_seconds", params.reply_seconds, greater_than(0.0),
          "Maximum time from a message to the worker's reply. [s]", {.changes_results = false});
    field("restarts", params.restarts, between(0, 1000),
          "Further attempts to start a worker that does not start; then the run ends.", {.changes_results = false});
    visit_fields(params.episodes, field);
}

void check_params(const ProcessParams& params, IssueSink& issues) {
    if (params.command.empty()) issues.add("command", "is required: the program of a worker and its arguments");
    if (!params.command.empty() && params.command[0].empty()) {
        issues.add("command", "must begin with the name of a program, got an empty text");
    }
}

}  // namespace clade
