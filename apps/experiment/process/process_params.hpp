// The parameters of the task `process`.
#pragma once

#include <clade/evaluation/episodes/episode.hpp>

#include <string>
#include <vector>

namespace clade {

/// How a program that scores networks, or is their world, is started, and how long it is waited for.
struct ProcessParams {
    std::vector<std::string> command{};
    double start_seconds = 30.0;
    double reply_seconds = 60.0;
    int restarts = 3;
    EpisodeParams episodes{};  ///< their seeds are those of networks too
};

void visit_fields(ProcessParams& params, FieldVisitor& field);
void check_params(const ProcessParams& params, IssueSink& issues);

}  // namespace clade
