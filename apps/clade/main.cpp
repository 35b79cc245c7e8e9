// The clade program: the command line with the tasks that come with Clade, and no others.
#include <clade/app/app.hpp>

int main(int argc, char** argv) { return clade::run_app(argc, argv); }
