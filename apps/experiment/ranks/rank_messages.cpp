#include <clade/experiment/ranks/rank_messages.hpp>

namespace clade {
namespace {

void write_failure(const GenomeFailure& failure, ByteWriter& out) {
    out.value(std::uint64_t{failure.genome});
    out.value(failure.kind);
    write_text(failure.message, out);
}

GenomeFailure read_failure(ByteReader& in) {
    GenomeFailure failure;
    failure.genome = static_cast<std::size_t>(in.value<std::uint64_t>());
    failure.kind = in.value<FailureKind>();
    failure.message = read_text(in);
    return failure;
}

/// A count, then each by write(item).
template <class Items, class Write>
void write_list(const Items& items, ByteWriter& out, const Write& write) {
    out.value(std::uint64_t{items.size()});
    for (const auto& item : items) write(item, out);
}

template <class Item, class Read>
std::vector<Item> read_list(ByteReader& in, const Read& read) {
    std::vector<Item> items;
    for (auto left = in.value<std::uint64_t>(); left > 0; --left) items.push_back(read(in));
    return items;
}

void write_column(const ScoreColumn& column, ByteWriter& out) { out.values(std::span<const double>(column.values)); }

}  // namespace

void write_text(const std::string& text, ByteWriter& out) { out.values(std::span<const char>(text)); }

std::string read_text(ByteReader& in) {
    const std::vector<char> text = in.values<char>();
    return {text.begin(), text.end()};
}

void write_setup(const RankSetup& setup, ByteWriter& out) {
    write_text(setup.config, out);
    write_text(setup.directory, out);
    write_text(setup.files, out);
    out.value(setup.threads);
}

RankSetup read_setup(ByteReader& in) {
    RankSetup setup;
    setup.config = read_text(in);
    setup.directory = read_text(in);
    setup.files = read_text(in);
    setup.threads = in.value<std::uint64_t>();
    return setup;
}

void write_order(const SliceOrder& order, ByteWriter& out) {
    out.value(order.id);
    out.value(static_cast<std::uint8_t>(order.gradient));
    out.value(static_cast<std::uint8_t>(order.episodes.has_value()));
    if (order.episodes) {
        out.value(order.episodes->first);
        out.value(order.episodes->count);
        out.values(std::span<const double>(order.episodes->before));
    }
    write_slice(order.slice, out);
}

SliceOrder read_order(ByteReader& in) {
    SliceOrder order;
    order.id = in.value<std::uint64_t>();
    order.gradient = in.value<std::uint8_t>() != 0;
    if (in.value<std::uint8_t>() != 0) {
        const auto first = in.value<std::uint64_t>();
        const auto count = in.value<std::uint64_t>();
        order.episodes = SliceEpisodes{first, count, in.values<double>()};
    }
    order.slice = read_slice(in);
    return order;
}

void write_result(const SliceResult& result, ByteWriter& out) {
    out.value(result.id);
    out.value(result.seconds);
    out.value(static_cast<std::uint8_t>(result.error.has_value()));
    if (result.error) {
        write_text(result.error->message, out);
        out.value(static_cast<std::uint8_t>(result.error->failure.has_value()));
        if (result.error->failure) write_failure(*result.error->failure, out);
        return;
    }
    out.values(std::span<const double>(result.scores.fitness));
    write_list(result.scores.columns, out, write_column);
    write_list(result.scores.failures, out, write_failure);
    out.values(std::span<const double>(result.gradient.bias));
    out.values(std::span<const double>(result.gradient.weight));
    out.values(std::span<const double>(result.returns));
}

SliceResult read_result(ByteReader& in) {
    SliceResult result;
    result.id = in.value<std::uint64_t>();
    result.seconds = in.value<double>();
    if (in.value<std::uint8_t>() != 0) {
        result.error.emplace().message = read_text(in);
        if (in.value<std::uint8_t>() != 0) result.error->failure = read_failure(in);
        return result;
    }
    result.scores.fitness = in.values<double>();
    result.scores.columns = read_list<ScoreColumn>(in, [](ByteReader& from) {
        return ScoreColumn{"", from.values<double>()};
    });
    result.scores.failures = read_list<GenomeFailure>(in, read_failure);
    result.gradient.bias = in.values<double>();
    result.gradient.weight = in.values<double>();
    result.returns = in.values<double>();
    return result;
}

}  // namespace clade
