// Refuses compilers that are set to an older C++. Each public header includes it before anything else, itself or through
// the headers of Clade that it begins with.
#pragma once

#if __cplusplus <= 201703L
#error "Clade needs C++20: compile with -std=c++20 (CMake: set(CMAKE_CXX_STANDARD 20))"
#endif
