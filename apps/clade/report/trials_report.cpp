#include "clade/report/trials_report.hpp"

#include "clade/report/config_rows.hpp"

#include <clade/experiment/version.hpp>

#include <fmt/format.h>

namespace clade::report {

namespace {

using Json = nlohmann::ordered_json;

/// Results with the names of folders alone: whom the report is sent to has no use for the rest.
Json results_json(const EndedTrials& ended) {
    Json json = trials_json(ended);
    json["folder"] = ended.set.folder.filename().string();
    for (std::size_t i = 0; i < ended.results.size(); ++i) {
        json["runs"][i]["folder"] = ended.results[i].run.path.filename().string();
    }
    return json;
}

}  // namespace

Json trials_report(const EndedTrials& ended, const Vocabulary& vocabulary) {
    return {{"kind", "trials"},
            {"headline", headline(ended)},
            {"success", success_text(ended.summary)},
            {"direction", name_of(direction_of(ended.set))},
            {"seconds", ended.set.seconds},
            {"trials", results_json(ended)},
            {"config", config_json(ended.set.config, vocabulary.tasks)},
            {"machine", Json::array({Json::array({"report made by", fmt::format("clade {}", version)})})}};
}

}  // namespace clade::report
