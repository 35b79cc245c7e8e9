# What every target of this project is compiled with; linked PRIVATE and never installed.
add_library(clade_options INTERFACE)
# Fused multiply-add would make results depend on the processor: the same run must give the same bits everywhere.
# cmake/check_fused.sh looks for it.
target_compile_options(clade_options INTERFACE -ffp-contract=off -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                                               -Wsign-conversion)
# The instructions that every x86-64 processor has, whatever the user's flags allow (-march=native): with wider ones gcc 12
# fuses products in spite of -ffp-contract=off, and Eigen sums in another order. Kernels choose theirs at run time.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  set(CLADE_BASELINE_FLAGS -mno-sse3)  # and all that came later: SSE4, AVX, FMA, AVX-512
endif()
if(CLADE_CHECKS OR CLADE_SANITIZE)
  target_compile_definitions(clade_options INTERFACE CLADE_CHECKS=1)
else()
  target_compile_definitions(clade_options INTERFACE $<$<CONFIG:Debug>:CLADE_CHECKS=1>)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # gcc 12 warns of its own std::string (bug 105651).
  target_compile_options(clade_options INTERFACE -Wno-restrict)
endif()
if(CMAKE_UNITY_BUILD)
  # Names of sources that are compiled together shadow one another; `./dev lint` looks at each source alone.
  target_compile_options(clade_options INTERFACE -Wno-shadow)
endif()
if(CLADE_WERROR)
  target_compile_options(clade_options INTERFACE -Werror)
endif()
if(CLADE_SANITIZE)
  target_compile_options(clade_options INTERFACE -fsanitize=${CLADE_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(clade_options INTERFACE -fsanitize=${CLADE_SANITIZE})
endif()
if(CLADE_FUZZ)
  target_compile_options(clade_options INTERFACE -fsanitize=fuzzer-no-link)  # counts what an input reaches
endif()
