// expected: a field with a range is an int, std::uint64_t or double (not float, long or unsigned)
#include "task.hpp"

namespace toy {

struct Toy : Base {
    struct Params {
        long teeth = 2;
    };
    Toy(const Params&, const clade::TaskContext&) {}
};

void visit_fields(Toy::Params& params, clade::FieldVisitor& field) {
    field("teeth", params.teeth, clade::at_least(1), "Teeth.");
}

}  // namespace toy

void add_toy(clade::TaskRegistry& registry) { registry.add<toy::Toy>("toy", "A toy."); }
