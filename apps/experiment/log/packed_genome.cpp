#include <clade/experiment/log/packed_genome_internal.hpp>

#include <clade/core/byte_stream.hpp>
#include <clade/core/genome/gene_bytes.hpp>
#include <clade/core/genome/genome_io.hpp>
#include <clade/experiment/log/chunk_codec_internal.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <string_view>

namespace clade {
namespace {

/// The names of functions that a genome uses, and the position of each among them.
template <class Table>
class UsedNames {
public:
    explicit UsedNames(const Table& table) : table_(table), position_(table.size(), unused) {}

    template <class Function>
    Function position(Function function) {
        std::size_t& position = position_.at(static_cast<std::size_t>(function));
        if (position == unused) {
            position = count_++;
            text_ += (text_.empty() ? "" : " ") + std::string(table_.name(function));
        }
        return static_cast<Function>(position);
    }
    [[nodiscard]] std::span<const char> text() const noexcept { return text_; }

private:
    static constexpr std::size_t unused = std::numeric_limits<std::size_t>::max();

    const Table& table_;
    std::vector<std::size_t> position_;
    std::size_t count_ = 0;
    std::string text_;
};

/// Functions as a table knows them by name. One that it does not know gets a number, which is enough to name it.
template <class Table, class Function, class Value>
std::vector<Value> functions_named(std::span<const char> names, Table& table, Function stand_in) {
    std::vector<Value> functions;
    std::string_view rest(names.data(), names.size());
    while (!rest.empty()) {
        const std::string name(rest.substr(0, rest.find(' ')));
        rest.remove_prefix(std::min(rest.size(), name.size() + 1));
        const auto known = table.find(name);
        functions.push_back(known ? *known : table.add(name, stand_in));
    }
    return functions;
}

template <class Value>
void number_again(std::span<Value> column, const std::vector<Value>& functions) {
    for (Value& function : column) {
        const auto position = static_cast<std::size_t>(function);
        if (position >= functions.size()) throw FormatError("names a function that is not there");
        function = functions[position];
    }
}

template <class Genome, class Visit>
void visit_columns(const Genome& rows, Visit&& visit) {
    visit_node_columns([&](const GeneColumn&, auto column) { visit(column); }, rows);
    visit_connection_columns([&](const GeneColumn&, auto column) { visit(column); }, rows);
}

void write_columns(const GenomeView& rows, ByteWriter& out) {
    std::vector<std::byte> planes;
    visit_columns(rows, [&](auto column) {
        planes.resize(column.size_bytes());
        ChunkCodec::to_planes(std::as_bytes(column), sizeof(column[0]), planes);
        out.raw_bytes(planes);
    });
}

void read_columns(ByteReader& in, const GenomeRows& rows) {
    visit_columns(rows, [&](auto column) {
        ChunkCodec::from_planes(in.raw_bytes(column.size_bytes()), sizeof(column[0]), std::as_writable_bytes(column));
    });
}

NetworkKind network_kind_named(std::span<const char> name) {
    const auto kind = value_named<NetworkKind>({name.data(), name.size()});
    if (!kind) throw FormatError("has an unknown kind of network");
    return *kind;
}

/// An empty genome of this size; never more memory than the bytes that follow warrant.
GenomeStore make_room(const GenomeShape& shape, const GenomeSize& size, std::size_t bytes) {
    if (std::uint64_t{size.nodes} + size.connections > bytes) throw FormatError("ends early");
    GenomeStore store(shape);
    store.place({&size, 1});
    return store;
}

}  // namespace

std::vector<std::byte> pack_genome(const GenomeStore& genome, const NetworkParams& network,
                                   const FunctionSet& functions) {
    GenomeStore copy = genome;
    const AttributeRows rows = copy.attributes(0);
    UsedNames activations(functions.activations);
    UsedNames aggregations(functions.aggregations);
    for (Activation& function : rows.activation) function = activations.position(function);
    for (Aggregation& function : rows.aggregation) function = aggregations.position(function);

    ByteWriter out;
    out.reserve(copy.node_count() * node_bytes + copy.connection_count() * connection_bytes + 256);
    const GenomeSize size = copy.size_of(0);
    for (const std::uint32_t number :
         {copy.shape().input_count, copy.shape().output_count, size.nodes, size.connections,
          copy.shape().bias_input ? 1U : 0U, static_cast<std::uint32_t>(network.steps)}) {
        out.value(number);
    }
    out.values(std::span<const char>(name_of(network.kind)));
    out.values(activations.text());
    out.values(aggregations.text());
    write_columns(copy[0], out);
    return {out.bytes().begin(), out.bytes().end()};
}

std::string packed_genome_json(std::span<const std::byte> packed) {
    ByteReader in(packed);
    std::array<std::uint32_t, 6> head{};
    for (std::uint32_t& number : head) number = in.value<std::uint32_t>();
    const auto [inputs, outputs, nodes, connections, bias_input, steps] = head;
    const NetworkKind kind = network_kind_named(in.values<char>());
    FunctionSet functions;
    const auto activations = functions_named<ActivationTable, ActivationFunction, Activation>(
        in.values<char>(), functions.activations, [](float x) { return x; });
    const auto aggregations = functions_named<AggregationTable, AggregationFunction, Aggregation>(
        in.values<char>(), functions.aggregations, [](std::span<float>) { return 0.0F; });
    GenomeStore store = make_room({inputs, outputs, bias_input != 0}, {nodes, connections}, in.remaining());
    const GenomeRows rows = store.rows(0);
    read_columns(in, rows);
    number_again(rows.activation, activations);
    number_again(rows.aggregation, aggregations);
    return genome_to_json(store, 0, {kind, static_cast<int>(steps)}, functions);
}

}  // namespace clade
