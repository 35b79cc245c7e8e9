#include "clade/export/onnx_model.hpp"

#include "clade/export/exported_code.hpp"
#include "clade/export/protobuf.hpp"

#include <clade/core/check.hpp>
#include <clade/core/error.hpp>
#include <clade/core/text.hpp>

#include <fmt/format.h>

#include <bit>
#include <cstring>
#include <limits>
#include <map>
#include <utility>

namespace clade::exported {
namespace {

constexpr std::int64_t ir_version = 8;
constexpr std::int64_t opset = 17;

/// Numbers of onnx.proto: TensorProto.DataType.
constexpr std::int64_t onnx_float = 1;
constexpr std::int64_t onnx_double = 11;

std::int64_t onnx_type(NumberType type) { return type == NumberType::single ? onnx_float : onnx_double; }

/// A value of the graph: its name, and whether it is one number for all rows.
struct Value {
    std::string name{};
    bool is_constant = false;
};

/// Puts a graph together, operator by operator.
class OnnxGraph {
public:
    using Arrays = std::vector<std::vector<Value>>;

    explicit OnnxGraph(const ExportedCode& code) : code_(code) {}

    /// An input [rows, array.size], as a value for each column.
    std::vector<Value> take(const Calculation::Array& array) {
        graph_.add(11, description(array));
        ProtoMessage node;
        node.add(1, array.name);
        std::vector<Value> values;
        for (std::size_t i = 0; i < array.size; ++i) {
            values.push_back({fmt::format("{}_{}", array.name, i)});
            node.add(2, values.back().name);
        }
        node.add(4, "Split").add(5, attribute("axis", 1));
        graph_.add(1, node);
        if (some_input_.empty()) some_input_ = values.front().name;
        return values;
    }

    /// An output [rows, values.size()].
    void give(const Calculation::Array& array, const std::vector<Value>& values) {
        graph_.add(12, description(array));
        ProtoMessage node;
        for (const Value& value : values) node.add(1, for_each_row(value).name);
        node.add(2, array.name).add(4, "Concat").add(5, attribute("axis", 1));
        graph_.add(1, node);
    }

    /// The outputs of a calculation of these inputs.
    Arrays run(const Calculation& calculation, const Arrays& inputs) {
        const std::vector<std::uint32_t> uses = count_uses(calculation);
        std::vector<Value> values(uses.size());
        for (std::size_t i = 0; i < uses.size(); ++i) {
            if (uses[i] > 0) values[i] = value_of(calculation.operations[i], values, inputs);
        }
        Arrays outputs(calculation.outputs.size());
        for (const Calculation::Result& result : calculation.results) {
            outputs[result.array].push_back(values[result.operation]);
        }
        return outputs;
    }

    Value number(NumberType type, std::uint64_t bits) {
        auto& name = constants_[{type, bits}];
        if (name.empty()) {
            name = fmt::format("c{}", constants_.size());
            std::string raw(type == NumberType::single ? 4 : 8, '\0');
            std::memcpy(raw.data(), &bits, raw.size());  // little-endian, as this machine
            graph_.add(5, ProtoMessage().add(2, onnx_type(type)).add(8, name).add(9, raw));
        }
        return {name, true};
    }
    Value single(float value) { return number(NumberType::single, std::bit_cast<std::uint32_t>(value)); }

    [[nodiscard]] std::string model(const std::vector<std::string>& comment) {
        graph_.add(2, code_.name);
        ProtoMessage model;
        model.add(1, ir_version).add(2, "Clade").add(6, fmt::format("{}", fmt::join(comment, "\n")));
        model.add(7, graph_).add(8, ProtoMessage().add(1, "").add(2, opset));
        for (const ExportedCode::NameList& list : code_.name_lists) {
            std::vector<std::string> names;
            for (const std::string& name : list.names) names.push_back(escaped(name));
            model.add(14, ProtoMessage().add(1, list.what).add(2, fmt::format("{}", fmt::join(names, "\n"))));
        }
        return model.bytes();
    }

private:
    static ProtoMessage attribute(std::string_view name, std::int64_t number) {
        constexpr std::int64_t integer = 2;
        return ProtoMessage().add(1, name).add(3, number).add(20, integer);
    }

    static ProtoMessage description(const Calculation::Array& array) {
        const auto columns = ProtoMessage().add(1, static_cast<std::int64_t>(array.size));
        const auto shape = ProtoMessage().add(1, ProtoMessage().add(2, "rows")).add(1, columns);
        const auto tensor = ProtoMessage().add(1, onnx_type(array.type)).add(2, shape);
        return ProtoMessage().add(1, array.name).add(2, ProtoMessage().add(1, tensor));
    }

    Value apply(std::string_view kind, const std::vector<Value>& operands, const ProtoMessage* attribute = nullptr) {
        Value result{fmt::format("v{}", ++count_), true};
        ProtoMessage node;
        for (const Value& operand : operands) {
            node.add(1, operand.name);
            result.is_constant = result.is_constant && operand.is_constant;
        }
        node.add(2, result.name).add(4, kind);
        if (attribute != nullptr) node.add(5, *attribute);
        graph_.add(1, node);
        return result;
    }

    Value cast(const Value& value, NumberType type) {
        const ProtoMessage to = attribute("to", onnx_type(type));
        return apply("Cast", {value}, &to);
    }

    /// A constant as a column of as many rows as the inputs have.
    Value for_each_row(const Value& value) {
        if (!value.is_constant) return value;
        const Value never = apply("Less", {{some_input_}, {some_input_}});
        return apply("Where", {never, value, value});
    }

    Value value_of(const Operation& operation, const std::vector<Value>& values, const Arrays& inputs) {
        std::vector<Value> operands;
        for (std::size_t o = 0; o < operand_count(operation); ++o) operands.push_back(values[operation.operand[o]]);
        switch (operation.kind) {
            case OperationKind::constant:
                return number(operation.type, operation.number);
            case OperationKind::input:
                return inputs[operation.array][operation.index];
            case OperationKind::call:
                return value_of_call(operation.number, operands);
            case OperationKind::convert:
                return cast(operands.front(), operation.type);
            case OperationKind::unequal:
                return apply("Not", {apply("Equal", operands)});
            default:
                return apply(operator_name(operation.kind), operands);
        }
    }

    static std::string_view operator_name(OperationKind kind) {
        switch (kind) {
            case OperationKind::add:
                return "Add";
            case OperationKind::subtract:
                return "Sub";
            case OperationKind::multiply:
                return "Mul";
            case OperationKind::divide:
                return "Div";
            case OperationKind::less:
                return "Less";
            case OperationKind::equal:
                return "Equal";
            case OperationKind::either:
                return "Or";
            case OperationKind::select:
                return "Where";
            case OperationKind::floor:
                return "Floor";
            default:
                CLADE_CHECK(false, "only elementary functions work on bits");
                return "";
        }
    }

    /// An activation is taken apart, an elementary function is the runtime's.
    Value value_of_call(std::uint64_t function, const std::vector<Value>& operands) {
        if (function >= first_activation) {
            return run(code_.functions.at(function).calculation, {operands}).front().front();
        }
        const Value& x = operands.front();
        switch (static_cast<Elementary>(function)) {
            case Elementary::absolute:
                return apply("Abs", {x});
            case Elementary::exp2:
                return apply("Exp", {apply("Mul", {x, single(0.693147181F)})});
            case Elementary::sine:
                return sine_of(x, operands.back());
            case Elementary::log:  // in the engine infinity counts as the largest number
                return apply("Log", {apply("Min", {x, single(std::numeric_limits<float>::max())})});
            case Elementary::log_double:
                return apply("Log", {x});
            default:
                return apply("Exp", {x});
        }
    }

    /// As sin_reduced(): of r + n pi, where n is pushed into the low bits of 1.5 x 2^23: odd ones change the sign.
    Value sine_of(const Value& r, const Value& pushed) {
        const Value n = apply("Sub", {pushed, single(12582912.0F)});
        const Value half = apply("Floor", {apply("Mul", {n, single(0.5F)})});
        const Value odd = apply("Sub", {n, apply("Mul", {half, single(2.0F)})});
        const Value sign = apply("Sub", {single(1.0F), apply("Mul", {odd, single(2.0F)})});
        return apply("Mul", {apply("Sin", {r}), sign});
    }

    const ExportedCode& code_;
    ProtoMessage graph_;
    std::map<std::pair<NumberType, std::uint64_t>, std::string> constants_;
    std::string some_input_;
    std::size_t count_ = 0;
};

}  // namespace

std::string write_onnx(const ExportedModel& exported) {
    const ExportedCode code = code_of(exported);
    if (code.input_count == 0) throw Error("a network without inputs has no rows, as ONNX needs");
    OnnxGraph graph(code);
    const bool keeps_state = code.is_recurrent() && (!code.entry || code.entry->keeps_state);
    const Calculation& first = code.entry ? code.entry->prepare : code.network;
    const std::vector<Value> taken = graph.take(first.inputs.front());
    std::vector<Value> inputs = code.entry ? graph.run(first, {taken}).front() : taken;
    const Calculation::Array state{"state", NumberType::single, code.state_size};
    OnnxGraph::Arrays values{inputs};
    if (keeps_state) values.push_back(graph.take(state));
    if (code.is_recurrent() && !keeps_state) values.emplace_back(code.state_size, graph.single(0.0F));
    const int steps = code.is_recurrent() ? code.steps * (code.entry ? code.entry->calls : 1) : 1;
    OnnxGraph::Arrays given;
    for (int step = 0; step < steps; ++step) {
        given = graph.run(code.network, values);
        if (code.is_recurrent()) values[1] = given[1];
    }
    if (code.entry) {
        const bool with_inputs = code.entry->finish.inputs.size() == 2;
        const OnnxGraph::Arrays finished = graph.run(
            code.entry->finish, with_inputs ? OnnxGraph::Arrays{inputs, given[0]} : OnnxGraph::Arrays{given[0]});
        graph.give(code.entry->finish.outputs.front(), finished.front());
    }
    graph.give(code.network.outputs.front(), given[0]);
    if (keeps_state) graph.give({"next_state", NumberType::single, code.state_size}, given[1]);
    return graph.model(code.comment);
}

}  // namespace clade::exported
