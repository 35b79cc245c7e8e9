#include "clade/output/overdue.hpp"

#include "terminal/terminal.hpp"

#include <cstdlib>
#include <string>

namespace clade {

void say_overdue(LiveLine& line, OnFailure on_failure, std::string_view message) {
    const bool ends = on_failure == OnFailure::stop;
    line.say((ends ? styled("error: ", Style::red, Output::err) : "warning: ") + std::string(message));
    if (ends) std::_Exit(1);  // no destructors: the thread still uses what they would destroy
}

}  // namespace clade
