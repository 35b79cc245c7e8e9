#include <clade/evaluation/tasks/boolean/retina.hpp>

#include <algorithm>
#include <cstdint>

namespace clade {
namespace {

constexpr std::size_t pixel_count = 8;
constexpr std::size_t image_count = 256;
constexpr std::array<std::uint32_t, 8> left_objects{0, 1, 2, 3, 4, 7, 8, 11};
constexpr std::array<std::uint32_t, 8> right_objects{0, 1, 2, 4, 8, 12, 13, 14};

/// One half of the pixels.
struct Half {
    bool outer_top;
    bool inner_top;
    bool outer_bottom;
    bool inner_bottom;
};

bool pixel(std::uint32_t image, std::uint32_t index) { return ((image >> index) & 1U) != 0; }

Half left_half(std::uint32_t image) { return {pixel(image, 0), pixel(image, 1), pixel(image, 4), pixel(image, 5)}; }
Half right_half(std::uint32_t image) { return {pixel(image, 3), pixel(image, 2), pixel(image, 7), pixel(image, 6)}; }

bool is_object(const Half& half) {
    const int outer = (half.outer_top ? 1 : 0) + (half.outer_bottom ? 1 : 0);
    const int inner = (half.inner_top ? 1 : 0) + (half.inner_bottom ? 1 : 0);
    return outer + inner >= 3 || (outer > 0 && inner == 0);
}

/// Whether the pixels, as the bits of a number from the highest on, are listed.
bool is_listed(const std::array<std::uint32_t, 8>& objects, std::array<bool, 4> pixels) {
    std::uint32_t pattern = 0;
    for (const bool on : pixels) pattern = 2 * pattern + (on ? 1U : 0U);
    return std::find(objects.begin(), objects.end(), pattern) != objects.end();
}

bool is_left_object(std::uint32_t image) {
    const Half half = left_half(image);
    return is_listed(left_objects, {half.outer_top, half.inner_top, half.outer_bottom, half.inner_bottom});
}

bool is_right_object(std::uint32_t image) {
    const Half half = right_half(image);
    return is_listed(right_objects, {half.inner_top, half.outer_top, half.inner_bottom, half.outer_bottom});
}

/// Appends a column of the table: what `is_on` says of every image, as two numbers.
template <class IsOn>
void append(std::vector<float>& column, float off, float on, const IsOn& is_on) {
    for (std::uint32_t image = 0; image < image_count; ++image) column.push_back(is_on(image) ? on : off);
}

TruthTable retina_table(RetinaGoal goal) {
    const bool patterns = goal == RetinaGoal::patterns;
    TruthTable table;
    table.case_count = image_count;
    if (patterns) table.low = -1.0F;
    for (std::uint32_t i = 0; i < pixel_count; ++i) {
        table.inputs.push_back("pixel " + std::to_string(i));
        append(table.observations, patterns ? -3.0F : 0.0F, patterns ? 3.0F : 1.0F,
               [i](std::uint32_t image) { return pixel(image, i); });
    }
    if (patterns) {
        table.outputs = {"left object", "right object"};
        append(table.targets, table.low, table.high, is_left_object);
        append(table.targets, table.low, table.high, is_right_object);
        return table;
    }
    const bool both = goal == RetinaGoal::left_and_right;
    table.outputs = {both ? "left and right" : "left or right"};
    append(table.targets, table.low, table.high, [both](std::uint32_t image) {
        const bool left = is_object(left_half(image));
        const bool right = is_object(right_half(image));
        return both ? left && right : left || right;
    });
    return table;
}

}  // namespace

RetinaTask::RetinaTask(const Params& params, const TaskContext& /*context*/)
    : TruthTableTask({.name = "retina", .steps = params.steps}, retina_table(params.goal)) {}

TaskPage RetinaTask::page() const {
    TaskPage page = TruthTableTask::page();
    page.source =
        "Kashtan & Alon, Spontaneous evolution of modularity and network motifs, PNAS 102:13773, 2005 (counting rule); "
        "Verbancsics & Stanley, Constraining connectivity to encourage modularity in HyperNEAT, GECCO 2011 (patterns). "
        "Fitness is ours.";
    return page;
}

void visit_fields(RetinaTask::Params& params, FieldVisitor& field) {
    field(
        "goal", params.goal,
        "Output to learn: an object on both sides, an object on at least one side (both by the counting rule), or two "
        "outputs, one per side, by listed patterns.");
    visit_steps(params.steps, field);
}

}  // namespace clade
