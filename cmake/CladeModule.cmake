# clade_add_module(core core SOURCES ... PUBLIC ... PRIVATE ...) makes clade_core, alias clade::core, whose headers are
# spelled <clade/core/...>. Each module has its own include root, so it can include only what it links to: an upward
# include does not compile.
function(clade_add_module name folder)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "SOURCES;PUBLIC;PRIVATE")
  set(root ${PROJECT_BINARY_DIR}/include_roots/${name})
  file(MAKE_DIRECTORY ${root}/clade)
  file(CREATE_LINK ${PROJECT_SOURCE_DIR}/${folder} ${root}/clade/${name} SYMBOLIC)
  list(TRANSFORM arg_SOURCES PREPEND ${PROJECT_SOURCE_DIR}/${folder}/)

  add_library(clade_${name} ${arg_SOURCES})
  add_library(clade::${name} ALIAS clade_${name})
  set_target_properties(clade_${name} PROPERTIES EXPORT_NAME ${name} CXX_EXTENSIONS OFF)
  target_compile_features(clade_${name} PUBLIC cxx_std_20)
  target_include_directories(clade_${name} PUBLIC $<BUILD_INTERFACE:${root}>)
  target_link_libraries(clade_${name} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE} $<BUILD_INTERFACE:clade_options>)
endfunction()

# clade_add_kernels(core attribute_kernels.cpp) compiles one kernel source once for each SIMD level, each time in a
# namespace of its own (CLADE_SIMD_LEVEL), and adds the objects to the module. Which one runs is decided at run time
# (core/simd.hpp). A kernel source shares no inline function with other sources: the linker would keep one copy of it.
function(clade_add_kernels name)
  get_target_property(root clade_${name} SOURCE_DIR)
  set(levels baseline)
  set(flags_baseline "")
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    list(APPEND levels avx2 avx512)
    set(flags_avx2 -march=x86-64-v3)
    set(flags_avx512 -march=x86-64-v4)
  endif()
  foreach(source IN LISTS ARGN)
    get_filename_component(stem ${source} NAME_WE)
    foreach(level IN LISTS levels)
      set(target clade_${stem}_${level})
      add_library(${target} OBJECT ${PROJECT_SOURCE_DIR}/${source})
      target_compile_definitions(${target} PRIVATE CLADE_SIMD_LEVEL=${level})
      target_compile_options(${target} PRIVATE -O3 -fno-math-errno -fno-trapping-math ${flags_${level}})
      # gcc 12 warns of its own vector headers.
      target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
      target_include_directories(${target} PRIVATE $<TARGET_PROPERTY:clade_${name},INTERFACE_INCLUDE_DIRECTORIES>)
      target_compile_features(${target} PRIVATE cxx_std_20)
      set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON UNITY_BUILD OFF)
      target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:clade_options>)
      target_sources(clade_${name} PRIVATE $<TARGET_OBJECTS:${target}>)
    endforeach()
  endforeach()
endfunction()
