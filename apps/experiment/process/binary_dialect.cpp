#include <clade/experiment/process/binary_dialect_internal.hpp>

#include <clade/core/error.hpp>
#include <clade/core/functions/functions.hpp>
#include <clade/core/text.hpp>

#include <array>
#include <bit>
#include <cstring>
#include <type_traits>

namespace clade {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are sent as they lie in memory");

constexpr std::size_t longest_body = std::size_t{1} << 26;  // [bytes]

enum class MessageKind : std::uint32_t {
    error = 0,
    score = 1,
    results = 2,
    reset = 3,
    observations = 4,
    step = 5,
    steps = 6
};

/// A message that is being written: its length, its kind, the number of the request, then numbers.
class MessageWriter {
public:
    MessageWriter(MessageKind kind, std::uint32_t request) {
        put(std::uint32_t{0});
        put(static_cast<std::uint32_t>(kind));
        put(request);
    }

    template <class Number>
    void put(Number number) {
        static_assert(std::is_arithmetic_v<Number>);
        const std::size_t at = bytes_.size();
        bytes_.resize(at + sizeof number);
        std::memcpy(bytes_.data() + at, &number, sizeof number);
    }

    template <class Number>
    void put_all(std::span<const Number> numbers) {
        if (numbers.empty()) return;
        const std::size_t at = bytes_.size();
        bytes_.resize(at + numbers.size_bytes());
        std::memcpy(bytes_.data() + at, numbers.data(), numbers.size_bytes());
    }

    [[nodiscard]] std::string take() {
        const auto length = static_cast<std::uint32_t>(bytes_.size() - sizeof(std::uint32_t));
        std::memcpy(bytes_.data(), &length, sizeof length);
        return std::move(bytes_);
    }

private:
    std::string bytes_;
};

/// Takes a reply apart. Throws Error if it is of another kind or length.
class MessageReader {
public:
    MessageReader(const std::string& message, MessageKind kind)
        : message_(message), kind_(get<std::uint32_t>()), request_(get<std::uint32_t>()) {
        if (kind_ == static_cast<std::uint32_t>(MessageKind::error)) {
            throw Error("it says: " + printable(message.substr(at_), 300));
        }
        const auto expected = static_cast<std::uint32_t>(kind);
        if (kind_ == expected) return;
        throw Error("its reply has the kind " + std::to_string(kind_) + " instead of " + std::to_string(expected));
    }

    [[nodiscard]] std::uint32_t request() const noexcept { return request_; }

    template <class Number>
    [[nodiscard]] Number get() {
        Number number{};
        get_all(std::span(&number, 1));
        return number;
    }

    template <class Number>
    void get_all(std::span<Number> numbers) {
        if (message_.size() - at_ < numbers.size_bytes()) refuse_length();
        if (!numbers.empty()) std::memcpy(numbers.data(), message_.data() + at_, numbers.size_bytes());
        at_ += numbers.size_bytes();
    }

    void finish() const {
        if (at_ != message_.size()) refuse_length();
    }

private:
    [[noreturn]] void refuse_length() const {
        throw Error("its reply of " + std::to_string(message_.size()) + " bytes has not the length that it must have");
    }

    const std::string& message_;
    std::size_t at_ = 0;
    std::uint32_t kind_;
    std::uint32_t request_;
};

class BinaryDialect final : public WorkerDialect {
public:
    explicit BinaryDialect(const WorkerHello& hello) : WorkerDialect(hello) {
        activation_codes_ = codes(builtin_functions().activations, hello.activations);
        aggregation_codes_ = codes(builtin_functions().aggregations, hello.aggregations);
    }

    [[nodiscard]] std::string genomes(std::span<const WorkerGenome> genomes) override {
        MessageWriter message(MessageKind::score, next_request());
        message.put(static_cast<std::uint32_t>(genomes.size()));
        for (const WorkerGenome& genome : genomes) put_genome(message, genome);
        return message.take();
    }

    [[nodiscard]] std::string reset(std::span<const std::uint64_t> seeds) override {
        MessageWriter message(MessageKind::reset, next_request());
        message.put(static_cast<std::uint32_t>(seeds.size()));
        message.put_all(seeds);
        return message.take();
    }

    [[nodiscard]] std::string step(std::span<const std::uint32_t> lanes, std::span<const float> actions) override {
        MessageWriter message(MessageKind::step, next_request());
        message.put(static_cast<std::uint32_t>(lanes.size()));
        message.put_all(lanes);
        message.put_all(actions);
        return message.take();
    }

    [[nodiscard]] std::string receive(ChildProcess& process, const Patience& patience) const override {
        const std::string head = process.read_bytes(sizeof(std::uint32_t), patience);
        std::uint32_t length = 0;
        std::memcpy(&length, head.data(), sizeof length);
        if (length < 2 * sizeof(std::uint32_t) || length > longest_body) {
            throw Error("its reply begins with the length " + std::to_string(length) + ", which no reply has");
        }
        return process.read_bytes(length, patience);
    }

    void read_results(const std::string& message, std::span<WorkerResult> results) const override {
        MessageReader reader(message, MessageKind::results);
        require_last(reader.request());
        const auto count = reader.get<std::uint32_t>();
        if (count != results.size()) {
            throw Error("its reply has " + std::to_string(count) + " results for " + std::to_string(results.size()) +
                        " genomes");
        }
        for (std::uint32_t i = 0; i < count; ++i) {
            WorkerResult& result = claim(results, reader.get<std::uint32_t>());
            result.failed = reader.get<std::uint32_t>() != 0;
            if (result.failed) result.error = "it gives no fitness";
            result.fitness = reader.get<double>();
            result.scores.resize(hello().scores.size());
            reader.get_all(std::span(result.scores));
            result.behaviour.resize(hello().behaviour.size());
            reader.get_all(std::span(result.behaviour));
        }
        reader.finish();
    }

    void read_observations(const std::string& message, std::span<float> observations) const override {
        MessageReader reader(message, MessageKind::observations);
        require_last(reader.request());
        reader.get_all(observations);
        reader.finish();
    }

    void read_steps(const std::string& message, WorkerSteps& steps) const override {
        MessageReader reader(message, MessageKind::steps);
        require_last(reader.request());
        reader.get_all(std::span(steps.observations));
        reader.get_all(std::span(steps.rewards));
        for (std::uint8_t& over : steps.over) over = reader.get<std::uint32_t>() != 0 ? 1 : 0;
        reader.get_all(std::span(steps.behaviour));
        reader.finish();
    }

private:
    static constexpr std::uint32_t unknown = 0xFFFF'FFFF;

    /// The place of each function in the worker's list.
    template <class Table>
    static std::vector<std::uint32_t> codes(const Table& table, const std::vector<std::string>& known) {
        std::vector<std::uint32_t> found(table.size(), unknown);
        for (std::uint32_t code = 0; code < known.size(); ++code) {
            const auto function = table.find(known[code]);
            if (function) found[static_cast<std::size_t>(*function)] = code;
        }
        return found;
    }

    template <class Table>
    static std::uint32_t code_of(const std::vector<std::uint32_t>& codes, const Table& table, auto function,
                                 const std::vector<std::string>& known, const char* key) {
        const auto number = static_cast<std::size_t>(function);
        if (number < codes.size() && codes[number] != unknown) return codes[number];
        const std::string name(number < codes.size() ? table.name(function) : "of this program");
        return static_cast<std::uint32_t>(known_function(known, name, key));
    }

    /// Column by column: bias, response, activation, aggregation, connections; source, weight; output.
    void put_genome(MessageWriter& message, const WorkerGenome& genome) const {
        const NetworkProgram& program = *genome.program;
        const std::size_t nodes = program.node_count();
        message.put(genome.seed);
        message.put(static_cast<std::uint32_t>(program.network.is_recurrent() ? program.network.steps : 0));
        message.put(static_cast<std::uint32_t>(program.shape.source_count()));
        message.put(static_cast<std::uint32_t>(nodes));
        message.put(static_cast<std::uint32_t>(program.source_slot.size()));
        for (std::size_t n = 0; n < nodes; ++n) message.put(program.nodes[n].bias);
        for (std::size_t n = 0; n < nodes; ++n) message.put(program.nodes[n].response);
        const FunctionSet& functions = builtin_functions();
        for (std::size_t n = 0; n < nodes; ++n) {
            message.put(code_of(activation_codes_, functions.activations, program.nodes[n].activation,
                                hello().activations, "genome.activation"));
        }
        for (std::size_t n = 0; n < nodes; ++n) {
            message.put(code_of(aggregation_codes_, functions.aggregations, program.nodes[n].aggregation,
                                hello().aggregations, "genome.aggregation"));
        }
        for (std::size_t n = 0; n < nodes; ++n) {
            message.put(program.nodes[n + 1].first_connection - program.nodes[n].first_connection);
        }
        message.put_all(std::span<const std::uint32_t>(program.source_slot));
        message.put_all(std::span<const float>(program.weight));
        message.put_all(std::span<const std::uint32_t>(program.output_slot));
    }

    std::vector<std::uint32_t> activation_codes_;
    std::vector<std::uint32_t> aggregation_codes_;
};

}  // namespace

std::unique_ptr<WorkerDialect> make_binary_dialect(const WorkerHello& hello) {
    return std::make_unique<BinaryDialect>(hello);
}

}  // namespace clade
