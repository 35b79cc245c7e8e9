# clade_add_module(core core PUBLIC ... PRIVATE ... [AS_NEEDED ...] [HEADER_ONLY ...] [WITHOUT regex]) makes clade_core,
# alias clade::core, of every source below the folder but those that match the expression; headers are spelled
# <clade/core/...>. Each module has its own include root, so it can include only what it links to: an upward include does
# not compile. Sources named *_kernels.cpp are compiled once for each SIMD level. AS_NEEDED are libraries that a program
# loads only if it calls them (clade_link_as_needed). HEADER_ONLY are libraries that leave nothing to link: who links the
# installed module does not need them.
function(clade_add_module name folder)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "WITHOUT" "PUBLIC;PRIVATE;AS_NEEDED;HEADER_ONLY")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.cpp)
  if(arg_WITHOUT)
    list(FILTER sources EXCLUDE REGEX ${arg_WITHOUT})
  endif()
  set(kernels ${sources})
  list(FILTER kernels INCLUDE REGEX "_kernels\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "_kernels\\.cpp$")
  add_library(clade_${name} ${sources})
  target_link_libraries(clade_${name} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
  foreach(library IN LISTS arg_AS_NEEDED)
    clade_link_as_needed(clade_${name} ${library})
  endforeach()
  foreach(library IN LISTS arg_HEADER_ONLY)
    target_link_libraries(clade_${name} PRIVATE $<BUILD_INTERFACE:${library}>)
  endforeach()
  clade_publish(${name} ${folder})
  clade_add_kernels(${name} ${kernels})
endfunction()

# clade_link_as_needed(clade_core TBB::tbb) links a library so that programs need it at run time only if they pull objects
# that call it. A library outside the system's folders is linked as usual: CMake must see it, to write its folder into
# programs.
function(clade_link_as_needed target library)
  get_target_property(type ${library} TYPE)
  get_target_property(file ${library} LOCATION)
  get_filename_component(folder "${file}" DIRECTORY)
  if(APPLE OR NOT type STREQUAL SHARED_LIBRARY OR NOT folder IN_LIST CMAKE_CXX_IMPLICIT_LINK_DIRECTORIES)
    target_link_libraries(${target} PRIVATE ${library})
    return()
  endif()
  set(flags -Wl --push-state --as-needed $<TARGET_FILE:${library}> --pop-state)
  list(JOIN flags $<COMMA> flag)
  target_link_libraries(${target} PRIVATE ${flag})
  target_include_directories(${target} SYSTEM PRIVATE $<TARGET_PROPERTY:${library},INTERFACE_INCLUDE_DIRECTORIES>)
  target_compile_definitions(${target} PRIVATE $<TARGET_PROPERTY:${library},INTERFACE_COMPILE_DEFINITIONS>)
endfunction()

# clade_publish(app apps/clade HEADERS app.hpp) makes a library clade_app what other projects see as clade::app: alias,
# include root, soname, symbols, and what cmake/CladeInstall.cmake installs: these headers of the folder, or all.
function(clade_publish name folder)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "HEADERS")
  set(target clade_${name})
  add_library(clade::${name} ALIAS ${target})
  set(root ${PROJECT_BINARY_DIR}/include_roots/${name})
  if(arg_HEADERS)
    file(MAKE_DIRECTORY ${root}/clade/${name})
    foreach(header IN LISTS arg_HEADERS)
      file(CREATE_LINK ${PROJECT_SOURCE_DIR}/${folder}/${header} ${root}/clade/${name}/${header} SYMBOLIC)
    endforeach()
  else()
    file(MAKE_DIRECTORY ${root}/clade)
    file(CREATE_LINK ${PROJECT_SOURCE_DIR}/${folder} ${root}/clade/${name} SYMBOLIC)
  endif()
  target_include_directories(${target} PUBLIC $<BUILD_INTERFACE:${root}>)
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_compile_options(${target} PRIVATE ${CLADE_BASELINE_FLAGS})
  target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:clade_options>)
  # A static library too may become part of a shared object, e.g. of an extension of Python. Calls within the library stay
  # direct.
  set_target_properties(${target} PROPERTIES
    EXPORT_NAME ${name} CXX_EXTENSIONS OFF VERSION ${PROJECT_VERSION} SOVERSION ${CLADE_SOVERSION}
    POSITION_INDEPENDENT_CODE ON)
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU,Clang>:-fno-semantic-interposition>)
  # Of a shared library only the names in namespace clade are seen, none of what it is made from.
  get_target_property(type ${target} TYPE)
  if(type STREQUAL SHARED_LIBRARY)
    set(map ${PROJECT_SOURCE_DIR}/cmake/exported_names.map)
    target_link_options(${target} PRIVATE LINKER:--version-script=${map})
    set_target_properties(${target} PROPERTIES LINK_DEPENDS ${map} INSTALL_RPATH $ORIGIN)
  endif()
  set_property(GLOBAL APPEND PROPERTY CLADE_MODULES ${name})
endfunction()

# clade_add_kernels(core core/genome/attribute_kernels.cpp) compiles a kernel source once for each SIMD level, each time in
# a namespace of its own (CLADE_SIMD_LEVEL), and adds the objects to the module. Which one runs is decided at run time
# (core/simd.hpp). A kernel source shares no inline function with other sources: the linker would keep one copy of it.
# Who wants a small library sets CLADE_WITHOUT_AVX512, and for a level CLADE_KERNEL_OPTIMISATION_level.
function(clade_add_kernels name)
  set(levels baseline)
  set(flags_baseline ${CLADE_BASELINE_FLAGS})
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    list(APPEND levels avx2)
    if(NOT CLADE_WITHOUT_AVX512)
      list(APPEND levels avx512)
    endif()
    set(flags_avx2 -march=x86-64-v3 -mno-fma)
    set(flags_avx512 -march=x86-64-v4 -mno-fma)
  endif()
  list(GET levels -1 widest)
  foreach(source IN LISTS ARGN)
    get_filename_component(stem ${source} NAME_WE)
    foreach(level IN LISTS levels)
      set(target clade_${name}_${stem}_${level})
      add_library(${target} OBJECT ${source})
      target_compile_definitions(${target} PRIVATE CLADE_SIMD_LEVEL=${level})
      set(optimisation -O3)
      if(CLADE_KERNEL_OPTIMISATION_${level})
        set(optimisation ${CLADE_KERNEL_OPTIMISATION_${level}})
      endif()
      target_compile_options(${target} PRIVATE ${optimisation} -fno-math-errno -fno-trapping-math ${flags_${level}})
      # gcc 12 warns of its own vector headers.
      target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
      target_include_directories(${target} PRIVATE $<TARGET_PROPERTY:clade_${name},INCLUDE_DIRECTORIES>)
      target_compile_features(${target} PRIVATE cxx_std_20)
      set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON UNITY_BUILD OFF
                            CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
      if(CLADE_WITHOUT_AVX512 OR NOT level STREQUAL widest)
        set_target_properties(${target} PROPERTIES EXPORT_COMPILE_COMMANDS OFF)  # tools read each source once
      endif()
      target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:clade_options>)
      target_sources(clade_${name} PRIVATE $<TARGET_OBJECTS:${target}>)
    endforeach()
  endforeach()
endfunction()
