// expected: Params has defaults and can be copied
#include "task.hpp"

namespace toy {

struct Toy : Base {
    struct Params {
        explicit Params(int count) : teeth(count) {}
        int teeth;
    };
    Toy(const Params&, const clade::TaskContext&) {}
};

void visit_fields(Toy::Params&, clade::FieldVisitor&) {}

}  // namespace toy

void add_toy(clade::TaskRegistry& registry) { registry.add<toy::Toy>("toy", "A toy."); }
