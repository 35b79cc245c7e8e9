#include <clade/experiment/process/json_dialect_internal.hpp>

#include <clade/core/error.hpp>
#include <clade/core/functions/functions.hpp>
#include <clade/core/special_values_internal.hpp>
#include <clade/core/text.hpp>

#include <nlohmann/json.hpp>

namespace clade {
namespace {

using ReplyJson = nlohmann::json;

[[noreturn]] void refuse_reply(const std::string& rule, const ReplyJson& found) {
    throw Error("in its reply " + rule + ", got " +
                printable(found.dump(-1, ' ', false, ReplyJson::error_handler_t::replace)));
}

ReplyJson parse_reply(const std::string& line) {
    ReplyJson json = ReplyJson::parse(line, nullptr, false);
    if (json.is_discarded()) {
        throw Error("its reply is no JSON: " + printable(line) +
                    "; write null for a number that is none, and what is for people to stderr");
    }
    if (!json.is_object()) refuse_reply("an object is expected", json);
    if (const auto error = json.find("error"); error != json.end() && error->is_string()) {
        throw Error("it says: " + printable(error->get<std::string>(), 300));
    }
    return json;
}

const ReplyJson& member(const ReplyJson& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end()) refuse_reply("'" + std::string(key) + "' is missing", json);
    return *found;
}

const ReplyJson& list_of(const ReplyJson& json, const char* key, std::size_t count) {
    const ReplyJson& list = member(json, key);
    if (!list.is_array() || list.size() != count) {
        refuse_reply("'" + std::string(key) + "' must be a list of " + std::to_string(count), list);
    }
    return list;
}

/// null is NaN: JSON has no other way to say it.
double number_in(const ReplyJson& json, const char* key) {
    if (json.is_null()) return nan;
    if (!json.is_number()) refuse_reply("'" + std::string(key) + "' must have numbers", json);
    return json.get<double>();
}

bool flag_in(const ReplyJson& json, const char* key) {
    if (!json.is_boolean()) refuse_reply("'" + std::string(key) + "' must have true or false", json);
    return json.get<bool>();
}

/// The numbers of a key; it may be missing where there are none.
std::vector<double> numbers_of(const ReplyJson& json, const char* key, std::size_t count) {
    std::vector<double> numbers;
    if (count == 0 && !json.contains(key)) return numbers;
    for (const ReplyJson& one : list_of(json, key, count)) numbers.push_back(number_in(one, key));
    return numbers;
}

/// Rows of so many numbers, one after the other.
template <class Number>
void read_rows(const ReplyJson& json, const char* key, std::size_t rows, std::span<Number> to) {
    const std::size_t width = to.size() / rows;
    auto* next = to.data();
    for (const ReplyJson& row : list_of(json, key, rows)) {
        if (!row.is_array() || row.size() != width) {
            refuse_reply("'" + std::string(key) + "' must have lists of " + std::to_string(width), row);
        }
        for (const ReplyJson& one : row) *next++ = static_cast<Number>(number_in(one, key));
    }
}

class JsonDialect final : public WorkerDialect {
public:
    using WorkerDialect::WorkerDialect;

    [[nodiscard]] std::string genomes(std::span<const WorkerGenome> genomes) override {
        ReplyJson list = ReplyJson::array();
        for (const WorkerGenome& genome : genomes) list.push_back(genome_json(genome));
        return line_of({{"id", next_request()}, {"genomes", std::move(list)}});
    }

    [[nodiscard]] std::string reset(std::span<const std::uint64_t> seeds) override {
        return line_of({{"id", next_request()}, {"reset", ReplyJson(seeds)}});
    }

    [[nodiscard]] std::string step(std::span<const std::uint32_t> lanes, std::span<const float> actions) override {
        const std::size_t width = actions.size() / lanes.size();
        ReplyJson rows = ReplyJson::array();
        for (std::size_t i = 0; i < lanes.size(); ++i) rows.push_back(ReplyJson(actions.subspan(i * width, width)));
        return line_of({{"id", next_request()}, {"step", ReplyJson(lanes)}, {"actions", std::move(rows)}});
    }

    [[nodiscard]] std::string receive(ChildProcess& process, const Patience& patience) const override {
        return process.read_line(patience);
    }

    void read_results(const std::string& message, std::span<WorkerResult> results) const override {
        const ReplyJson reply = reply_in(message);
        for (const ReplyJson& one : list_of(reply, "results", results.size())) {
            const ReplyJson& index = member(one, "index");
            if (!index.is_number_unsigned()) refuse_reply("'index' must be a whole number", index);
            WorkerResult& result = claim(results, index.get<std::uint64_t>());
            if (const auto error = one.find("error"); error != one.end() && error->is_string()) {
                result.failed = true;
                result.error = error->get<std::string>();
                continue;
            }
            result.fitness = number_in(member(one, "fitness"), "fitness");
            result.scores = numbers_of(one, "scores", hello().scores.size());
            result.behaviour = numbers_of(one, "behaviour", hello().behaviour.size());
        }
        require_all(results);
    }

    void read_observations(const std::string& message, std::span<float> observations) const override {
        read_rows(reply_in(message), "observations", observations.size() / hello().inputs.size(), observations);
    }

    void read_steps(const std::string& message, WorkerSteps& steps) const override {
        const ReplyJson reply = reply_in(message);
        const std::size_t episodes = steps.rewards.size();
        read_rows<float>(reply, "observations", episodes, steps.observations);
        const ReplyJson& rewards = list_of(reply, "rewards", episodes);
        const ReplyJson& terminated = list_of(reply, "terminated", episodes);
        const ReplyJson& truncated = list_of(reply, "truncated", episodes);
        for (std::size_t i = 0; i < episodes; ++i) {
            steps.rewards[i] = number_in(rewards[i], "rewards");
            const bool is_over = flag_in(terminated[i], "terminated") || flag_in(truncated[i], "truncated");
            steps.over[i] = is_over ? 1 : 0;
        }
        if (!hello().behaviour.empty()) read_rows<double>(reply, "behaviour", episodes, steps.behaviour);
    }

private:
    /// That of the last request.
    [[nodiscard]] ReplyJson reply_in(const std::string& message) const {
        ReplyJson reply = parse_reply(message);
        const ReplyJson& id = member(reply, "id");
        if (!id.is_number_unsigned()) refuse_reply("'id' must be that of the request", id);
        require_last(id.get<std::uint64_t>());
        return reply;
    }

    static std::string line_of(const ReplyJson& json) { return json.dump() + '\n'; }

    /// The functions' names, each one that the worker knows.
    template <class Table>
    static std::string name_in(const Table& table, auto function, const std::vector<std::string>& known,
                               const char* key) {
        if (!table.contains(function))
            throw LogicError("a worker cannot know functions that a program added: " + std::string(key));
        std::string name(table.name(function));
        if (!known.empty()) (void)known_function(known, name, key);
        return name;
    }

    [[nodiscard]] ReplyJson genome_json(const WorkerGenome& genome) const {
        const NetworkProgram& program = *genome.program;
        ReplyJson json{{"seed", genome.seed},
                       {"recurrent", program.network.is_recurrent()},
                       {"steps", program.network.steps},
                       {"first_node", program.shape.source_count()},
                       {"source", program.source_slot},
                       {"weight", program.weight},
                       {"output", program.output_slot}};
        for (const char* key : {"bias", "response", "activation", "aggregation", "connections"}) {
            json[key] = ReplyJson::array();
        }
        for (std::size_t n = 0; n < program.node_count(); ++n) {
            const NetworkProgram::Node& node = program.nodes[n];
            json["bias"].push_back(node.bias);
            json["response"].push_back(node.response);
            json["activation"].push_back(
                name_in(builtin_functions().activations, node.activation, hello().activations, "genome.activation"));
            json["aggregation"].push_back(name_in(builtin_functions().aggregations, node.aggregation,
                                                  hello().aggregations, "genome.aggregation"));
            json["connections"].push_back(program.nodes[n + 1].first_connection - node.first_connection);
        }
        return json;
    }
};

}  // namespace

std::unique_ptr<WorkerDialect> make_json_dialect(const WorkerHello& hello) {
    return std::make_unique<JsonDialect>(hello);
}

}  // namespace clade
